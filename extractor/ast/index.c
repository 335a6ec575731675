// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "cache.h"
#include "candidates.h"
#include "diag.h"
#include "facts.h"
#include "index.h"
#include "kbuild.h"
#include "kconfig.h"
#include "link.h"
#include "load.h"
#include "maintainers.h"
#include "pool.h"
#include "precompiled.h"
#include "stubs.h"

/**
 * struct indexer - an index under way
 * @memory: an empty database in memory, for the API tables
 * @candidates: of struct candidate
 * @jobs: of struct parse_job; one a readable candidate
 * @facts: text a job; @outcome says whether the parser gave it
 */
struct indexer {
	const struct index_options *options;
	struct tree *tree;
	struct db *memory;
	struct api_table *apis;
	struct maintainers *maintainers;
	GPtrArray *candidates;
	GHashTable *paths;
	GHashTable *headers;	/* set: every .h of the tree */
	struct includes *includes;
	GPtrArray *jobs;
	GPtrArray *facts;
	enum pool_outcome *outcome;
	GArray *missing;	/* of size_t: jobs that the cache does not have */
	char *stubs;
	GPtrArray *archs;	/* of struct arch: those with a PCH */
	struct parse_setup setup;
	struct cache *cache;
};

static void job_free(void *data)
{
	struct parse_job *job = data;

	g_free(job->path);
	g_free(job->config);
	g_free(job->object);
	g_ptr_array_free(job->kbuild, TRUE);
	g_free(job);
}

static void indexer_free(struct indexer *ix)
{
	if (ix->stubs)
		remove_tree(ix->stubs);
	g_clear_pointer(&ix->cache, cache_free);
	g_clear_pointer(&ix->facts, g_ptr_array_unref);
	g_clear_pointer(&ix->jobs, g_ptr_array_unref);
	g_clear_pointer(&ix->includes, includes_free);
	g_clear_pointer(&ix->headers, g_hash_table_destroy);
	g_clear_pointer(&ix->paths, g_hash_table_destroy);
	g_clear_pointer(&ix->candidates, g_ptr_array_unref);
	g_clear_pointer(&ix->missing, g_array_unref);
	g_clear_pointer(&ix->archs, g_ptr_array_unref);
	g_clear_pointer(&ix->setup.precompiled, g_hash_table_destroy);
	g_clear_pointer(&ix->maintainers, maintainers_free);
	api_table_free(ix->apis);
	db_close(ix->memory);
	tree_free(ix->tree);
	g_free(ix->outcome);
	g_free(ix->stubs);
}

static GPtrArray *trigger_names(struct db *db, GError **error)
{
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	sqlite3_stmt *stmt = db_query(db, "trigger_names");
	GError *failure = NULL;

	while (db_step(db, stmt, &failure))
		g_ptr_array_add(names, g_strdup(db_text(stmt, 0)));
	if (!failure)
		return names;
	g_propagate_error(error, failure);
	g_ptr_array_free(names, TRUE);
	return NULL;
}

/* The absolute -I directories that the kernel's flags want, from tree-relative ones. */
static GPtrArray *absolute_flags(const struct tree *tree, GPtrArray *flags)
{
	GPtrArray *out = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < flags->len; i++) {
		const char *flag = flags->pdata[i];

		if (g_str_has_prefix(flag, "-I") && flag[2] != '/')
			g_ptr_array_add(out, g_strdup_printf("-I%s/%s", tree->top, flag + 2));
		else
			g_ptr_array_add(out, g_strdup(flag));
	}
	return out;
}

static const struct arch *arch_of_file(const char *path, const char *symbol, struct kconfig *kconfig)
{
	const struct arch *arch = arch_of_path(path);
	g_autofree char *name = NULL;

	if (!arch && symbol && strcmp(symbol, "y")) {
		name = kconfig_arch(kconfig, symbol);
		arch = name ? arch_find(name) : NULL;
	}
	return arch ? arch : arch_find("x86");
}

static struct parse_job *job_new(struct indexer *ix, const char *path, struct kbuild *kbuild,
				 struct kconfig *kconfig)
{
	struct parse_job *job = g_new0(struct parse_job, 1);
	struct kbuild_unit *unit = kbuild_unit(kbuild, path, NULL);
	bool header = g_str_has_suffix(path, ".h");

	job->path = g_strdup(path);
	job->arch = arch_of_file(path, header ? NULL : unit->config, kconfig);
	job->kbuild = absolute_flags(ix->tree, unit->flags);
	job->object = g_strdup(header ? "" : unit->object);
	job->config = header || !strcmp(unit->config, "y") ?
		g_strdup("") : g_strdup_printf("CONFIG_%s", unit->config);
	kbuild_unit_free(unit);
	return job;
}

