// SPDX-License-Identifier: GPL-2.0-only
/* The readers of MAINTAINERS, Makefiles and Kconfig files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>
#include <glib/gstdio.h>

#include "kbuild/kbuild.h"
#include "kbuild/kconfig.h"
#include "kbuild/maintainers.h"
#include "kbuild/makefile.h"

static const char maintainers_text[] =
	"Maintainers List\n"
	"\tM: *Mail* patches to: FullName <address@domain>\n"
	"\n"
	"WIDE DRIVERS\n"
	"M:\tW <w@example.org>\n"
	"S:\tMaintained\n"
	"F:\tdrivers/\n"
	"\n"
	"TEA DRIVER\n"
	"M:\tT <t@example.org>\n"
	"R:\tU <u@example.org>\n"
	"L:\ttea@example.org\n"
	"T:\tgit git://example.org/tea.git\n"
	"S:\tSupported\n"
	"F:\tdrivers/misc/tea*.[ch]\n"
	"F:\tdrivers/tea\n"
	"X:\tdrivers/misc/tea_not.c\n"
	"\n"
	"NAMED\n"
	"S:\tOdd Fixes\n"
	"N:\tcoffee\n"
	"\n"
	"KEYWORD\n"
	"K:\t\\bmilk_pour\\b\n"
	"\n"
	"BROKEN\n"
	"N:\t(((\n"
	"\n"
	"THE REST\n"
	"S:\tBuried\n"
	"F:\t*\n"
	"F:\t*/\n";

static void assert_owner(struct maintainers *m, const char *path, const char *name)
{
	const struct maintainers_section *section = maintainers_owner(m, path);

	assert_non_null(section);
	assert_string_equal(section->name, name);
}

static void test_owner(void **state)
{
	struct maintainers *m = maintainers_parse(maintainers_text, strlen(maintainers_text));
	const struct maintainers_section *section;

	(void)state;
	assert_int_equal(maintainers_sections(m)->len, 6);
	assert_owner(m, "drivers/misc/tea_pot.c", "TEA DRIVER");
	assert_owner(m, "drivers/tea/deep/cup.c", "TEA DRIVER");
	assert_owner(m, "drivers/misc/tea_not.c", "WIDE DRIVERS");
	assert_owner(m, "drivers/misc/tea/x.c", "WIDE DRIVERS");
	assert_owner(m, "drivers/misc/tea.S", "WIDE DRIVERS");
	assert_owner(m, "drivers/coffee.c", "WIDE DRIVERS");
	assert_owner(m, "sound/coffee.c", "NAMED");
	assert_owner(m, "kernel/fork.c", "THE REST");
	section = maintainers_owner_of_text(m, "kernel/fork.c", "x milk_pour()", 13);
	assert_string_equal(section->name, "KEYWORD");
	section = maintainers_owner(m, "drivers/tea/a.c");
	assert_string_equal(section->status, "Supported");
	assert_int_equal(section->contacts->len, 4);
	maintainers_free(m);
}

static void test_owner_of_nothing(void **state)
{
	struct maintainers *m = maintainers_parse("", 0);

	(void)state;
	assert_null(maintainers_owner(m, "a.c"));
	maintainers_free(m);
}

struct scratch {
	char *top;
};

static int scratch_make(void **state)
{
	struct scratch *scratch = g_new0(struct scratch, 1);

	scratch->top = g_dir_make_tmp("readers-XXXXXX", NULL);
	*state = scratch;
	return scratch->top ? 0 : -1;
}

static void scratch_remove(const char *path)
{
	GDir *dir = g_dir_open(path, 0, NULL);
	const char *name;

	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *below = g_build_filename(path, name, NULL);

		scratch_remove(below);
	}
	g_clear_pointer(&dir, g_dir_close);
	g_remove(path);
}

static int scratch_drop(void **state)
{
	struct scratch *scratch = *state;

	scratch_remove(scratch->top);
	g_free(scratch->top);
	g_free(scratch);
	return 0;
}

static void scratch_file(struct scratch *scratch, const char *path, const char *text, gssize length)
{
	g_autofree char *full = g_build_filename(scratch->top, path, NULL);
	g_autofree char *dir = g_path_get_dirname(full);

	g_mkdir_with_parents(dir, 0755);
	assert_true(g_file_set_contents(full, text, length, NULL));
}

