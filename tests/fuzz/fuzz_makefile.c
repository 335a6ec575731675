// SPDX-License-Identifier: GPL-2.0-only
#include <stddef.h>
#include <stdint.h>

#include "kbuild/makefile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expand_some(const struct makefile *mk)
{
	for (guint i = 0; i < mk->variables->len && i < 8; i++) {
		const struct make_variable *variable = mk->variables->pdata[i];

		for (guint w = 0; w < variable->words->len && w < 8; w++)
			g_free(makefile_expand(mk, variable->words->pdata[w]));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct makefile *mk = makefile_parse(NULL, "drivers/tee", (const char *)data, size);

	expand_some(mk);
	mk->kernel = "/kernel";		/* as a module's */
	expand_some(mk);
	makefile_free(mk);
	return 0;
}