static void make_jobs(struct indexer *ix)
{
	struct kbuild *kbuild = kbuild_new(ix->tree->top);
	struct kconfig *kconfig = kconfig_new(ix->tree->top);

	ix->jobs = g_ptr_array_new_with_free_func(job_free);
	ix->paths = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = 0; i < ix->candidates->len; i++) {
		const struct candidate *candidate = ix->candidates->pdata[i];

		if (!candidate->readable)
			continue;
		g_hash_table_add(ix->paths, candidate->path);
		g_ptr_array_add(ix->jobs, job_new(ix, candidate->path, kbuild, kconfig));
	}
	kbuild_free(kbuild);
	kconfig_free(kconfig);
}

static bool make_stubs(struct indexer *ix, GError **error)
{
	g_autoptr(GHashTable) done = g_hash_table_new(NULL, NULL);
	GError *failure = NULL;

	ix->stubs = g_dir_make_tmp("gupconv-XXXXXX", &failure);
	if (!ix->stubs) {
		fail(error, EXIT_TOOL, "no temporary directory: %s", failure->message);
		g_error_free(failure);
		return false;
	}
	for (guint i = 0; i < ix->jobs->len; i++) {
		const struct parse_job *job = ix->jobs->pdata[i];

		if (g_hash_table_add(done, (void *)job->arch) &&
		    !stubs_make(ix->tree, job->arch, ix->stubs, error))
			return false;
	}
	return true;
}

static void take_cached(struct indexer *ix)
{
	ix->facts = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_set_size(ix->facts, ix->jobs->len);
	ix->outcome = g_new0(enum pool_outcome, ix->jobs->len);
	ix->missing = g_array_new(FALSE, FALSE, sizeof(size_t));
	for (size_t i = 0; i < ix->jobs->len; i++) {
		const char *facts = cache_facts(ix->cache, ix->jobs->pdata[i]);

		ix->facts->pdata[i] = g_strdup(facts);
		if (!facts)
			g_array_append_val(ix->missing, i);
	}
}

/* Fewer files than this do not pay for a PCH. */
#define PRECOMPILE_FROM 4

/* The architectures whose common headers are worth parsing beforehand. */
static GPtrArray *precompiled_archs(struct indexer *ix)
{
	GPtrArray *archs = g_ptr_array_new();

	for (const struct arch *arch = arch_table; arch->name; arch++) {
		unsigned int files = 0;

		for (guint i = 0; i < ix->missing->len; i++) {
			size_t number = g_array_index(ix->missing, size_t, i);
			const struct parse_job *job = ix->jobs->pdata[number];

			files += job->arch == arch && g_str_has_suffix(job->path, ".c");
		}
		if (files >= PRECOMPILE_FROM)
			g_ptr_array_add(archs, (void *)arch);
	}
	return archs;
}

static char *precompile(size_t number, void *data)
{
	struct indexer *ix = data;

	return precompiled_make(ix->tree, ix->archs->pdata[number], ix->stubs);
}

static bool precompile_headers(struct indexer *ix, GError **error)
{
	struct pool pool = {
		.workers = ix->options->workers, .timeout = ix->options->timeout,
		.label = "headers", .work = precompile, .data = ix,
	};
	enum pool_outcome outcome[64];
	GPtrArray *symbols;

	ix->archs = precompiled_archs(ix);
	ix->setup.precompiled = g_hash_table_new_full(NULL, NULL, NULL, precompiled_free);
	if (!ix->archs->len)
		return true;
	symbols = pool_run(&pool, ix->archs->len, outcome, error);
	if (!symbols)
		return false;
	for (guint i = 0; i < ix->archs->len; i++) {
		const struct arch *arch = ix->archs->pdata[i];
		struct precompiled *pch = precompiled_new(arch, ix->stubs, symbols->pdata[i]);

		if (pch)
			g_hash_table_insert(ix->setup.precompiled, (void *)arch, pch);
	}
	g_ptr_array_free(symbols, TRUE);
	return true;
}

static char *work(size_t number, void *data)
{
	struct indexer *ix = data;
	size_t job = g_array_index(ix->missing, size_t, number);

	return parse_facts(&ix->setup, ix->jobs->pdata[job]);
}

/* What is left to say of a file that the parser did not come back from. */
static char *unparsed_facts(struct indexer *ix, const struct parse_job *job,
			    enum pool_outcome outcome)
{
	g_autofree char *slow = g_strdup_printf("parsing took more than %u seconds",
						ix->options->timeout);

	if (outcome == POOL_TIMEOUT)
		return parse_text(&ix->setup, job, "timeout", slow);
	return parse_text(&ix->setup, job, "failed", "the parser crashed on it");
}

