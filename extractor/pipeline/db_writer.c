// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/build.h"
#include "base/diag.h"
#include "pipeline/build_notes.h"
#include "model/facts.h"
#include "pipeline/indexer.h"
#include "source/family_reader.h"
#include "source/offered_api.h"
#include "model/fact_loader.h"

static bool write_contacts(struct db *db, sqlite3_int64 id,
			   const struct maintainers_section *section, GError **error)
{
	for (guint i = 0; i < section->contacts->len; i++) {
		const struct maintainers_contact *contact = section->contacts->pdata[i];
		sqlite3_stmt *stmt = db_query(db, "subsystem_contact_add");

		db_bind_int(stmt, 1, id);
		db_bind_text(stmt, 2, contact_kind_word(contact->kind));
		db_bind_text(stmt, 3, contact->value);
		if (!db_run(db, stmt, error))
			return false;
	}
	return true;
}

void indexer_find_owners(struct indexer *ix)
{
	if (!ix->owners)
		ix->owners = g_ptr_array_new();
	for (guint i = ix->owners->len; i < ix->jobs->len; i++) {
		const struct parse_job *job = ix->jobs->pdata[i];

		g_ptr_array_add(ix->owners, ix->maintainers ?
				(void *)maintainers_owner(ix->maintainers, job->path) : NULL);
	}
}

/* Only the sections that own an indexed file. */
static bool write_subsystems(struct indexer *ix, struct db *db, GError **error)
{
	const GPtrArray *sections = ix->maintainers ? maintainers_sections(ix->maintainers) : NULL;
	g_autoptr(GHashTable) owners = g_hash_table_new(NULL, NULL);
	g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
	sqlite3_int64 id = 0;

	for (guint i = 0; i < ix->owners->len; i++)
		g_hash_table_add(owners, ix->owners->pdata[i]);
	for (guint i = 0; sections && i < sections->len; i++) {
		const struct maintainers_section *section = sections->pdata[i];
		sqlite3_stmt *stmt = db_query(db, "subsystem_add");

		if (!g_hash_table_contains(owners, section) ||
		    !g_hash_table_add(names, section->name))
			continue;
		db_bind_int(stmt, 1, ++id);
		db_bind_text(stmt, 2, section->name);
		db_bind_text(stmt, 3, section->status);
		if (!db_run(db, stmt, error) || !write_contacts(db, id, section, error))
			return false;
	}
	return true;
}

static const char *line_field(const char *facts, const char *kind, unsigned int field, char *buffer,
			      size_t size)
{
	g_autofree char *prefix = g_strdup_printf("\n%s\t", kind);
	const char *line = strstr(facts, prefix);

	*buffer = 0;
	if (line) {
		g_auto(GStrv) cells = facts_cells(line + 1, strcspn(line + 1, "\n"));

		if (g_strv_length(cells) > field)
			g_strlcpy(buffer, cells[field], size);
	}
	return buffer;
}

static bool write_file(struct indexer *ix, struct fact_loader *load, size_t job_number,
		       GError **error)
{
	const struct parse_job *job = ix->jobs->pdata[job_number];
	const struct maintainers_section *owner = ix->owners->pdata[job_number];
	const char *facts = ix->facts->pdata[job_number];
	char status[32], reason[256];
	struct fact_loader_file file = {
		.path = job->path, .arch = job->arch->name,
		.subsystem = owner ? owner->name : NULL,
		.object = job->object, .config = job->config,
		.status = status, .reason = reason,
	};

	line_field(facts, "E", 1, status, sizeof(status));
	line_field(facts, "E", 2, reason, sizeof(reason));
	if (file_status_find(status) != FILE_PARSED && !fact_loader_is_draft(load))
		diag_warn("%s: not parsed: %s", job->path, reason);
	return fact_loader_file(load, &file, error);
}

static bool write_unreadable(struct indexer *ix, struct fact_loader *load, GError **error)
{
	for (guint i = 0; i < ix->candidates->len; i++) {
		const struct candidate *candidate = ix->candidates->pdata[i];
		struct fact_loader_file file = {
			.path = candidate->path,
			.arch = "",
			.object = "",
			.config = "",
			.status = file_status_word(FILE_UNREADABLE),
			.reason = "the file could not be read",
		};

		if (candidate->readable)
			continue;
		diag_warn("%s: could not be read; its calls, if any, are not in the index",
			  candidate->path);
		if (!fact_loader_file(load, &file, error))
			return false;
	}
	return true;
}

static int by_path(const void *a, const void *b, void *data)
{
	GPtrArray *jobs = data;
	const struct parse_job *left = jobs->pdata[*(const guint *)a];
	const struct parse_job *right = jobs->pdata[*(const guint *)b];

	return strcmp(left->path, right->path);
}

/* Files are written in path order, in whichever order they were found. */
static GArray *order_of_jobs(const struct indexer *ix)
{
	GArray *order = g_array_new(FALSE, FALSE, sizeof(guint));

	for (guint i = 0; i < ix->jobs->len; i++)
		g_array_append_val(order, i);
	g_array_sort_with_data(order, by_path, ix->jobs);
	return order;
}

