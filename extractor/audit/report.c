// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "audit/finding.h"
#include "base/json.h"
#include "render/output.h"
#include "audit/report.h"

bool report_format_parse(const char *word, enum report_format *format, GError **error)
{
	static const char *const names[] = {
		[REPORT_TEXT] = "text", [REPORT_TSV] = "tsv", [REPORT_JSON] = "json",
		[REPORT_SARIF] = "sarif",
	};

	*format = REPORT_TEXT;
	if (!word)
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		if (!strcmp(word, names[i])) {
			*format = i;
			return true;
		}
	}
	fail(error, EXIT_USAGE, "--format %s: give text, tsv or json, or sarif", word);
	return false;
}

static bool is_wanted(const struct report *report, const struct finding *finding)
{
	return g_hash_table_contains(report->kinds, finding->kind);
}

guint report_open(const struct report *report)
{
	guint count = 0;

	for (guint i = 0; i < report->findings->len; i++) {
		const struct finding *finding = report->findings->pdata[i];

		count += is_wanted(report, finding) && !finding->reason;
	}
	return count;
}

/* -- rows -- */

static void text_row(const struct finding *f)
{
	printf("%s:%d: %s%s%s%s: %s%s%s%s\n", f->path, f->line, f->kind, *f->detail ? " (" : "",
	       f->detail, *f->detail ? ")" : "", f->message, *f->function ? " [" : "", f->function,
	       *f->function ? "]" : "");
}

struct cell {
	const char *name;
	const char *text;
	long number;	/* where text is NULL; 0 is none */
};

#define CELLS 14

/* The contract of TSV and JSON: columns are only ever added, at the end. */
static void cells_of(const struct finding *f, struct cell *cells)
{
	const struct cell all[CELLS] = {
		{ "finding", f->kind }, { "id", NULL, f->site }, { "path", f->path },
		{ "line", NULL, f->line }, { "column", NULL, f->column },
		{ "function", f->function }, { "role", f->role }, { "callee", f->callee },
		{ "subsystem", f->subsystem }, { "group_id", NULL, f->group },
		{ "reason", f->message }, { "detail", f->detail },
		{ "fingerprint", f->fingerprint }, { "accepted", f->reason ? f->reason : "" },
	};

	memcpy(cells, all, sizeof(all));
}

static void tsv_header(void)
{
	const struct finding none = { 0 };
	struct cell cells[CELLS];

	cells_of(&none, cells);
	for (int i = 0; i < CELLS; i++)
		printf("%s%c", cells[i].name, i + 1 < CELLS ? '\t' : '\n');
}

static void tsv_row(const struct finding *f)
{
	g_autoptr(GString) line = g_string_new(NULL);
	struct cell cells[CELLS];

	cells_of(f, cells);
	for (int i = 0; i < CELLS; i++) {
		if (i)
			g_string_append_c(line, '\t');
		if (cells[i].text)
			tsv_cell(line, cells[i].text);
		else if (cells[i].number)
			g_string_append_printf(line, "%ld", cells[i].number);
	}
	puts(line->str);
}

static void json_row(struct json *json, const struct finding *f)
{
	struct cell cells[CELLS];

	cells_of(f, cells);
	json_object(json, NULL);
	for (int i = 0; i < CELLS; i++) {
		if (cells[i].text || !cells[i].number)
			json_text(json, cells[i].name, cells[i].text);
		else
			json_number(json, cells[i].name, cells[i].number);
	}
	json_object_end(json);
}

void report_rows(const struct report *report, enum report_format format)
{
	struct json json = { .out = g_string_new(NULL), .first = true };

	if (format == REPORT_TSV)
		tsv_header();
	json_array(&json, NULL);
	for (guint i = 0; i < report->findings->len; i++) {
		const struct finding *finding = report->findings->pdata[i];

		if (!is_wanted(report, finding))
			continue;
		if (format == REPORT_TSV)
			tsv_row(finding);
		else if (format == REPORT_JSON)
			json_row(&json, finding);
		else if (!finding->reason)
			text_row(finding);
	}
	json_array_end(&json);
	if (format == REPORT_JSON)
		puts(json.out->str);
	g_string_free(json.out, TRUE);
}

