// SPDX-License-Identifier: GPL-2.0-only
#include <clang-c/Index.h>
#include <string.h>

#include "base/option_value.h"
#include "kbuild/compiler_flags.h"
#include "ctext/directive_words.h"
#include "ctext/identifier_set.h"
#include "frontend/pch.h"

/* Begins a line of a macro graph among the lines of what the headers show. */
#define MACRO_MARK "="

/* Headers that a good part of all drivers and file systems includes, and code of architectures. */
static const char *const common_headers[] = {
	"linux/kernel.h", "linux/module.h", "linux/init.h", "linux/errno.h", "linux/slab.h",
	"linux/mm.h", "linux/fs.h", "linux/sched.h", "linux/sched/signal.h", "linux/sched/mm.h",
	"linux/pagemap.h", "linux/highmem.h", "linux/swap.h", "linux/vmalloc.h", "linux/uaccess.h",
	"linux/uio.h", "linux/file.h", "linux/hugetlb.h", "linux/mman.h", "linux/compat.h",
	"linux/device.h", "linux/dma-mapping.h", "linux/scatterlist.h", "linux/interrupt.h",
	"linux/poll.h", "linux/mmu_notifier.h", "linux/rmap.h", "linux/blkdev.h", "linux/bio.h",
	"linux/pci.h", "linux/of.h", "linux/iommu.h", "linux/cpuset.h", "linux/syscalls.h",
	"linux/mmu_context.h", "linux/kvm_host.h",
};

/* Those of whole groups of drivers and protocols, nearly all of which are seen as x86. */
static const char *const driver_headers[] = {
	"linux/fb.h", "linux/netdevice.h", "linux/rtnetlink.h", "linux/filter.h",
	"linux/virtio_net.h", "linux/skmsg.h", "linux/inet.h", "linux/nfs_fs.h",
	"linux/sunrpc/clnt.h", "net/sock.h", "net/tcp.h", "net/tls.h",
	"rdma/ib_verbs.h", "rdma/ib_umem_odp.h", "drm/drm_device.h", "drm/drm_gem.h",
	"drm/drm_drv.h", "drm/drm_file.h", "media/v4l2-device.h", "media/v4l2-ioctl.h",
};

static char *pch_path(const struct arch *arch, const char *stubs)
{
	return g_strdup_printf("%s/%s/common.pch", stubs, arch->name);
}

static void add_present(GPtrArray *names, const struct tree *tree, const char *const *headers,
			size_t count)
{
	for (size_t i = 0; i < count; i++) {
		g_autofree char *path = g_strdup_printf("include/%s", headers[i]);

		if (tree_has(tree->kernel, path))
			g_ptr_array_add(names, g_strdup(headers[i]));
	}
}

GPtrArray *pch_headers(const struct tree *tree, const struct arch *arch)
{
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);

	add_present(names, tree, common_headers, G_N_ELEMENTS(common_headers));
	if (!arch || arch == arch_default())
		add_present(names, tree, driver_headers, G_N_ELEMENTS(driver_headers));
	return names;
}

static char *prologue(const struct tree *tree, const struct arch *arch)
{
	g_autoptr(GPtrArray) names = pch_headers(tree, arch);
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < names->len; i++)
		g_string_append_printf(text, "#include <%s>\n", (char *)names->pdata[i]);
	return g_string_free(text, FALSE);
}

static void add_test(const char *word, size_t length, void *data)
{
	/* Symbols have a line of their own. */
	if (!g_str_has_prefix(word, "CONFIG_"))
		g_hash_table_add(data, g_strdup_printf("#%.*s", (int)length, word));
}

/**
 * struct header_summary - what the headers show, under way
 * @seen: its lines but those of @macros, as a set
 */
struct header_summary {
	GHashTable *seen;
	struct macro_graph *macros;
};

static void add_header(CXFile file, CXSourceLocation *stack, unsigned int depth, CXClientData data)
{
	struct header_summary *summary = data;
	CXString name = clang_getFileName(file);
	g_autofree char *text = NULL;
	gsize size;

	(void)stack;
	(void)depth;
	if (g_file_get_contents(clang_getCString(name), &text, &size, NULL)) {
		g_autoptr(GPtrArray) words = identifiers_with_prefix(text, size, "CONFIG_");

		for (guint i = 0; i < words->len; i++)
			g_hash_table_add(summary->seen, g_strdup(words->pdata[i]));
		directive_tests_visit(text, size, add_test, summary->seen);
		macro_graph_read(summary->macros, text, size);
		g_hash_table_add(summary->seen,
				 g_canonicalize_filename(clang_getCString(name), "/"));
	}
	clang_disposeString(name);
}

