// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "diag.h"
#include "stubs.h"

static const struct {
	const char *path;
	const char *text;
} generated[] = {
	{ "generated/autoconf.h", "" },
	{ "generated/bounds.h",
	  "#define NR_PAGEFLAGS 25\n#define MAX_NR_ZONES 5\n#define NR_CPUS_BITS 6\n"
	  "#define SPINLOCK_SIZE 4\n#define LRU_GEN_WIDTH 0\n#define __LRU_REFS_WIDTH 0\n" },
	{ "generated/timeconst.h",
	  "#define HZ_TO_MSEC_NUM 4\n#define HZ_TO_MSEC_DEN 1\n#define HZ_TO_MSEC_MUL32 0x80000000ULL\n"
	  "#define HZ_TO_MSEC_ADJ32 0\n#define HZ_TO_MSEC_SHR32 29\n#define MSEC_TO_HZ_NUM 1\n"
	  "#define MSEC_TO_HZ_DEN 4\n#define MSEC_TO_HZ_MUL32 0x80000000ULL\n#define MSEC_TO_HZ_ADJ32 0\n"
	  "#define MSEC_TO_HZ_SHR32 33\n#define HZ_TO_USEC_NUM 4000\n#define HZ_TO_USEC_DEN 1\n"
	  "#define USEC_TO_HZ_NUM 1\n#define USEC_TO_HZ_DEN 4000\n" },
	{ "generated/utsrelease.h", "#define UTS_RELEASE \"0\"\n" },
	{ "generated/compile.h", "#define UTS_VERSION \"0\"\n#define UTS_MACHINE \"0\"\n" },
	{ "generated/asm-offsets.h", "" },
	{ "generated/uapi/linux/version.h",
	  "#define KERNEL_VERSION(a, b, c) (((a) << 16) + ((b) << 8) + ((c) > 255 ? 255 : (c)))\n" },
	{ "linux/version.h",
	  "#define KERNEL_VERSION(a, b, c) (((a) << 16) + ((b) << 8) + ((c) > 255 ? 255 : (c)))\n" },
};

static bool write_stub(const char *dir, const char *path, const char *text, GError **error)
{
	g_autofree char *full = g_build_filename(dir, path, NULL);
	g_autofree char *parent = g_path_get_dirname(full);
	FILE *file;

	if (g_mkdir_with_parents(parent, 0700) == 0) {
		file = fopen(full, "w");
		if (file && fputs(text, file) >= 0 && fclose(file) == 0)
			return true;
	}
	fail(error, EXIT_TOOL, "%s: %s; set TMPDIR to a directory with room", full, g_strerror(errno));
	return false;
}

/* DIR/asm/x.h for each FROM/x.h that HAVE/x.h of the architecture does not replace. */
static bool wrap_generic(const struct tree *tree, const char *from, const char *have,
			 const char *dir, GError **error)
{
	g_autofree char *full = g_build_filename(tree->kernel->top, from, NULL);
	g_autoptr(GDir) entries = g_dir_open(full, 0, NULL);
	const char *name;

	while (entries && (name = g_dir_read_name(entries))) {
		g_autofree char *own = g_build_filename(have, name, NULL);
		g_autofree char *stub = g_build_filename("asm", name, NULL);
		g_autofree char *text = g_strdup_printf("#include <asm-generic/%s>\n", name);

		if (!g_str_has_suffix(name, ".h") || tree_has(tree->kernel, own))
			continue;
		if (!write_stub(dir, stub, text, error))
			return false;
	}
	return true;
}

static bool version_stub(const struct tree *tree, const char *dir, GError **error)
{
	unsigned int major = 0, minor = 0, patch = 0;
	g_autofree char *text = NULL;

	sscanf(tree->version, "%u.%u.%u", &major, &minor, &patch);
	text = g_strdup_printf("%s#ifndef LINUX_VERSION_CODE\n#define LINUX_VERSION_CODE %u\n#endif\n"
			       "#define LINUX_VERSION_MAJOR %u\n"
			       "#define LINUX_VERSION_PATCHLEVEL %u\n#define LINUX_VERSION_SUBLEVEL %u\n",
			       generated[G_N_ELEMENTS(generated) - 1].text,
			       (major << 16) + (minor << 8) + MIN(patch, 255), major, minor, patch);
	return write_stub(dir, "linux/version.h", text, error);
}

bool stubs_make(const struct tree *tree, const struct arch *arch, const char *dir, GError **error)
{
	g_autofree char *own = g_build_filename(dir, arch->name, NULL);
	g_autofree char *uapi = g_build_filename(own, "uapi", NULL);
	g_autofree char *have = g_strdup_printf("arch/%s/include/asm", arch->name);
	g_autofree char *have_uapi = g_strdup_printf("arch/%s/include/uapi/asm", arch->name);

	for (size_t i = 0; i < G_N_ELEMENTS(generated); i++)
		if (!write_stub(own, generated[i].path, generated[i].text, error))
			return false;
	return version_stub(tree, own, error) &&
	       wrap_generic(tree, "include/asm-generic", have, own, error) &&
	       wrap_generic(tree, "include/uapi/asm-generic", have_uapi, uapi, error);
}
