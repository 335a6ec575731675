// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <string.h>

#include "audit/finding.h"
#include "base/json.h"
#include "audit/report.h"

#define SCHEMA \
	"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
#define ROOT "SRCROOT"

static void message(struct json *json, const char *key, const char *text)
{
	json_object(json, key);
	json_text(json, "text", text);
	json_object_end(json);
}

static void rule(struct json *json, const char *id, const char *title, const char *help,
		 const char *level)
{
	json_object(json, NULL);
	json_text(json, "id", id);
	message(json, "shortDescription", title);
	message(json, "help", help);
	json_object(json, "defaultConfiguration");
	json_text(json, "level", level);
	json_object_end(json);
	json_object_end(json);
}

/* The kinds, then "kind/detail" of each detail. */
static void rules(struct json *json)
{
	const struct finding_kind *kind;
	const struct finding_detail *detail;

	for (int i = 0; (kind = finding_kind_at(i)); i++)
		rule(json, kind->word, kind->title, kind->help, kind->level);
	for (int i = 0; (detail = finding_detail_at(i, &kind)); i++) {
		g_autofree char *id = g_strjoin("/", kind->word, detail->word, NULL);

		rule(json, id, detail->title, detail->help, kind->level);
	}
}

static int rule_index(const struct finding *f)
{
	int detail = finding_detail_index(f->kind, f->detail), kinds = 0;

	if (detail < 0)
		return finding_kind_index(finding_kind_find(f->kind));
	while (finding_kind_at(kinds))
		kinds++;
	return kinds + detail;
}

static void tool(struct json *json)
{
	json_object(json, "tool");
	json_object(json, "driver");
	json_text(json, "name", "gupconv");
	json_text(json, "version", GUPCONV_VERSION);
	json_array(json, "rules");
	rules(json);
	json_array_end(json);
	json_object_end(json);
	json_object_end(json);
}

/* Members of a location that is open. */
static void physical(struct json *json, const char *path, int line, int character)
{
	g_autofree char *uri = g_uri_escape_string(path, "/", FALSE);

	json_object(json, "physicalLocation");
	json_object(json, "artifactLocation");
	json_text(json, "uri", uri);
	json_text(json, "uriBaseId", ROOT);
	json_object_end(json);
	json_object(json, "region");
	json_number(json, "startLine", MAX(line, 1));
	if (character > 0)
		json_number(json, "startColumn", character);
	json_object_end(json);
	json_object_end(json);
}

static void logical(struct json *json, const char *function)
{
	if (!*function)
		return;
	json_array(json, "logicalLocations");
	json_object(json, NULL);
	json_text(json, "name", function);
	json_text(json, "kind", "function");
	json_object_end(json);
	json_array_end(json);
}

static void locations(struct json *json, const struct finding *f)
{
	json_array(json, "locations");
	json_object(json, NULL);
	physical(json, f->path, f->line, f->character);
	logical(json, f->function);
	json_object_end(json);
	json_array_end(json);
}

static void related(struct json *json, const struct finding *f)
{
	g_autofree char *text = NULL;

	if (!f->other_path)
		return;
	text = g_strdup_printf("%s() is here", f->other_callee);
	json_array(json, "relatedLocations");
	json_object(json, NULL);
	json_number(json, "id", 1);
	physical(json, f->other_path, f->other_line, f->other_character);
	logical(json, f->other_function);
	message(json, "message", text);
	json_object_end(json);
	json_array_end(json);
}

static void step(struct json *json, const struct finding_step *step)
{
	json_object(json, NULL);
	json_object(json, "location");
	physical(json, step->path, step->line, 0);
	message(json, "message", step->text);
	json_object_end(json);
	json_object_end(json);
}

static void code_flow(struct json *json, const struct finding *f)
{
	if (!f->steps->len)
		return;
	json_array(json, "codeFlows");
	json_object(json, NULL);
	json_array(json, "threadFlows");
	json_object(json, NULL);
	json_array(json, "locations");
	for (guint i = 0; i < f->steps->len; i++)
		step(json, f->steps->pdata[i]);
	json_array_end(json);
	json_object_end(json);
	json_array_end(json);
	json_object_end(json);
	json_array_end(json);
}

