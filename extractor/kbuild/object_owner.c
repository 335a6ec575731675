// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/text_order.h"
#include "kbuild/object_owner.h"
#include "kbuild/object_rules.h"

/*
 * Reachability over the assignments of one Kbuild file, from a word up to the obj- lists:
 * "a-y += b.o" leads from b.o to a.o, "x-y += $(a-y)" from the words of a-y to x.o. The
 * variables on the way are marked, so that each is gone through once.
 */

/* directories: directory -> struct rules, or NULL where no Kbuild file is */
struct object_owners {
	char *tree, *work;
	GHashTable *directories;
};

/* A walk upwards in one Kbuild file, and the variables on the way. */
struct way {
	const struct rules *rules;
	GPtrArray *seen;
};

struct object_owners *object_owners_new(const char *tree, const char *work)
{
	struct object_owners *owners = g_new0(struct object_owners, 1);

	owners->tree = g_strdup(tree);
	owners->work = g_strdup(work);
	owners->directories = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
						    object_rules_free);
	return owners;
}

void object_owners_free(struct object_owners *owners)
{
	if (!owners)
		return;
	g_hash_table_destroy(owners->directories);
	g_free(owners->tree);
	g_free(owners->work);
	g_free(owners);
}

static struct makefile *makefile_of(const struct object_owners *owners, const char *dir)
{
	struct makefile *mk = owners->work ? makefile_read(owners->work, dir, NULL) : NULL;

	return mk ? mk : makefile_read(owners->tree, dir, NULL);
}

static const struct rules *rules_of(struct object_owners *owners, const char *dir)
{
	struct makefile *mk;
	struct rules *rules;
	void *known;

	if (g_hash_table_lookup_extended(owners->directories, dir, NULL, &known))
		return known;
	mk = makefile_of(owners, dir);
	rules = mk ? object_rules_new(mk) : NULL;
	g_hash_table_insert(owners->directories, g_strdup(dir), rules);
	return rules;
}

/* -- up to the lists -- */

static void owner_free(void *data)
{
	struct object_owner *owner = data;

	g_free(owner->directory);
	g_free(owner->word);
	g_free(owner->module);
	g_ptr_array_unref(owner->configs);
	g_free(owner);
}

static void add_config(GPtrArray *configs, const char *config)
{
	if (*config && !has_word(configs, config))
		g_ptr_array_add(configs, g_strdup(config));
}

static char *module_of_word(struct way *way, const char *word, GPtrArray *configs);
static char *module_by_variable(struct way *way, const struct object_rule *rule, const char *word,
				GPtrArray *configs);

/* From a rule up: the word that a list has in the end, with the symbols on the way; or NULL. */
static char *module_above(struct way *way, const struct object_rule *rule, const char *word,
			  GPtrArray *configs)
{
	g_autofree char *object = g_strconcat(rule->name, ".o", NULL);
	guint depth = way->seen->len;
	char *module;

	g_ptr_array_add(way->seen, (char *)rule->variable);
	module = module_of_word(way, object, configs);
	if (!module)
		module = module_by_variable(way, rule, word, configs);
	g_ptr_array_set_size(way->seen, depth);
	if (module)
		add_config(configs, rule->config);
	return module;
}

/* One rule that has the word. */
static char *module_of_rule(struct way *way, const struct object_rule *rule, const char *word,
			    GPtrArray *configs)
{
	if (!rule_is_list(rule))
		return module_above(way, rule, word, configs);
	add_config(configs, rule->config);
	return g_strdup(word);
}

static char *module_of_word(struct way *way, const char *word, GPtrArray *configs)
{
	char *module = NULL;

	for (guint i = 0; i < way->rules->all->len && !module; i++) {
		const struct object_rule *rule = way->rules->all->pdata[i];

		if (has_word(rule->words, word) && !has_word(way->seen, rule->variable))
			module = module_of_rule(way, rule, word, configs);
	}
	return module;
}

static char *module_by_variable(struct way *way, const struct object_rule *rule, const char *word,
				GPtrArray *configs)
{
	for (guint i = 0; i < way->rules->all->len; i++) {
		const struct object_rule *user = way->rules->all->pdata[i];
		char *module;

		if (has_word(way->seen, user->variable) || !rule_uses(user, rule))
			continue;
		module = module_of_rule(way, user, word, configs);
		if (module)
			return module;
	}
	return NULL;
}

/* -- the way down to a folder -- */

/* The symbols from the top down to a directory; in front of what configs has. */
static void configs_of_directory(struct object_owners *owners, const char *directory,
				 GPtrArray *configs)
{
	const char *slash = directory + strlen(directory);

	while ((slash = g_strrstr_len(directory, slash - directory, "/"))) {
		g_autofree char *above = g_strndup(directory, slash - directory);
		g_autofree char *word = g_strconcat(slash + 1, "/", NULL);
		const struct rules *rules = rules_of(owners, above);
		const struct object_rule *found = NULL;
		guint count = 0;

		for (guint i = 0; rules && i < rules->all->len; i++) {
			const struct object_rule *rule = rules->all->pdata[i];

			if (has_word(rule->words, word) && !count++)
				found = rule;
		}
		if (!count)
			continue;
		configs_of_directory(owners, above, configs);
		/* Named twice means that either symbol will do: then neither is a must. */
		if (count == 1)
			add_config(configs, found->config);
		return;
	}
}

