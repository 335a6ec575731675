// SPDX-License-Identifier: GPL-2.0-only
/* Maintainers and objects of a file: umbrella sections and owners of objects. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>
#include <glib/gstdio.h>

#include "base/scratch.h"
#include "kbuild/maintainers.h"
#include "kbuild/object_owner.h"

static const char maintainers_text[] =
	"List\n"
	"\n"
	"CHAR DRIVERS\n"
	"F:\tdrivers/char/\n"
	"\n"
	"GADGET DRIVER\n"
	"F:\tdrivers/char/gadget/\n"
	"F:\tdrivers/char/gadget-core.c\n"
	"\n"
	"UNSLASHED\n"
	"F:\tdrivers/tee\n"
	"\n"
	"FILTERS\n"
	"F:\tnet/*/filter/\n"
	"\n"
	"THE REST\n"
	"F:\t*\n"
	"F:\t*/\n";

static void assert_umbrella(struct maintainers *m, const char *path, const char *name, bool is)
{
	const struct maintainers_section *section = maintainers_owner(m, path);

	assert_non_null(section);
	assert_string_equal(section->name, name);
	assert_int_equal(maintainers_is_umbrella(m, section, path), is);
}

static void test_umbrella(void **state)
{
	struct maintainers *m = maintainers_parse(maintainers_text, strlen(maintainers_text));

	(void)state;
	assert_umbrella(m, "drivers/char/one.c", "CHAR DRIVERS", true);
	assert_umbrella(m, "drivers/char/gadget/a.c", "GADGET DRIVER", false);
	assert_umbrella(m, "drivers/char/gadget-core.c", "GADGET DRIVER", false);
	assert_umbrella(m, "drivers/tee/tee.c", "UNSLASHED", true);
	assert_umbrella(m, "net/ipv4/filter/a.c", "FILTERS", true);
	assert_umbrella(m, "kernel/exit.c", "THE REST", true);
	maintainers_free(m);
}

/* -- objects -- */

static char *top;

static int top_make(void **state)
{
	(void)state;
	top = scratch_make(NULL);
	return top ? 0 : -1;
}

static int top_drop(void **state)
{
	(void)state;
	remove_tree(top);
	g_clear_pointer(&top, g_free);
	return 0;
}

static void put(const char *path, const char *text)
{
	g_autofree char *full = g_build_filename(top, path, NULL);
	g_autofree char *dir = g_path_get_dirname(full);

	assert_int_equal(g_mkdir_with_parents(dir, 0700), 0);
	assert_true(g_file_set_contents(full, text, -1, NULL));
}

/* "DIRECTORY WORD MODULE[+] CONFIG..." of each owner, with "; " between them. */
static void assert_owners(const char *path, const char *work, const char *expected)
{
	g_autofree char *folder = work ? g_build_filename(top, work, NULL) : NULL;
	struct object_owners *owners = object_owners_new(top, folder);
	g_autoptr(GPtrArray) found = object_owners_find(owners, path, "x86");
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint i = 0; i < found->len; i++) {
		const struct object_owner *owner = found->pdata[i];

		g_string_append_printf(text, "%s%s %s %s%s", i ? "; " : "", owner->directory,
				       owner->word, owner->module, owner->composite ? "+" : "");
		for (guint k = 0; k < owner->configs->len; k++)
			g_string_append_printf(text, " %s", (char *)owner->configs->pdata[k]);
	}
	assert_string_equal(text->str, expected);
	object_owners_free(owners);
}

static void test_composite_and_symbols_on_the_way(void **state)
{
	(void)state;
	put("fs/Makefile", "obj-$(CONFIG_POND_FS) += pond/\nobj-y += both/\nobj-m += both/\n");
	put("fs/pond/Makefile", "obj-y += pond.o\npond-y := main.o pages.o\n"
				"pond-$(CONFIG_DEEP) += deep.o\n");
	put("fs/both/Makefile", "obj-$(CONFIG_ONE) += x.o\nobj-$(CONFIG_TWO) += x.o\n");
	assert_owners("fs/pond/pages.c", NULL, "fs/pond pages.o pond+ CONFIG_POND_FS");
	assert_owners("fs/pond/deep.c", NULL, "fs/pond deep.o pond+ CONFIG_POND_FS CONFIG_DEEP");
	assert_owners("fs/both/x.c", NULL, "fs/both x.o x CONFIG_ONE; fs/both x.o x CONFIG_TWO");
	assert_owners("fs/pond/unnamed.c", NULL, "");
}

static void test_named_by_the_folder_above(void **state)
{
	(void)state;
	put("drivers/big/Makefile", "parts-y += sub/a.o\nbig-y := $(parts-y)\n"
				    "obj-$(CONFIG_BIG) += big.o\n");
	assert_owners("drivers/big/sub/a.c", NULL, "drivers/big sub/a.o big+ CONFIG_BIG");
}

static void test_of_another_part_of_the_tree(void **state)
{
	(void)state;
	put("virt/Makefile.all", "VIRT ?= ../../../virt\nkvm-y := $(VIRT)/main.o\n");
	put("arch/x86/kvm/Makefile", "include $(srctree)/virt/Makefile.all\n"
				     "obj-$(CONFIG_KVM) += kvm.o\n");
	assert_owners("virt/main.c", NULL, "arch/x86/kvm ../../../virt/main.o kvm+ CONFIG_KVM");
}

static void test_patched_makefile(void **state)
{
	(void)state;
	put("lib/Makefile", "obj-y += old.o\n");
	put("work/lib/Makefile", "obj-y += old.o\nobj-$(CONFIG_NEW) += new.o\n");
	assert_owners("lib/new.c", NULL, "");
	assert_owners("lib/new.c", "work", "lib new.o new CONFIG_NEW");
}

static void test_circle(void **state)
{
	(void)state;
	put("mm/Makefile", "a-y += b.o x.o\nb-y += a.o\na-y += $(b-y)\nb-y += $(a-y)\n");
	assert_owners("mm/x.c", NULL, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_umbrella),
		cmocka_unit_test_setup_teardown(test_composite_and_symbols_on_the_way, top_make,
						top_drop),
		cmocka_unit_test_setup_teardown(test_named_by_the_folder_above, top_make, top_drop),
		cmocka_unit_test_setup_teardown(test_of_another_part_of_the_tree, top_make,
						top_drop),
		cmocka_unit_test_setup_teardown(test_patched_makefile, top_make, top_drop),
		cmocka_unit_test_setup_teardown(test_circle, top_make, top_drop),
	};

	return cmocka_run_group_tests_name("owners", tests, NULL, NULL);
}