static char *join_sorted(GHashTable *set)
{
	GList *words = g_list_sort(g_hash_table_get_keys(set), (GCompareFunc)strcmp);
	GString *text = g_string_new("\n");

	for (GList *item = words; item; item = item->next)
		g_string_append_printf(text, "%s\n", (char *)item->data);
	g_list_free(words);
	return g_string_free(text, FALSE);
}

static void add_macro(const char *line, void *data)
{
	g_hash_table_add(data, g_strconcat(MACRO_MARK, line, NULL));
}

/* The lines for pch_new(). */
static char *summary_text(CXTranslationUnit unit)
{
	struct header_summary summary = {
		.seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
		.macros = macro_graph_new(),
	};
	char *text;

	clang_getInclusions(unit, add_header, &summary);
	macro_graph_visit(summary.macros, add_macro, summary.seen);
	text = join_sorted(summary.seen);
	macro_graph_free(summary.macros);
	g_hash_table_destroy(summary.seen);
	return text;
}

static char **append_args(char **args, const char *const *more)
{
	GPtrArray *all = g_ptr_array_new();

	for (char **arg = args; *arg; arg++)
		g_ptr_array_add(all, *arg);
	for (; *more; more++)
		g_ptr_array_add(all, g_strdup(*more));
	g_ptr_array_add(all, NULL);
	g_free(args);
	return (char **)g_ptr_array_free(all, FALSE);
}

char *pch_make(const struct tree *tree, const struct arch *arch, const char *stubs,
	       GPtrArray *common)
{
	struct flags_input input = { .tree = tree, .arch = arch, .stubs = stubs,
				     .path = "include/.", .common = common };
	static const char *const more[] = { "-x", "c-header", "-Xclang",
					    "-fallow-pch-with-compiler-errors", NULL };
	g_autofree char *text = prologue(tree, arch), *path = pch_path(arch, stubs);
	g_autofree char *header = g_strdup_printf("%s/%s/common.h", stubs, arch->name);
	g_auto(GStrv) args = append_args(compiler_flags_make(&input), more);
	CXIndex index = clang_createIndex(0, 0);
	CXTranslationUnit unit;
	char *answer = NULL;

	if (g_file_set_contents(header, text, -1, NULL) &&
	    !clang_parseTranslationUnit2(index, header, (const char *const *)args,
					 g_strv_length(args), NULL, 0,
					 CXTranslationUnit_KeepGoing |
					 CXTranslationUnit_SkipFunctionBodies |
					 CXTranslationUnit_ForSerialization, &unit)) {
		if (!clang_saveTranslationUnit(unit, path, clang_defaultSaveOptions(unit)))
			answer = summary_text(unit);
		clang_disposeTranslationUnit(unit);
	}
	clang_disposeIndex(index);
	return answer ? answer : g_strdup("");
}

struct pch *pch_new(const struct arch *arch, const char *stubs, const char *seen)
{
	struct pch *pch;
	g_auto(GStrv) words = NULL;

	if (!seen || !*seen)
		return NULL;
	pch = g_new0(struct pch, 1);
	pch->path = pch_path(arch, stubs);
	pch->seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	pch->macros = macro_graph_new();
	words = g_strsplit(seen, "\n", -1);
	for (char **word = words; *word; word++) {
		const char *macro = option_value(*word, MACRO_MARK);

		if (macro)
			macro_graph_add(pch->macros, macro);
		else
			g_hash_table_add(pch->seen, g_strdup(*word));
	}
	return pch;
}

void pch_free(void *data)
{
	struct pch *pch = data;

	if (!pch)
		return;
	g_free(pch->path);
	g_hash_table_destroy(pch->seen);
	macro_graph_free(pch->macros);
	g_free(pch);
}

/*
 * The parser need not look at each of a thousand headers again: the PCH lies under a hash of
 * their texts (header_cache.h), and pch_fit.h finds out what else does not fit.
 */
char **pch_args(const struct pch *pch, bool strict, char **args)
{
	const char *const more[] = { "-include-pch", pch->path, "-Xclang",
				     "-fallow-pch-with-compiler-errors",
				     "-Xclang", "-fno-validate-pch",
				     strict ? "-Werror=implicit-function-declaration" : NULL,
				     NULL };
	GPtrArray *kept = g_ptr_array_new();

	for (char **arg = args; *arg; arg++) {
		if (!strcmp(*arg, "-include") && arg[1]) {
			g_free(*arg++);
			g_free(*arg);
		} else {
			g_ptr_array_add(kept, *arg);
		}
	}
	g_free(args);
	g_ptr_array_add(kept, NULL);
	return append_args((char **)g_ptr_array_free(kept, FALSE), more);
}
