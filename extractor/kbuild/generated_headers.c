// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/file_kind.h"
#include "base/diag.h"
#include "kbuild/generated_headers.h"

#define VERSION_MACRO \
	"#define KERNEL_VERSION(a, b, c) (((a) << 16) + ((b) << 8) + ((c) > 255 ? 255 : (c)))\n"

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
	{ "generated/uapi/linux/version.h", VERSION_MACRO },
};

/**
 * struct stub - a header to make
 * @path: below the architecture's directory
 */
struct stub {
	char *path;
	char *text;
};

static void stub_free(void *data)
{
	struct stub *stub = data;

	g_free(stub->path);
	g_free(stub->text);
	g_free(stub);
}

/* Takes both strings. */
static void add_stub(GPtrArray *stubs, char *path, char *text)
{
	struct stub *stub = g_new0(struct stub, 1);

	stub->path = path;
	stub->text = text;
	g_ptr_array_add(stubs, stub);
}

/* TO/asm/x.h for each FROM/x.h that HAVE/x.h of the architecture does not replace. */
static void wrap_generic(GPtrArray *stubs, const struct tree *tree, const char *from,
			 const char *have, const char *to)
{
	g_autofree char *full = g_build_filename(tree->kernel->top, from, NULL);
	g_autoptr(GDir) entries = g_dir_open(full, 0, NULL);
	const char *name;

	while (entries && (name = g_dir_read_name(entries))) {
		g_autofree char *own = g_build_filename(have, name, NULL);

		if (file_is_header(name) && !tree_has(tree->kernel, own))
			add_stub(stubs, g_build_filename(to, "asm", name, NULL),
				 g_strdup_printf("#include <asm-generic/%s>\n", name));
	}
}

static char *version_text(const struct tree *tree)
{
	unsigned int major = 0, minor = 0, patch = 0;

	sscanf(tree->version, "%u.%u.%u", &major, &minor, &patch);
	return g_strdup_printf("%s#ifndef LINUX_VERSION_CODE\n#define LINUX_VERSION_CODE %u\n#endif\n"
			       "#define LINUX_VERSION_MAJOR %u\n"
			       "#define LINUX_VERSION_PATCHLEVEL %u\n#define LINUX_VERSION_SUBLEVEL %u\n",
			       VERSION_MACRO, (major << 16) + (minor << 8) + MIN(patch, 255), major,
			       minor, patch);
}

static int by_path(const void *a, const void *b)
{
	const struct stub *const *left = a, *const *right = b;

	return strcmp((*left)->path, (*right)->path);
}

static GPtrArray *generated_headers_of(const struct tree *tree, const struct arch *arch)
{
	GPtrArray *stubs = g_ptr_array_new_with_free_func(stub_free);
	g_autofree char *have = g_strdup_printf("arch/%s/include/asm", arch->name);
	g_autofree char *have_uapi = g_strdup_printf("arch/%s/include/uapi/asm", arch->name);

	for (size_t i = 0; i < G_N_ELEMENTS(generated); i++)
		add_stub(stubs, g_strdup(generated[i].path), g_strdup(generated[i].text));
	add_stub(stubs, g_strdup("linux/version.h"), version_text(tree));
	wrap_generic(stubs, tree, "include/asm-generic", have, "");
	wrap_generic(stubs, tree, "include/uapi/asm-generic", have_uapi, "uapi");
	g_ptr_array_sort(stubs, by_path);
	return stubs;
}

char *generated_headers_hash(const struct tree *tree, const struct arch *arch)
{
	g_autoptr(GPtrArray) stubs = generated_headers_of(tree, arch);
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);

	for (guint i = 0; i < stubs->len; i++) {
		const struct stub *stub = stubs->pdata[i];

		g_checksum_update(sum, (const guchar *)stub->path, strlen(stub->path) + 1);
		g_checksum_update(sum, (const guchar *)stub->text, strlen(stub->text) + 1);
	}
	return g_strdup(g_checksum_get_string(sum));
}

static bool write_stub(const char *dir, const struct stub *stub, GError **error)
{
	g_autofree char *full = g_build_filename(dir, stub->path, NULL);
	g_autofree char *parent = g_path_get_dirname(full);
	FILE *file;

	if (g_mkdir_with_parents(parent, 0700) == 0) {
		file = fopen(full, "w");
		if (file && fputs(stub->text, file) >= 0 && fclose(file) == 0)
			return true;
	}
	fail(error, EXIT_TOOL, "%s: %s; set TMPDIR to a directory with room", full, g_strerror(errno));
	return false;
}

bool generated_headers_make(const struct tree *tree, const struct arch *arch, const char *dir,
			    GError **error)
{
	g_autofree char *own = g_build_filename(dir, arch->name, NULL);
	g_autoptr(GPtrArray) stubs = generated_headers_of(tree, arch);

	for (guint i = 0; i < stubs->len; i++)
		if (!write_stub(own, stubs->pdata[i], error))
			return false;
	return true;
}
