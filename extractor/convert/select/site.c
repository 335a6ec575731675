// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "convert/select/site.h"

void site_set_reason(struct site *site, struct reason *reason)
{
	reason_free(site->reason);
	site->reason = reason;
}

void site_refuse(struct site *site, struct reason *reason)
{
	site_set_reason(site, reason);
	site->outcome = OUTCOME_REFUSED;
	site->rule = NULL;
}

void site_free(void *data)
{
	struct site *site = data;

	g_free(site->path);
	g_free(site->function);
	g_free(site->callee);
	g_free(site->target);
	g_free(site->subsystem);
	g_free(site->macro);
	g_free(site->adds);
	g_free(site->guard);
	reason_free(site->reason);
	g_free(site->form);
	if (site->calls)
		g_array_unref(site->calls);
	g_free(site);
}

void work_file_free(void *data)
{
	struct work_file *file = data;

	g_free(file->path);
	g_free(file->tree);
	g_free(file->before);
	g_free(file->start);
	g_free(file->after);
	g_ptr_array_free(file->sites, TRUE);
	g_free(file);
}

bool site_wants(const struct site *site)
{
	return site->state == STATE_UNCONVERTED && *site->target &&
	       strcmp(site->target, site->callee);
}

const char *site_rule_name(const struct site *site)
{
	if (site->source)
		return site->source;
	return site->rule ? site->rule->name : "";
}
