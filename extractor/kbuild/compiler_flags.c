// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/option_value.h"
#include "kbuild/compiler_flags.h"
#include "source/path_escape.h"

/*
 * -w: warnings are of no use here. The rest of the -Wno-error family are
 * errors in clang's C but not in the kernel's gcc; without them a call whose
 * declaration is missing stays a call.
 */
static const char *const fixed_flags[] = {
	"-nostdinc", "-std=gnu11", "-fms-extensions", "-fshort-wchar", "-funsigned-char",
	"-ferror-limit=0", "-w", "-Wno-implicit-function-declaration", "-Wno-implicit-int",
	"-Wno-int-conversion", "-Wno-incompatible-pointer-types", "-Wno-return-type",
	"-Wno-return-mismatch", "-fno-builtin", "-isystem", GUPCONV_CLANG_INCLUDE,
	"-D__KERNEL__", "-DKBUILD_BASENAME=\"gupconv\"", "-DKBUILD_MODNAME=\"gupconv\"",
	"-DKBUILD_MODFILE=\"gupconv\"", "-D__KBUILD_MODNAME=gupconv", "-DKBUILD_STR(s)=#s",
};

static void add(GPtrArray *args, const char *fmt, ...) G_GNUC_PRINTF(2, 3);
static void add(GPtrArray *args, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	g_ptr_array_add(args, g_strdup_vprintf(fmt, ap));
	va_end(ap);
}

static void add_words(GPtrArray *args, const char *list)
{
	g_auto(GStrv) words = g_strsplit(list, " ", -1);

	for (char **word = words; *word; word++)
		if (**word)
			add(args, "%s", *word);
}

static void add_config(GPtrArray *args, const char *list)
{
	g_auto(GStrv) words = g_strsplit(list, " ", -1);

	for (char **word = words; *word; word++)
		if (**word)
			add(args, "-DCONFIG_%s%s", *word, strchr(*word, '=') ? "" : "=1");
}

static bool turned_off(const struct flags_input *in, const char *macro)
{
	for (guint i = 0; in->off && i < in->off->len; i++)
		if (g_str_has_prefix(macro, in->off->pdata[i]) &&
		    strchr("=(", macro[strlen(in->off->pdata[i])]))
			return true;
	return false;
}

/* "FOO=1" of "-DFOO=1", "" of any other option */
static const char *defined_by(const char *option)
{
	const char *macro = option_value(option, "-D");

	return macro ? macro : "";
}

static void add_includes(GPtrArray *args, const struct flags_input *in)
{
	static const char *const forced[] = { "compiler-version.h", "compiler_types.h" };
	const char *top = in->tree->kernel->top;
	const char *arch = in->arch->name;
	g_autofree char *name = g_path_get_dirname(in->path), *dir = path_bytes(name);

	add(args, "-I%s/arch/%s/include", top, arch);
	add(args, "-I%s/%s", in->stubs, arch);
	add(args, "-I%s/include", top);
	add(args, "-I%s/arch/%s/include/uapi", top, arch);
	add(args, "-I%s/%s/uapi", in->stubs, arch);
	add(args, "-I%s/%s/generated/uapi", in->stubs, arch);
	add(args, "-I%s/include/uapi", top);
	for (guint i = 0; in->kbuild && i < in->kbuild->len; i++)
		if (!turned_off(in, defined_by(in->kbuild->pdata[i])))
			add(args, "%s", (char *)in->kbuild->pdata[i]);
	add(args, "-I%s/%s", in->tree->top, dir);
	add(args, "-include");
	add(args, "%s/include/linux/kconfig.h", top);
	for (size_t i = 0; i < G_N_ELEMENTS(forced); i++) {
		g_autofree char *path = g_strdup_printf("include/linux/%s", forced[i]);

		if (tree_has(in->tree->kernel, path)) {
			add(args, "-include");
			add(args, "%s/%s", top, path);
		}
	}
}

char **compiler_flags_of_build(const struct arch *arch, const GPtrArray *options)
{
	GPtrArray *args = g_ptr_array_new();

	add(args, "-target");
	add(args, "%s", arch->target);
	for (size_t i = 0; i < G_N_ELEMENTS(fixed_flags); i++)
		add(args, "%s", fixed_flags[i]);
	add_words(args, arch->macros);
	for (guint i = 0; i < options->len; i++)
		add(args, "%s", (char *)options->pdata[i]);
	g_ptr_array_add(args, NULL);
	return (char **)g_ptr_array_free(args, FALSE);
}

static void add_symbols(GPtrArray *args, const struct flags_input *in)
{
	for (guint i = 0; in->common && i < in->common->len; i++)
		if (!turned_off(in, in->common->pdata[i]))
			add(args, "-D%s=1", (char *)in->common->pdata[i]);
	for (guint i = 0; in->on && i < in->on->len; i++) {
		const char *symbol = in->on->pdata[i];

		if (!turned_off(in, symbol) &&
		    !arch_config_excluded(in->arch, symbol + strlen("CONFIG_")))
			add(args, "-D%s=1", symbol);
	}
}

char **compiler_flags_make(const struct flags_input *in)
{
	GPtrArray *args = g_ptr_array_new();

	add(args, "-target");
	add(args, "%s", in->arch->target);
	for (size_t i = 0; i < G_N_ELEMENTS(fixed_flags); i++)
		add(args, "%s", fixed_flags[i]);
	add_words(args, in->arch->macros);
	if (tree_is_module(in->tree))
		add(args, "-DMODULE");
	add_config(args, arch_common_config);
	add_config(args, in->arch->config);
	add_symbols(args, in);
	for (guint i = 0; in->off && i < in->off->len; i++)
		add(args, "-U%s", (char *)in->off->pdata[i]);
	for (guint i = 0; in->defines && i < in->defines->len; i++)
		add(args, strchr(in->defines->pdata[i], '=') ? "-D%s" : "-D%s=1",
		    (char *)in->defines->pdata[i]);
	add_includes(args, in);
	g_ptr_array_add(args, NULL);
	return (char **)g_ptr_array_free(args, FALSE);
}
