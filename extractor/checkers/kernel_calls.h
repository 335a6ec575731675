/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_CHECKERS_KERNEL_CALLS_H
#define GUPCONV_CHECKERS_KERNEL_CALLS_H

#include <stdbool.h>

/* Functions of the kernel that the checkers know by name. */

/* Gives memory back, and does nothing else. */
bool is_free(const char *callee);
bool only_prints(const char *callee);
/* Takes another reference of a page. */
bool takes_reference(const char *callee);
/* mutex_lock(&obj->lock), kref_init(&obj->ref): does to a member what stays there. */
bool only_locks_or_begins(const char *callee);
/* Returns memory, or NULL; no ERR_PTR(). */
bool gives_memory(const char *callee);
bool allocates(const char *callee);
/* Allocates memory that is all zero. */
bool allocates_zeroed(const char *callee);
/* Its result is an errno: ERR_PTR(), PTR_ERR(). */
bool makes_error(const char *callee);
bool is_err_ptr(const char *callee);
/* Tests its argument for an errno; *or_null: for NULL, too. */
bool tests_error(const char *callee, bool *or_null);
/* Of a page, gives the head of its compound page or folio. */
bool gives_compound_head(const char *callee);
/* An ordinary reference takes the place of the one that it drops. */
bool exchanges_reference(const char *callee);
/* Takes the lock of a page or folio. */
bool locks_page(const char *callee);
/* Dirties the pages that it releases. */
bool dirties_on_release(const char *callee);

#endif