static bool parse_missing(struct indexer *ix, GError **error)
{
	struct pool pool = {
		.workers = MIN(ix->options->workers, ix->missing->len),
		.timeout = ix->options->timeout, .label = "index", .work = work, .data = ix,
	};
	g_autofree enum pool_outcome *outcome = g_new0(enum pool_outcome, ix->missing->len + 1);
	GPtrArray *texts;

	if (!ix->missing->len)
		return true;
	texts = pool_run(&pool, ix->missing->len, outcome, error);
	if (!texts)
		return false;
	for (guint i = 0; i < ix->missing->len; i++) {
		size_t job = g_array_index(ix->missing, size_t, i);

		ix->outcome[job] = outcome[i];
		ix->facts->pdata[job] = outcome[i] == POOL_DONE ?
			g_steal_pointer(&texts->pdata[i]) :
			unparsed_facts(ix, ix->jobs->pdata[job], outcome[i]);
	}
	g_ptr_array_free(texts, TRUE);
	return true;
}

static bool write_contacts(struct db *db, sqlite3_int64 id, const struct maintainers_section *section,
			   GError **error)
{
	for (guint i = 0; i < section->contacts->len; i++) {
		const struct maintainers_contact *contact = section->contacts->pdata[i];
		sqlite3_stmt *stmt = db_query(db, "subsystem_contact_add");

		db_bind_int(stmt, 1, id);
		db_bind_text(stmt, 2, contact->kind);
		db_bind_text(stmt, 3, contact->value);
		if (!db_run(db, stmt, error))
			return false;
	}
	return true;
}

static const struct maintainers_section *owner_of(struct indexer *ix, const char *path)
{
	return ix->maintainers ? maintainers_owner(ix->maintainers, path) : NULL;
}

/* Only the sections that own a candidate: what a reader asks for. */
static bool write_subsystems(struct indexer *ix, struct db *db, GError **error)
{
	const GPtrArray *sections = ix->maintainers ? maintainers_sections(ix->maintainers) : NULL;
	g_autoptr(GHashTable) owners = g_hash_table_new(NULL, NULL);
	g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
	sqlite3_int64 id = 0;

	for (guint i = 0; i < ix->candidates->len; i++) {
		const struct candidate *candidate = ix->candidates->pdata[i];

		g_hash_table_add(owners, (void *)owner_of(ix, candidate->path));
	}
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

static bool write_file(struct indexer *ix, struct load *load, size_t job_number, GError **error)
{
	const struct parse_job *job = ix->jobs->pdata[job_number];
	const struct maintainers_section *owner = owner_of(ix, job->path);
	const char *facts = ix->facts->pdata[job_number];
	char status[32], reason[256];
	struct load_file file = {
		.path = job->path, .arch = job->arch->name,
		.subsystem = owner ? owner->name : NULL,
		.object = job->object, .config = job->config,
		.status = status, .reason = reason,
	};

	line_field(facts, "E", 1, status, sizeof(status));
	line_field(facts, "E", 2, reason, sizeof(reason));
	if (strcmp(status, "parsed"))
		diag_warn("%s: not parsed: %s", job->path, reason);
	return load_file(load, &file, error);
}

static bool write_unreadable(struct indexer *ix, struct load *load, GError **error)
{
	for (guint i = 0; i < ix->candidates->len; i++) {
		const struct candidate *candidate = ix->candidates->pdata[i];
		struct load_file file = {
			.path = candidate->path, .arch = "", .object = "", .config = "",
			.status = "unreadable", .reason = "the file could not be read",
		};

		if (candidate->readable)
			continue;
		diag_warn("%s: could not be read; its calls, if any, are not in the index",
			  candidate->path);
		if (!load_file(load, &file, error))
			return false;
	}
	return true;
}

static bool write_facts(struct indexer *ix, struct db *db, GError **error)
{
	struct load *load = load_begin(db, error);
	bool fine = load && write_unreadable(ix, load, error);

	for (size_t i = 0; fine && i < ix->jobs->len; i++) {
		const char *facts = ix->facts->pdata[i];

		fine = write_file(ix, load, i, error) && load_facts(load, facts, error) &&
		       (ix->outcome[i] != POOL_DONE ||
			cache_store(ix->cache, db, ix->jobs->pdata[i], facts, error));
	}
	if (!fine)
		return false;
	return load_end(load, error);
}

/* One hash over all that the fact tables depend on besides the cached texts. */
static char *inputs_hash(struct indexer *ix)
{
	g_autofree char *maintainers = tree_read(ix->tree, "MAINTAINERS", NULL, NULL);
	GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
	char *hash;

	g_checksum_update(sum, (const guchar *)GUPCONV_VERSION, -1);
	g_checksum_update(sum, (const guchar *)ix->tree->top, -1);
	g_checksum_update(sum, (const guchar *)ix->tree->version, -1);
	if (maintainers)
		g_checksum_update(sum, (const guchar *)maintainers, -1);
	for (guint i = 0; i < ix->candidates->len; i++) {
		const struct candidate *candidate = ix->candidates->pdata[i];

		g_checksum_update(sum, (const guchar *)candidate->path, strlen(candidate->path) + 1);
		g_checksum_update(sum, (const guchar *)(candidate->readable ? "r" : "-"), 1);
	}
	hash = g_strdup(g_checksum_get_string(sum));
	g_checksum_free(sum);
	return hash;
}

static bool write_meta(struct indexer *ix, struct db *db, GError **error)
{
	g_autofree char *inputs = inputs_hash(ix);

	return db_meta_set(db, "tool", GUPCONV_VERSION, error) &&
	       db_meta_set(db, "tree", ix->tree->top, error) &&
	       db_meta_set(db, "tree_version", ix->tree->version, error) &&
	       db_meta_set(db, "era", era_name(ix->tree->era), error) &&
	       db_meta_set(db, "inputs", inputs, error);
}

static bool fill(struct indexer *ix, struct db *db, GError **error)
{
	if (!db_begin(db, error))
		return false;
	if (write_meta(ix, db, error) && write_subsystems(ix, db, error) &&
	    write_facts(ix, db, error) && db_commit(db, error))
		return link_stage(db, error);
	db_rollback(db);
	return false;
}

static void unlink_database(const char *path)
{
	static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };

	for (size_t i = 0; i < G_N_ELEMENTS(suffixes); i++) {
		g_autofree char *name = g_strconcat(path, suffixes[i], NULL);

		g_unlink(name);
	}
}