/* Either all results of a run have the member or none. */
static void suppressions(struct json *json, const struct finding *f)
{
	json_array(json, "suppressions");
	if (f->reason) {
		json_object(json, NULL);
		json_text(json, "kind", "external");
		json_text(json, "status", "accepted");
		json_text(json, "justification", f->reason);
		json_object_end(json);
	}
	json_array_end(json);
}

static void properties(struct json *json, const struct finding *f)
{
	json_object(json, "properties");
	if (*f->callee)
		json_text(json, "callee", f->callee);
	if (*f->role)
		json_text(json, "role", f->role);
	if (*f->subsystem)
		json_text(json, "subsystem", f->subsystem);
	json_object_end(json);
}

static void result(struct json *json, const struct report *report, const struct finding *f)
{
	const struct finding_kind *kind = finding_kind_find(f->kind);
	g_autofree char *id = g_strjoin(*f->detail ? "/" : "", f->kind, f->detail, NULL);

	json_object(json, NULL);
	json_text(json, "ruleId", id);
	json_number(json, "ruleIndex", rule_index(f));
	json_text(json, "kind", kind->sarif);
	json_text(json, "level", kind->level);
	message(json, "message", f->message);
	locations(json, f);
	related(json, f);
	code_flow(json, f);
	json_object(json, "partialFingerprints");
	json_text(json, "gupconv/v1", f->fingerprint);
	json_object_end(json);
	if (report->suppressing)
		suppressions(json, f);
	if (report->is_new)
		json_text(json, "baselineState", "new");
	properties(json, f);
	json_object_end(json);
}

static void results(struct json *json, const struct report *report)
{
	json_array(json, "results");
	for (guint i = 0; i < report->findings->len; i++) {
		const struct finding *finding = report->findings->pdata[i];

		if (g_hash_table_contains(report->kinds, finding->kind))
			result(json, report, finding);
	}
	json_array_end(json);
}

static void run_properties(struct json *json, const struct report *report, const GPtrArray *counts)
{
	g_autofree char *era = db_meta_get(report->db, "era");
	g_autofree char *version = db_meta_get(report->db, "tree_version");

	json_object(json, "properties");
	json_text(json, "era", era);
	json_text(json, "treeVersion", version);
	json_array(json, "counts");
	for (guint i = 0; i < counts->len; i++) {
		const struct report_count *count = counts->pdata[i];

		json_object(json, NULL);
		json_text(json, "what", count->what);
		json_number(json, "acquires", count->acquires);
		json_number(json, "releases", count->releases);
		json_number(json, "findings", count->findings);
		json_number(json, "accepted", count->accepted);
		json_object_end(json);
	}
	json_array_end(json);
	json_object_end(json);
}

static void run(struct json *json, const struct report *report, const GPtrArray *counts)
{
	json_object(json, NULL);
	tool(json);
	json_object(json, "originalUriBaseIds");
	json_object(json, ROOT);
	message(json, "description", "The top of the kernel tree.");
	json_object_end(json);
	json_object_end(json);
	json_text(json, "columnKind", "unicodeCodePoints");
	results(json, report);
	run_properties(json, report, counts);
	json_object_end(json);
}

bool report_sarif(const struct report *report, GError **error)
{
	struct json json = { .out = g_string_new(NULL), .first = true };
	g_autoptr(GPtrArray) counts = report_counted(report, error);

	if (counts) {
		json_object(&json, NULL);
		json_text(&json, "$schema", SCHEMA);
		json_text(&json, "version", "2.1.0");
		json_array(&json, "runs");
		run(&json, report, counts);
		json_array_end(&json);
		json_object_end(&json);
		puts(json.out->str);
	}
	g_string_free(json.out, TRUE);
	return counts;
}