bool indexer_write_job(struct indexer *ix, struct db *db, struct fact_loader *load, guint job,
		       GError **error)
{
	bool done = !fact_loader_is_draft(load) &&
		    g_array_index(ix->outcome, enum pool_outcome, job) == POOL_DONE;
	g_autofree char *kept = NULL;

	return write_file(ix, load, job, error) &&
	       fact_loader_load(load, ix->facts->pdata[job], &kept, error) &&
	       (!done || fact_cache_store(ix->cache, db, ix->jobs->pdata[job], kept, error));
}

static bool write_facts(struct indexer *ix, struct db *db, GError **error)
{
	g_autoptr(GArray) order = order_of_jobs(ix);
	struct fact_loader *load = fact_loader_begin(db, false, error);
	bool fine = load && write_unreadable(ix, load, error);

	for (guint n = 0; fine && n < order->len; n++)
		fine = indexer_write_job(ix, db, load, g_array_index(order, guint, n), error);
	if (fine)
		return fact_loader_end(load, error);
	fact_loader_free(load);
	return false;
}

/* Rows of files that the facts do not show. */
static void add_jobs(GChecksum *sum, const struct indexer *ix)
{
	g_autoptr(GArray) order = order_of_jobs(ix);

	for (guint i = 0; i < order->len; i++) {
		const struct parse_job *job = ix->jobs->pdata[g_array_index(order, guint, i)];
		const char *const cells[] = { job->path, job->arch->name, job->object,
					      job->config };

		for (size_t c = 0; c < G_N_ELEMENTS(cells); c++)
			g_checksum_update(sum, (const guchar *)cells[c], strlen(cells[c]) + 1);
	}
}

char *indexer_inputs(struct indexer *ix)
{
	g_autofree char *maintainers = tree_read(ix->tree, "MAINTAINERS", NULL, NULL);
	g_autofree char *family = family_places(ix->family);
	g_autofree char *follow = g_strdup_printf("%u", ix->options->follow);
	GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
	char *hash;

	g_checksum_update(sum, (const guchar *)build_of_all, -1);
	g_checksum_update(sum, (const guchar *)ix->salt, -1);
	g_checksum_update(sum, (const guchar *)FACTS_FORMAT, -1);
	g_checksum_update(sum, (const guchar *)follow, -1);
	g_checksum_update(sum, (const guchar *)api_file_path(ix->options->own), -1);
	g_checksum_update(sum, (const guchar *)compile_commands_path(ix->commands), -1);
	g_checksum_update(sum, (const guchar *)ix->record->path, -1);
	g_checksum_update(sum, (const guchar *)decisions_file_path(ix->options->decisions), -1);
	g_checksum_update(sum, (const guchar *)decisions_file_hash(ix->options->decisions), -1);
	g_checksum_update(sum, (const guchar *)ix->tree->top, -1);
	g_checksum_update(sum, (const guchar *)ix->tree->kernel->top, -1);
	g_checksum_update(sum, (const guchar *)ix->tree->version, -1);
	g_checksum_update(sum, (const guchar *)family, -1);
	if (maintainers)
		g_checksum_update(sum, (const guchar *)maintainers, -1);
	build_notes_sum(ix, sum);
	add_jobs(sum, ix);
	for (guint i = 0; i < ix->candidates->len; i++) {
		const struct candidate *candidate = ix->candidates->pdata[i];

		g_checksum_update(sum, (const guchar *)candidate->path,
				  strlen(candidate->path) + 1);
		g_checksum_update(sum, (const guchar *)(candidate->readable ? "r" : "-"), 1);
	}
	hash = g_strdup(g_checksum_get_string(sum));
	g_checksum_free(sum);
	return hash;
}

static bool write_meta(struct indexer *ix, struct db *db, GError **error)
{
	g_autofree char *inputs = indexer_inputs(ix);
	const char *api = api_file_path(ix->options->own);
	const char *commands = compile_commands_path(ix->commands);
	const char *decisions = decisions_file_path(ix->options->decisions);

	return db_meta_set(db, "tool", GUPCONV_VERSION, error) &&
	       db_meta_set(db, "tree", ix->tree->top, error) &&
	       db_meta_set(db, "tree_version", ix->tree->version, error) &&
	       db_meta_set(db, "era", era_word(ix->tree->era), error) &&
	       (!*commands || db_meta_set(db, "compile_commands", commands, error)) &&
	       (!ix->options->build_from ||
		db_meta_set(db, "build_from", ix->record->path, error)) &&
	       (!*api || db_meta_set(db, "api", api, error)) &&
	       (!*decisions || db_meta_set(db, "decisions", decisions, error)) &&
	       decisions_file_store(ix->options->decisions, db, error) &&
	       (!tree_is_module(ix->tree) ||
		db_meta_set(db, "kernel", ix->tree->kernel->top, error)) &&
	       db_meta_set(db, "inputs", inputs, error);
}

bool indexer_write_head(struct indexer *ix, struct db *db, GError **error)
{
	indexer_find_owners(ix);
	return write_meta(ix, db, error) && write_subsystems(ix, db, error);
}

bool indexer_record(struct indexer *ix, struct db *db, GError **error)
{
	if (!db_begin(db, error))
		return false;
	if (indexer_write_head(ix, db, error) && write_facts(ix, db, error) &&
	    build_notes_write(ix, db, error) &&
	    (!ix->offered || offered_api_store(ix->offered, db, error)) && db_commit(db, error))
		return true;
	db_rollback(db);
	return false;
}