static char *stem(const char *module)
{
	const char *name = strrchr(module, '/'), *dot;

	name = name ? name + 1 : module;
	dot = strrchr(name, '.');
	return dot && dot != name ? g_strndup(name, dot - name) : g_strdup(name);
}

/* Takes module. */
static struct object_owner *owner_new(struct object_owners *owners, const char *directory,
				      const char *word, char *module, const GPtrArray *configs)
{
	struct object_owner *owner = g_new0(struct object_owner, 1);

	owner->directory = g_strdup(directory);
	owner->word = g_strdup(word);
	owner->module = stem(module);
	owner->composite = !g_str_equal(module, word);
	owner->configs = g_ptr_array_new_with_free_func(g_free);
	configs_of_directory(owners, directory, owner->configs);
	for (guint i = 0; i < configs->len; i++)
		add_config(owner->configs, configs->pdata[i]);
	g_free(module);
	return owner;
}

static bool same_configs(const GPtrArray *a, const GPtrArray *b)
{
	for (guint i = 0; i < a->len && i < b->len; i++)
		if (!g_str_equal(a->pdata[i], b->pdata[i]))
			return false;
	return a->len == b->len;
}

/* Adds it unless there is such a one; takes it. */
static void add_owner(GPtrArray *found, struct object_owner *owner)
{
	for (guint i = 0; i < found->len; i++) {
		const struct object_owner *other = found->pdata[i];

		if (g_str_equal(other->module, owner->module) &&
		    other->composite == owner->composite &&
		    same_configs(other->configs, owner->configs)) {
			owner_free(owner);
			return;
		}
	}
	g_ptr_array_add(found, owner);
}

/* An owner for each rule of the directory that has the word. */
static void owners_in(struct object_owners *owners, const char *directory, const char *word,
		      GPtrArray *found)
{
	const struct rules *rules = rules_of(owners, directory);

	for (guint i = 0; rules && i < rules->all->len; i++) {
		const struct object_rule *rule = rules->all->pdata[i];
		g_autoptr(GPtrArray) configs = g_ptr_array_new_with_free_func(g_free);
		g_autoptr(GPtrArray) seen = g_ptr_array_new();
		struct way way = { rules, seen };
		char *module;

		if (!has_word(rule->words, word))
			continue;
		module = module_of_rule(&way, rule, word, configs);
		if (module)
			add_owner(found, owner_new(owners, directory, word, module, configs));
	}
}

/* -- a Makefile elsewhere, virt/kvm by arch/x86/kvm -- */

/* Folders below arch/ARCH/ that have a Makefile. */
static GPtrArray *arch_folders(const struct object_owners *owners, const char *arch)
{
	GPtrArray *folders = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *top = g_build_filename(owners->tree, "arch", arch, NULL);
	g_autoptr(GDir) dir = g_dir_open(top, 0, NULL);
	const char *name;

	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *makefile = g_build_filename(top, name, "Makefile", NULL);

		if (g_file_test(makefile, G_FILE_TEST_EXISTS))
			g_ptr_array_add(folders, g_build_filename("arch", arch, name, NULL));
	}
	g_ptr_array_sort(folders, text_order);
	return folders;
}

/* true when the word, from the folder, is the object */
static bool leads_to(const char *folder, const char *word, const char *object)
{
	g_autofree char *joined = g_build_filename("/", folder, word, NULL);
	g_autofree char *whole = g_canonicalize_filename(joined, "/");

	return strchr(word, '/') && g_str_equal(whole + 1, object);
}

static void owner_abroad(struct object_owners *owners, const char *object, const char *arch,
			 GPtrArray *found)
{
	g_autoptr(GPtrArray) folders = arch_folders(owners, arch);

	for (guint i = 0; i < folders->len && !found->len; i++) {
		const struct rules *rules = rules_of(owners, folders->pdata[i]);

		for (guint k = 0; rules && k < rules->all->len && !found->len; k++) {
			const struct object_rule *rule = rules->all->pdata[k];

			for (guint w = 0; w < rule->words->len && !found->len; w++)
				if (leads_to(folders->pdata[i], rule->words->pdata[w], object))
					owners_in(owners, folders->pdata[i],
						  rule->words->pdata[w], found);
		}
	}
	if (found->len > 1)
		g_ptr_array_set_size(found, 1);
}

GPtrArray *object_owners_find(struct object_owners *owners, const char *path, const char *arch)
{
	GPtrArray *found = g_ptr_array_new_with_free_func(owner_free);
	const char *dot = strrchr(path, '.');
	g_autofree char *object = g_strdup_printf("%.*s.o", (int)(dot ? dot - path :
							(ssize_t)strlen(path)), path);
	const char *slash = object + strlen(object);

	while (!found->len && (slash = g_strrstr_len(object, slash - object, "/"))) {
		g_autofree char *directory = g_strndup(object, slash - object);

		owners_in(owners, directory, slash + 1, found);
	}
	if (!found->len)
		owner_abroad(owners, object, arch, found);
	return found;
}