static void assert_flags(const struct kbuild_unit *unit, const char *expected)
{
	g_autoptr(GString) all = g_string_new(NULL);

	for (guint i = 0; i < unit->flags->len; i++)
		g_string_append_printf(all, "%s%s", i ? " " : "", (char *)unit->flags->pdata[i]);
	assert_string_equal(all->str, expected);
}

static void assert_unit(struct kbuild *kbuild, const char *path, const char *includer,
			const char *object, const char *module, const char *config,
			const char *flags)
{
	struct kbuild_unit *unit = kbuild_unit(kbuild, path, includer);

	assert_string_equal(unit->object, object);
	assert_string_equal(unit->module, module);
	assert_string_equal(unit->config, config);
	assert_flags(unit, flags);
	kbuild_unit_free(unit);
}

static void test_kbuild(void **state)
{
	struct kbuild *kbuild;

	scratch_file(*state, "drivers/Makefile",
		     "obj-$(CONFIG_TEA) += tea/\nobj-y += misc/\nsubdir-ccflags-y += -DDRIVERS\n", -1);
	scratch_file(*state, "drivers/tea/Makefile",
		     "ccflags-y := -I$(srctree)/$(src)/include \\\n\t-I $(srctree)/include/tea # why\n"
		     "ccflags-$(CONFIG_TEA_DEBUG) += -DDEBUG\n"
		     "CFLAGS_cup.o := -DCUP=1\n"
		     "obj-$(CONFIG_TEA) += tea.o\n"
		     "tea-y := core.o $(hot-y)\n"
		     "hot-y := hot/pot.o\n"
		     "ifdef CONFIG_TEA_CUP\ntea-objs += cup.o\nendif\n"
		     "tea-$(CONFIG_TEA_MILK) += $(addprefix cold/, milk.o cream.o)\n"
		     "loop-y := $(loop-y) $(loop-y)\n", -1);
	scratch_file(*state, "drivers/misc/Makefile", "obj-y += plain.o\n", -1);
	kbuild = kbuild_new(((struct scratch *)*state)->top, NULL);
	assert_unit(kbuild, "drivers/tea/cup.c", NULL, "drivers/tea/cup.o", "drivers/tea/tea.o", "TEA",
		    "-Idrivers/tea/include -Iinclude/tea -DDEBUG -DCUP=1 -DDRIVERS");
	assert_unit(kbuild, "drivers/tea/hot/pot.c", NULL, "drivers/tea/hot/pot.o", "drivers/tea/tea.o",
		    "TEA", "-Idrivers/tea/include -Iinclude/tea -DDEBUG -DDRIVERS");
	assert_unit(kbuild, "drivers/tea/cold/milk.c", NULL, "drivers/tea/cold/milk.o",
		    "drivers/tea/tea.o", "TEA_MILK",
		    "-Idrivers/tea/include -Iinclude/tea -DDEBUG -DDRIVERS");
	assert_unit(kbuild, "drivers/tea/part.c", "drivers/tea/core.c", "drivers/tea/core.o",
		    "drivers/tea/tea.o", "TEA",
		    "-Idrivers/tea/include -Iinclude/tea -DDEBUG -DDRIVERS");
	assert_unit(kbuild, "drivers/misc/plain.c", NULL, "drivers/misc/plain.o", "drivers/misc/plain.o",
		    "y", "-DDRIVERS");
	assert_unit(kbuild, "nowhere/at/all.c", NULL, "nowhere/at/all.o", "nowhere/at/all.o", "y", "");
	kbuild_free(kbuild);
}

static void test_makefile_include(void **state)
{
	struct scratch *scratch = *state;
	struct makefile *mk;
	g_autofree char *text = NULL;

	scratch_file(scratch, "d/Makefile", "include $(srctree)/$(src)/more.mk\n", -1);
	scratch_file(scratch, "d/more.mk", "include d/more.mk\nX := $(patsubst %.c,%.o,a.c b.c)\n", -1);
	mk = makefile_read(scratch->top, "d", NULL);
	text = makefile_expand(mk, "$(X)");
	assert_non_null(strstr(text, "a.o b.o"));
	makefile_free(mk);
}

