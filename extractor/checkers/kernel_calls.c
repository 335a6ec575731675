// SPDX-License-Identifier: GPL-2.0-only
#include <glib.h>
#include <string.h>

#include "checkers/kernel_calls.h"

bool is_free(const char *callee)
{
	static const char *const names[] = {
		"kfree", "kvfree", "vfree", "kfree_sensitive", "kzfree", "kfree_const", "free_page",
		"free_pages", "devm_kfree", "kmem_cache_free", "kvfree_sensitive", NULL
	};

	return g_strv_contains(names, callee);
}

bool only_prints(const char *callee)
{
	static const char *const starts[] = {
		"printk", "_printk", "_dev_", "__dynamic_", "dev_printk", "seq_printf", "trace_",
		"__warn_printk", "warn_slowpath_fmt", "drm_", "__drm_", "netdev_", "snprintf", NULL
	};

	for (int i = 0; starts[i]; i++)
		if (g_str_has_prefix(callee, starts[i]) &&
		    (strncmp(starts[i], "drm_", 4) || strstr(callee, "err") || strstr(callee, "dbg")))
			return true;
	return false;
}

bool takes_reference(const char *callee)
{
	static const char *const names[] = {
		"get_page", "try_get_page", "folio_get", "page_ref_add", "page_ref_inc", "folio_ref_add",
		"get_user_page", "folio_try_get", "dup_user_page", NULL
	};

	return g_strv_contains(names, callee);
}

bool only_locks_or_begins(const char *callee)
{
	return strstr(callee, "lock") || strstr(callee, "init") || strstr(callee, "INIT") ||
	       g_str_has_prefix(callee, "atomic") || g_str_has_prefix(callee, "refcount_set");
}

bool gives_memory(const char *callee)
{
	static const char *const starts[] = {
		"kmalloc", "kzalloc", "kcalloc", "kvmalloc", "kvzalloc", "kvcalloc", "vmalloc", "vzalloc",
		"vcalloc", "devm_kmalloc", "devm_kzalloc", "devm_kcalloc", "kmem_cache_alloc",
		"kmem_cache_zalloc", "__kmalloc", "__vmalloc", "__get_free_page", NULL
	};

	for (int i = 0; starts[i]; i++)
		if (g_str_has_prefix(callee, starts[i]))
			return true;
	return false;
}

bool allocates(const char *callee)
{
	return strstr(callee, "alloc");
}

bool allocates_zeroed(const char *callee)
{
	return strstr(callee, "zalloc") || strstr(callee, "calloc");
}

bool is_err_ptr(const char *callee)
{
	return !strcmp(callee, "ERR_PTR");
}

bool makes_error(const char *callee)
{
	return is_err_ptr(callee) || !strcmp(callee, "PTR_ERR");
}

bool tests_error(const char *callee, bool *or_null)
{
	*or_null = !strcmp(callee, "IS_ERR_OR_NULL");
	return *or_null || !strcmp(callee, "IS_ERR");
}

bool gives_compound_head(const char *callee)
{
	return strstr(callee, "compound_head") || !strcmp(callee, "page_folio");
}

bool exchanges_reference(const char *callee)
{
	return !strcmp(callee, "user_page_to_ref");
}

bool locks_page(const char *callee)
{
	return (strstr(callee, "lock_page") || strstr(callee, "trylock_page") ||
		strstr(callee, "folio_lock") || strstr(callee, "folio_trylock")) &&
	       !strstr(callee, "unlock");
}

bool dirties_on_release(const char *callee)
{
	return strstr(callee, "dirty");
}
