// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "convert/select/sleep_context.h"
#include "ctext/statement.h"

#define CALLERS_DEPTH 4

static const char *const enters[] = {
	"spin_lock", "spin_lock_bh", "spin_lock_irq", "spin_lock_irqsave", "raw_spin_lock",
	"raw_spin_lock_irq", "raw_spin_lock_irqsave", "spin_lock_nested", "spin_trylock",
	"read_lock", "read_lock_bh", "read_lock_irq", "read_lock_irqsave", "write_lock",
	"write_lock_bh", "write_lock_irq", "write_lock_irqsave", "rcu_read_lock", "rcu_read_lock_bh",
	"preempt_disable", "local_irq_disable", "local_irq_save", "local_bh_disable",
	"kmap_atomic", "pagefault_disable", "bit_spin_lock", "get_cpu", NULL,
};

static const char *const leaves[] = {
	"spin_unlock", "spin_unlock_bh", "spin_unlock_irq", "spin_unlock_irqrestore",
	"raw_spin_unlock", "raw_spin_unlock_irq", "raw_spin_unlock_irqrestore",
	"read_unlock", "read_unlock_bh", "read_unlock_irq", "read_unlock_irqrestore", "write_unlock",
	"write_unlock_bh", "write_unlock_irq", "write_unlock_irqrestore", "rcu_read_unlock",
	"rcu_read_unlock_bh", "preempt_enable", "local_irq_enable", "local_irq_restore",
	"local_bh_enable", "kunmap_atomic", "pagefault_enable", "bit_spin_unlock", "put_cpu", NULL,
};

/* Whoever calls these is in a context that may sleep. */
static const char *const sleepers[] = {
	"mutex_lock", "mutex_lock_interruptible", "mutex_unlock", "down_read", "down_write", "up_read",
	"up_write", "mmap_read_lock", "mmap_read_unlock", "might_sleep", "schedule", "msleep",
	"wait_event", "wait_event_interruptible", "wait_for_completion", "copy_to_user",
	"copy_from_user", "get_user_pages", "get_user_pages_fast", "get_user_pages_remote",
	"get_user_pages_unlocked", "get_user_pages_locked", "get_user_pages_longterm",
	"pin_user_pages", "pin_user_pages_fast", "pin_user_pages_remote", "pin_user_pages_unlocked",
	"vmalloc", "vunmap", "vmap", "lock_page", "set_page_dirty_lock",
	"flush_work", "cancel_work_sync", "free_irq", "GFP_KERNEL", NULL,
};

/* Members of operation tables whose functions are called from process context. */
static const char *const slots[] = {
	"release", "open", "ioctl", "unlocked_ioctl", "compat_ioctl", "probe", "remove", "mmap", "close",
	"read", "write", "read_iter", "write_iter", "llseek", "fsync", "flush", NULL,
};

/*
 * Is what is entered at the token left again before `last`, whatever way the
 * code goes? A block of its own that leaves and returns does not count, unless
 * it is the block that enters.
 */
static bool is_left(const struct tokens *tokens, int enter, int last)
{
	int own = statement_block(tokens, enter);

	for (int i = enter + 1; i < last; i++) {
		int open;

		if (!token_is_any(tokens, i, leaves) || !token_is(tokens, i + 1, "("))
			continue;
		open = statement_block(tokens, i);
		if (open == own || (open >= 0 && tokens_match(tokens, open) > last))
			return true;
	}
	return false;
}

static bool balanced(const struct tokens *tokens, int first, int last)
{
	for (int i = first; i < last; i++)
		if (token_is_any(tokens, i, enters) && token_is(tokens, i + 1, "(") &&
		    !is_left(tokens, i, last))
			return false;
	return true;
}

static bool shows_sleep(const struct tokens *tokens, const struct function *function)
{
	for (int i = function->open; i < function->close; i++)
		if (token_is_any(tokens, i, sleepers))
			return true;
	return false;
}

/* ".release = name": a use of the name that tells the context. */
static bool slot_sleeps(const struct tokens *tokens, int use)
{
	return token_is(tokens, use - 1, "=") && token_is_any(tokens, use - 2, slots) &&
	       token_is(tokens, use - 3, ".");
}

static bool function_sleeps(const struct tokens *tokens, const struct function *function,
			    int depth);

static bool use_sleeps(const struct tokens *tokens, const struct function *function, int use,
		       int depth)
{
	const struct function *user = tokens_function(tokens, use);

	if (!user)
		return slot_sleeps(tokens, use);
	if (!token_is(tokens, use + 1, "(") || user == function)
		return false;
	return balanced(tokens, user->open, use) && function_sleeps(tokens, user, depth);
}

/* The name at its own definition or a prototype is no use. */
static bool is_declaration(const struct tokens *tokens, const struct function *function, int use)
{
	int close;

	if (use == function->name)
		return true;
	if (tokens_function(tokens, use) || !token_is(tokens, use + 1, "("))
		return false;
	close = tokens_match(tokens, use + 1);
	return close > use && token_is(tokens, close + 1, ";");
}

static bool users_sleep(const struct tokens *tokens, const struct function *function, int depth)
{
	g_autofree char *name = token_text(tokens, function->name);
	int last = tokens_count(tokens) - 2, users = 0;

	for (int i = tokens_find(tokens, name, 0, last); i >= 0;
	     i = tokens_find(tokens, name, i + 1, last)) {
		if (is_declaration(tokens, function, i))
			continue;
		if (!use_sleeps(tokens, function, i, depth + 1))
			return false;
		users++;
	}
	return users > 0;
}

static bool is_static(const struct tokens *tokens, const struct function *function)
{
	for (int i = function->name - 1; i >= 0 && i > function->name - 8; i--) {
		if (token_is(tokens, i, "static"))
			return true;
		if (token_is(tokens, i, ";") || token_is(tokens, i, "}"))
			return false;
	}
	return false;
}

static bool function_sleeps(const struct tokens *tokens, const struct function *function,
			    int depth)
{
	if (shows_sleep(tokens, function))
		return true;
	return depth < CALLERS_DEPTH && is_static(tokens, function) &&
	       users_sleep(tokens, function, depth);
}

bool sleep_context_may_sleep(const struct tokens *tokens, const struct function *function,
			     int token)
{
	return balanced(tokens, function->open, token) && function_sleeps(tokens, function, 0);
}