/* -- counts -- */

static void count_free(void *data)
{
	struct report_count *count = data;

	g_free(count->what);
	g_free(count);
}

static bool is_total(const struct report_count *count)
{
	return !strcmp(count->what, "total");
}

static void count_findings(const struct report *report, struct report_count *count)
{
	bool all = is_total(count);

	for (guint i = 0; i < report->findings->len; i++) {
		const struct finding *finding = report->findings->pdata[i];

		if (!all && strcmp(finding->kind, count->what))
			continue;
		count->findings++;
		count->accepted += finding->reason != NULL;
	}
}

/* That they add up is checked, not hoped for. */
static bool counts_add_up(const GPtrArray *counts)
{
	struct report_count sum = { 0 };
	const struct report_count *total = NULL;

	for (guint i = 0; i < counts->len; i++) {
		const struct report_count *count = counts->pdata[i];

		if (is_total(count)) {
			total = count;
			continue;
		}
		sum.acquires += count->acquires;
		sum.releases += count->releases;
		sum.findings += count->findings;
		sum.accepted += count->accepted;
	}
	return total && total->acquires == sum.acquires && total->releases == sum.releases &&
	       total->findings == sum.findings && total->accepted == sum.accepted;
}

GPtrArray *report_counted(const struct report *report, GError **error)
{
	g_autoptr(GPtrArray) counts = g_ptr_array_new_with_free_func(count_free);
	sqlite3_stmt *stmt = db_query(report->db, "audit_counts");
	GError *failure = NULL;

	while (db_step(report->db, stmt, &failure)) {
		struct report_count *count = g_new0(struct report_count, 1);

		count->what = g_strdup(db_text(stmt, 0));
		count->acquires = sqlite3_column_int64(stmt, 1);
		count->releases = sqlite3_column_int64(stmt, 2);
		count_findings(report, count);
		g_ptr_array_add(counts, count);
	}
	if (!failure && !counts_add_up(counts))
		fail(&failure, EXIT_INPUT, "%s: the parts do not add up to the total",
		     report->db->path);
	if (!failure)
		return g_steal_pointer(&counts);
	g_propagate_error(error, failure);
	return NULL;
}

static void counts_json(const GPtrArray *counts)
{
	struct json json = { .out = g_string_new(NULL), .first = true };

	json_array(&json, NULL);
	for (guint i = 0; i < counts->len; i++) {
		const struct report_count *count = counts->pdata[i];

		json_object(&json, NULL);
		json_text(&json, "what", count->what);
		json_number(&json, "acquires", count->acquires);
		json_number(&json, "releases", count->releases);
		json_number(&json, "findings", count->findings);
		json_number(&json, "accepted", count->accepted);
		json_object_end(&json);
	}
	json_array_end(&json);
	puts(json.out->str);
	g_string_free(json.out, TRUE);
}

bool report_counts(const struct report *report, enum report_format format, GError **error)
{
	g_autoptr(GPtrArray) counts = report_counted(report, error);

	if (!counts)
		return false;
	if (format == REPORT_JSON) {
		counts_json(counts);
		return true;
	}
	if (format == REPORT_TSV)
		puts("what\tacquires\treleases\tfindings\taccepted");
	else
		printf("%-12s %9s %9s %9s %9s\n", "what", "acquires", "releases", "findings",
		       "accepted");
	for (guint i = 0; i < counts->len; i++) {
		const struct report_count *count = counts->pdata[i];

		printf(format == REPORT_TSV ? "%s\t%ld\t%ld\t%ld\t%ld\n"
					    : "%-12s %9ld %9ld %9ld %9ld\n",
		       count->what, count->acquires, count->releases, count->findings,
		       count->accepted);
	}
	return true;
}
