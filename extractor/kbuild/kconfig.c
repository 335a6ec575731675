// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "kbuild/kconfig.h"
#include "kbuild/kconfig_read.h"

/*
 * Asked in this order. Where a tree has no arch/NAME/Kconfig that would define
 * the symbols (a module's own tree, a cut-down one), these names stand for it.
 */
static const struct arch_symbols {
	const char *name;
	const char *symbols;
} arch_symbols[] = {
	{ "x86", " X86 X86_64 X86_32 64BIT " },
	{ "arm64", " ARM64 64BIT " },
	{ "arm", " ARM " },
	{ "powerpc", " PPC PPC64 PPC32 64BIT " },
	{ "s390", " S390 64BIT " },
	{ "mips", " MIPS 64BIT " },
	{ "sparc", " SPARC SPARC64 SPARC32 64BIT " },
	{ "riscv", " RISCV 64BIT " },
	{ "ia64", " IA64 64BIT " },
	{ "parisc", " PARISC " },
	{ "sh", " SUPERH SH " },
	{ "xtensa", " XTENSA " },
	{ "alpha", " ALPHA 64BIT " },
	{ "m68k", " M68K " },
	{ "loongarch", " LOONGARCH 64BIT " },
	{ "arc", " ARC " },
	{ "csky", " CSKY " },
	{ "microblaze", " MICROBLAZE " },
	{ "nios2", " NIOS2 " },
	{ "openrisc", " OPENRISC " },
	{ "hexagon", " HEXAGON " },
	{ "um", " UML " },
};

/**
 * struct symbol_range - the values that an expression can take: any of no, yes
 */
struct symbol_range {
	bool no, yes;
};

/**
 * struct kconfig - what was read, and what was answered
 * @always: name of an architecture -> struct question that kconfig_always() goes on with
 */
struct kconfig {
	struct kconfig_base *base;
	GHashTable *always;
	bool read;
};

/**
 * struct question - evaluations on one architecture
 * @known: symbol -> struct symbol_range, as far as answered
 * @budget: steps left, so that no input makes it long
 */
struct question {
	struct kconfig *k;
	const struct arch_symbols *arch;
	GHashTable *known;
	int depth;
	int budget;
};

#define ANYTHING ((struct symbol_range){ true, true })
#define QUESTION_DEPTH_MAX 200
#define QUESTION_BUDGET 200000

static struct symbol_range ask_symbol(struct question *q, const char *name);

static void question_free(void *data)
{
	struct question *q = data;

	g_hash_table_destroy(q->known);
	g_free(q);
}

static struct question *question_new(struct kconfig *k, const struct arch_symbols *arch)
{
	struct question *q = g_new0(struct question, 1);

	q->k = k;
	q->arch = arch;
	q->known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	return q;
}

struct kconfig *kconfig_new(const char *tree)
{
	struct kconfig *k = g_new0(struct kconfig, 1);

	k->base = kconfig_base_new(tree);
	k->always = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, question_free);
	return k;
}

void kconfig_free(struct kconfig *k)
{
	if (!k)
		return;
	g_hash_table_destroy(k->always);
	kconfig_base_free(k->base);
	g_free(k);
}

void kconfig_see(struct kconfig *k, const struct source_overlay *change)
{
	k->base->change = change;
}

void kconfig_parse(struct kconfig *k, const char *path, const char *text, gsize length)
{
	kconfig_base_text(k->base, path, text, length, NULL);
}

static void kconfig_read_all(struct kconfig *k)
{
	if (k->read)
		return;
	k->read = true;
	kconfig_base_read(k->base, "Kconfig", NULL);
	for (guint i = 0; i < k->base->archs->len; i++) {
		g_autofree char *path = g_strdup_printf("arch/%s/Kconfig",
							(char *)k->base->archs->pdata[i]);

		kconfig_base_read(k->base, path, NULL);
	}
}

/* The list begins and ends with a blank. */
static bool arch_has_symbol(const struct arch_symbols *arch, const char *name)
{
	size_t length = strlen(name);

	for (const char *at = arch->symbols; length && (at = strstr(at, name)); at += length)
		if (at[-1] == ' ' && at[length] == ' ')
			return true;
	return false;
}

static bool symbol_is_of_an_arch(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(arch_symbols); i++)
		if (arch_has_symbol(&arch_symbols[i], name))
			return true;
	return false;
}

enum constant { CONSTANT_NONE, CONSTANT_NO, CONSTANT_SET };

/* n, or y and m */
static enum constant constant_of(const char *text)
{
	if (!text || !*text || text[1])
		return CONSTANT_NONE;
	return *text == 'n' ? CONSTANT_NO : *text == 'y' || *text == 'm' ? CONSTANT_SET :
	       CONSTANT_NONE;
}

static struct symbol_range ask_equal(struct question *q, const struct kconfig_expr *left,
			      const struct kconfig_expr *right)
{
	enum constant constant = right ? constant_of(right->text) : CONSTANT_NONE;
	struct symbol_range range;

	if (!left || left->op != KCONFIG_SYMBOL)
		return ANYTHING;
	range = ask_symbol(q, left->text);
	if (constant == CONSTANT_NO)
		return (struct symbol_range){ range.yes, range.no };
	if (constant == CONSTANT_SET)
		return (struct symbol_range){ true, range.yes };
	return ANYTHING;
}

static struct symbol_range ask(struct question *q, const struct kconfig_expr *expr)
{
	struct symbol_range a, b;

