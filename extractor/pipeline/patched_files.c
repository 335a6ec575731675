// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/file_kind.h"
#include "kbuild/arch.h"
#include "kbuild/maintainers.h"
#include "kbuild/object_owner.h"
#include "pipeline/patched_files.h"

#define DEFAULT_ARCH "x86"

/* Data of the tree that is read once for all files. */
struct readers {
	struct db *db;
	struct maintainers *maintainers;
	struct object_owners *owners;
};

/* The folder below arch/ that it is in, else what the index saw it as. Caller frees. */
static char *arch_of(struct db *db, const char *path)
{
	g_auto(GStrv) parts = g_strsplit(path, "/", 3);
	sqlite3_stmt *stmt = db_query(db, "owners_arch");
	char *arch = NULL;

	if (g_strv_length(parts) == 3 && g_str_equal(parts[0], "arch"))
		return g_strdup(parts[1]);
	db_bind_text(stmt, 1, path);
	if (db_step(db, stmt, NULL) && *db_text(stmt, 0))
		arch = g_strdup(db_text(stmt, 0));
	sqlite3_reset(stmt);
	return arch ? arch : g_strdup(DEFAULT_ARCH);
}

static bool store_contacts(struct db *db, const char *path,
			   const struct maintainers_section *section, GError **error)
{
	for (guint i = 0; i < section->contacts->len; i++) {
		const struct maintainers_contact *contact = section->contacts->pdata[i];
		sqlite3_stmt *stmt = db_query(db, "patched_contact_add");

		db_bind_text(stmt, 1, path);
		db_bind_int(stmt, 2, i);
		db_bind_text(stmt, 3, contact_kind_word(contact->kind));
		db_bind_text(stmt, 4, contact->value);
		if (!db_run(db, stmt, error))
			return false;
	}
	return true;
}

static bool store_object(struct db *db, const char *path, guint seq,
			 const struct object_owner *owner, GError **error)
{
	sqlite3_stmt *stmt = db_query(db, "patched_object_add");
	g_autofree char *configs = NULL;
	g_autoptr(GPtrArray) words = g_ptr_array_new();

	for (guint i = 0; i < owner->configs->len; i++)
		g_ptr_array_add(words, owner->configs->pdata[i]);
	g_ptr_array_add(words, NULL);
	configs = g_strjoinv(" ", (char **)words->pdata);
	db_bind_text(stmt, 1, path);
	db_bind_int(stmt, 2, seq);
	db_bind_text(stmt, 3, owner->directory);
	db_bind_text(stmt, 4, owner->word);
	db_bind_text(stmt, 5, owner->module);
	db_bind_int(stmt, 6, owner->composite);
	db_bind_text(stmt, 7, configs);
	return db_run(db, stmt, error);
}

static bool store_objects(struct readers *readers, const char *path, const char *arch,
			  GError **error)
{
	g_autoptr(GPtrArray) owners = NULL;

	if (!file_is_source(path))
		return true;
	owners = object_owners_find(readers->owners, path, arch);
	for (guint i = 0; i < owners->len; i++)
		if (!store_object(readers->db, path, i, owners->pdata[i], error))
			return false;
	return true;
}

static bool store_file(struct readers *readers, const char *path, GError **error)
{
	const struct maintainers_section *section = maintainers_owner(readers->maintainers, path);
	g_autofree char *arch = arch_of(readers->db, path);
	sqlite3_stmt *stmt = db_query(readers->db, "patched_file_add");

	db_bind_text(stmt, 1, path);
	db_bind_text(stmt, 2, section ? section->name : "");
	db_bind_int(stmt, 3, !section ||
		    maintainers_is_umbrella(readers->maintainers, section, path));
	db_bind_text(stmt, 4, arch);
	if (!db_run(readers->db, stmt, error))
		return false;
	/* Named twice. */
	if (!sqlite3_changes(readers->db->handle))
		return true;
	return (!section || store_contacts(readers->db, path, section, error)) &&
	       store_objects(readers, path, arch, error);
}

bool patched_files_store(struct db *db, const struct patched_files *files, GError **error)
{
	struct readers readers = { .db = db };
	bool fine;

	readers.maintainers = maintainers_read(files->tree, error);
	if (!readers.maintainers)
		return false;
	readers.owners = object_owners_new(files->tree, files->work);
	fine = db_exec(db, "patched_clear", error);
	for (char **path = files->paths; fine && *path; path++)
		fine = store_file(&readers, *path, error);
	object_owners_free(readers.owners);
	maintainers_free(readers.maintainers);
	return fine;
}