static bool publish(const char *from, const char *to, GError **error)
{
	if (g_rename(from, to) == 0)
		return true;
	fail(error, EXIT_INPUT, "%s: %s", to, g_strerror(errno));
	return false;
}

static bool build_database(struct indexer *ix, GError **error)
{
	g_autofree char *new = g_strdup_printf("%s.new-%d", ix->options->db, (int)getpid());
	struct db *db;
	bool fine;

	unlink_database(new);
	db = db_create(new, error);
	fine = db && fill(ix, db, error) && db_exec(db, "leave_wal", error);
	db_close(db);
	if (fine && publish(new, ix->options->db, error))
		return true;
	unlink_database(new);
	return false;
}

static bool prepare(struct indexer *ix, GError **error)
{
	g_autoptr(GPtrArray) names = NULL;

	ix->tree = tree_open(ix->options->tree, error);
	ix->memory = ix->tree ? db_create(":memory:", error) : NULL;
	ix->apis = ix->memory ? api_table_load(ix->memory, error) : NULL;
	names = ix->apis ? trigger_names(ix->memory, error) : NULL;
	ix->headers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	ix->candidates = names ? candidates_find(ix->tree, names, ix->headers, error) : NULL;
	if (!ix->candidates)
		return false;
	if (tree_has(ix->tree, "MAINTAINERS"))
		ix->maintainers = maintainers_read(ix->tree->top, error);
	if (*error)
		return false;
	make_jobs(ix);
	ix->setup = (struct parse_setup){ .tree = ix->tree, .apis = ix->apis,
					  .candidates = ix->paths };
	ix->includes = includes_new(ix->tree, ix->headers);
	ix->cache = cache_open(ix->options->db, &ix->setup, ix->includes);
	take_cached(ix);
	return true;
}

static bool nothing_new(struct indexer *ix)
{
	g_autofree char *inputs = inputs_hash(ix);

	return !ix->missing->len && cache_size(ix->cache) == ix->jobs->len &&
	       !strcmp(cache_inputs(ix->cache), inputs);
}

/* Said before the work, not after it. */
static bool db_writable(const char *path, GError **error)
{
	g_autofree char *dir = g_path_get_dirname(path);

	if (!access(dir, W_OK | X_OK))
		return true;
	fail(error, EXIT_INPUT, "%s: no database can be written there: %s", path, g_strerror(errno));
	return false;
}

bool index_build(const struct index_options *options, struct index_summary *summary,
		 GError **error)
{
	struct indexer ix = { .options = options };
	GError *failure = NULL;

	if (db_writable(options->db, &failure) && prepare(&ix, &failure)) {
		summary->candidates = ix.candidates->len;
		summary->parsed = ix.missing->len;
		summary->unchanged = nothing_new(&ix);
		if (!summary->unchanged && make_stubs(&ix, &failure)) {
			ix.setup.stubs = ix.stubs;
			if (precompile_headers(&ix, &failure) && parse_missing(&ix, &failure))
				build_database(&ix, &failure);
		}
	}
	indexer_free(&ix);
	if (!failure)
		return true;
	g_propagate_error(error, failure);
	return false;
}