	if (!expr)
		return (struct symbol_range){ false, true };
	if (--q->budget < 0 || q->depth >= QUESTION_DEPTH_MAX)
		return ANYTHING;
	switch (expr->op) {
	case KCONFIG_SYMBOL:
		return ask_symbol(q, expr->text);
	case KCONFIG_STRING:
		return constant_of(expr->text) == CONSTANT_NO ? (struct symbol_range){ true, false }
							      : ANYTHING;
	case KCONFIG_EQUAL:
		return ask_equal(q, expr->left, expr->right);
	case KCONFIG_UNEQUAL:
		a = ask_equal(q, expr->left, expr->right);
		return (struct symbol_range){ a.yes, a.no };
	case KCONFIG_NOT:
		a = ask(q, expr->left);
		return (struct symbol_range){ a.yes, a.no };
	case KCONFIG_AND:
		a = ask(q, expr->left);
		b = ask(q, expr->right);
		return (struct symbol_range){ a.no || b.no, a.yes && b.yes };
	case KCONFIG_OR:
		a = ask(q, expr->left);
		b = ask(q, expr->right);
		return (struct symbol_range){ a.no && b.no, a.yes || b.yes };
	}
	return ANYTHING;
}

static struct symbol_range ask_values(struct question *q, const GPtrArray *values)
{
	struct symbol_range any = { true, false };

	for (guint i = 0; i < values->len; i++) {
		const struct kconfig_value *pair = values->pdata[i];
		struct symbol_range value = ask(q, pair->value),
				    condition = ask(q, pair->condition);

		any.yes = any.yes || (value.yes && condition.yes);
		any.no = any.no && (value.no || condition.no);
	}
	return any;
}

static struct symbol_range ask_entry(struct question *q, const struct kconfig_entry *entry)
{
	struct symbol_range depends, value = ANYTHING;

	if (entry->arch && !g_str_equal(entry->arch, q->arch->name))
		return (struct symbol_range){ true, false };
	depends = ask(q, entry->depends);
	if (!entry->prompt)
		value = ask_values(q, entry->defaults);
	return (struct symbol_range){ depends.no || value.no, depends.yes && value.yes };
}

static struct symbol_range ask_entries(struct question *q, const struct kconfig_symbol *symbol)
{
	struct symbol_range range = ask_values(q, symbol->selects);

	for (guint i = 0; i < symbol->entries->len; i++) {
		struct symbol_range here = ask_entry(q, symbol->entries->pdata[i]);

		range.yes = range.yes || here.yes;
		range.no = range.no && here.no;
	}
	return range;
}

static struct symbol_range ask_symbol(struct question *q, const char *name)
{
	const struct kconfig_symbol *symbol = g_hash_table_lookup(q->k->base->symbols, name);
	struct symbol_range *memo = g_hash_table_lookup(q->known, name);
	struct symbol_range range;

	if (memo)
		return *memo;
	if (constant_of(name) == CONSTANT_SET)
		return (struct symbol_range){ false, true };
	if (constant_of(name) == CONSTANT_NO)
		return (struct symbol_range){ true, false };
	if (!symbol || !symbol->entries->len) {
		bool has = arch_has_symbol(q->arch, name);

		/* A symbol without a definition is never set, but for an architecture's name. */
		if (symbol_is_of_an_arch(name))
			return (struct symbol_range){ !has, has };
		return (struct symbol_range){ true, false };
	}
	/* A symbol that is met again below itself may be anything. */
	memo = g_memdup2(&ANYTHING, sizeof(struct symbol_range));
	g_hash_table_insert(q->known, g_strdup(name), memo);
	q->depth++;
	range = ask_entries(q, symbol);
	q->depth--;
	memo = g_hash_table_lookup(q->known, name);
	*memo = range;
	return range;
}

static bool arch_can(struct kconfig *k, const struct arch_symbols *arch, const char *symbol)
{
	struct question *q = question_new(k, arch);
	bool can;

	q->budget = QUESTION_BUDGET;
	can = ask_symbol(q, symbol).yes;
	question_free(q);
	return can;
}

/* A tree that has architectures has no others. */
static bool arch_exists(const struct kconfig_base *base, const struct arch_symbols *arch)
{
	return !base->archs->len ||
	       g_ptr_array_find_with_equal_func(base->archs, arch->name, g_str_equal, NULL);
}

char *kconfig_arch(struct kconfig *k, const char *symbol)
{
	kconfig_read_all(k);
	for (size_t i = 0; i < G_N_ELEMENTS(arch_symbols); i++)
		if (arch_exists(k->base, &arch_symbols[i]) &&
		    arch_can(k, &arch_symbols[i], symbol))
			return g_strdup(arch_symbols[i].name);
	return g_strdup("x86");
}

static struct question *question_of(struct kconfig *k, const char *arch)
{
	struct question *q = g_hash_table_lookup(k->always, arch);

	for (size_t i = 0; !q && i < G_N_ELEMENTS(arch_symbols); i++) {
		if (strcmp(arch_symbols[i].name, arch) || !arch_exists(k->base, &arch_symbols[i]))
			continue;
		q = question_new(k, &arch_symbols[i]);
		g_hash_table_insert(k->always, (char *)arch_symbols[i].name, q);
	}
	return q;
}

bool kconfig_always(struct kconfig *k, const char *arch, const char *symbol)
{
	struct question *q;

	kconfig_read_all(k);
	q = question_of(k, arch);
	if (!q || !g_hash_table_contains(k->base->symbols, symbol))
		return false;
	q->budget = QUESTION_BUDGET;
	return !ask_symbol(q, symbol).no;
}