static void assert_arch(struct kconfig *k, const char *symbol, const char *arch)
{
	g_autofree char *found = kconfig_arch(k, symbol);

	assert_string_equal(found, arch);
}

static void test_kconfig(void **state)
{
	struct kconfig *k;

	scratch_file(*state, "Kconfig",
		     "source \"arch/$(SRCARCH)/Kconfig\"\nsource \"drivers/Kconfig\"\n", -1);
	scratch_file(*state, "arch/x86/Kconfig", "config X86\n\tdef_bool y\n\tselect HAS_TEA\n", -1);
	scratch_file(*state, "arch/arm/Kconfig", "config ARM\n\tbool\n\tdefault y\n", -1);
	scratch_file(*state, "arch/powerpc/Kconfig", "config PPC\n\tdef_bool y\n\tselect HAS_MILK if PPC\n",
		     -1);
	scratch_file(*state, "drivers/Kconfig",
		     "source \"drivers/Kconfig\"\n"
		     "menu \"Drinks\"\n\tdepends on !X86\n"
		     "config CUP\n\tbool \"Cup\"\n"
		     "\thelp\n\t  if you say\n\n\t  config NOT_ONE\n"
		     "config LOOP_A\n\tbool \"a\"\n\tdepends on LOOP_B\n"
		     "config LOOP_B\n\tbool \"b\"\n\tdepends on LOOP_A\n"
		     "endmenu\n"
		     "if PPC || COMPILE_TEST=n && ARM\n"
		     "config POT\n\ttristate \"Pot\"\nendif\n"
		     "config HAS_TEA\n\tbool\nconfig HAS_MILK\n\tbool\n"
		     "config MILK\n\tbool \"milk\"\n\tdepends on HAS_MILK && \\\n\t\t$(cc-option,-mfoo)\n"
		     "config TEA\n\tbool \"tea\"\n\tdepends on HAS_TEA\n", -1);
	k = kconfig_new(((struct scratch *)*state)->top);
	assert_arch(k, "CUP", "arm");
	assert_arch(k, "LOOP_A", "arm");
	assert_arch(k, "POT", "arm");
	assert_arch(k, "MILK", "powerpc");
	assert_arch(k, "TEA", "x86");
	assert_arch(k, "NOT_ONE", "x86");
	assert_arch(k, "NEVER_HEARD_OF", "x86");
	kconfig_free(k);
}

static void test_kconfig_without_archs(void **state)
{
	static const char text[] = "config A\n\tbool \"a\"\n\tdepends on SPARC64\n";
	struct kconfig *k = kconfig_new(NULL);

	(void)state;
	kconfig_parse(k, "Kconfig", text, strlen(text));
	assert_arch(k, "A", "sparc");
	kconfig_free(k);
}

/* Ten megabytes on one line, of every byte there is: quick, and no crash. */
static void test_hostile(void **state)
{
	gsize length = 10 << 20;
	g_autofree char *text = g_malloc(length);
	struct maintainers *m;
	struct makefile *mk;
	struct kconfig *k = kconfig_new(NULL);

	(void)state;
	for (gsize i = 0; i < length; i++)
		text[i] = "F:*/$((if&|\\\"\0\xff="[i % 17] == '\n' ? ' ' : "F:*/$((if&|\\\"\0\xff="[i % 17];
	m = maintainers_parse(text, length);
	maintainers_owner(m, "drivers/a.c");
	maintainers_free(m);
	mk = makefile_parse(NULL, "", text, length);
	makefile_free(mk);
	kconfig_parse(k, "Kconfig", text, length);
	assert_arch(k, "X", "x86");
	kconfig_free(k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_owner),
		cmocka_unit_test(test_owner_of_nothing),
		cmocka_unit_test_setup_teardown(test_kbuild, scratch_make, scratch_drop),
		cmocka_unit_test_setup_teardown(test_makefile_include, scratch_make, scratch_drop),
		cmocka_unit_test_setup_teardown(test_kconfig, scratch_make, scratch_drop),
		cmocka_unit_test(test_kconfig_without_archs),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests_name("readers", tests, NULL, NULL);
}
