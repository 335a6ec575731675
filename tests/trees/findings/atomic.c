// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sections in which nothing may sleep, as the kernel's headers make them: a function
 * behind a macro, an inline function, a macro of macros, a trylock.
 */
#include <linux/mm.h>
#include <linux/spinlock.h>

typedef struct { int raw; } rwlock_t;

void _raw_write_lock_irq(rwlock_t *lock);
void _raw_write_unlock_irq(rwlock_t *lock);
unsigned long _raw_read_lock_irqsave(rwlock_t *lock);
void _raw_read_unlock_irqrestore(rwlock_t *lock, unsigned long flags);
#define write_lock_irq(lock) _raw_write_lock_irq(lock)
#define write_unlock_irq(lock) _raw_write_unlock_irq(lock)
#define read_lock_irqsave(lock, flags) \
	do { flags = _raw_read_lock_irqsave(lock); } while (0)
#define read_unlock_irqrestore(lock, flags) _raw_read_unlock_irqrestore(lock, flags)

void local_bh_off(void);
static inline void rcu_read_lock_bh(void) { local_bh_off(); }
static inline void rcu_read_unlock_bh(void) { local_bh_off(); }

#define barrier() __asm__ __volatile__("" : : : "memory")
#define preempt_disable() barrier()
#define preempt_enable() do { barrier(); } while (0)
int cpu_number(void);
#define get_cpu() ({ preempt_disable(); cpu_number(); })
#define put_cpu() preempt_enable()
unsigned long arch_irq_save(void);
void arch_irq_restore(unsigned long flags);
#define local_irq_save(flags) do { flags = arch_irq_save(); } while (0)
#define local_irq_restore(flags) arch_irq_restore(flags)
int spin_trylock(spinlock_t *lock);

static rwlock_t attic_lock;
static spinlock_t attic_spin;

int attic_write_lock(unsigned long start)
{
	struct page *page;

	if (get_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -1;
	write_lock_irq(&attic_lock);
	set_page_dirty_lock(page);	/* finding: atomic */
	write_unlock_irq(&attic_lock);
	set_page_dirty_lock(page);
	put_page(page);
	return 0;
}

/* The lock is a caller's. */
static void attic_mark(struct page *page)
{
	set_page_dirty_lock(page);
	put_page(page);
}

int attic_write_lock_around(unsigned long start)
{
	struct page *page;

	if (get_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -1;
	write_lock_irq(&attic_lock);
	attic_mark(page);		/* finding: atomic */
	write_unlock_irq(&attic_lock);
	return 0;
}

int attic_write_lock_before(unsigned long start)
{
	struct page *page;

	if (get_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -1;
	write_lock_irq(&attic_lock);
	write_unlock_irq(&attic_lock);
	attic_mark(page);
	return 0;
}

int attic_read_lock(unsigned long start)
{
	struct page *page;
	unsigned long flags;

	if (get_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -1;
	read_lock_irqsave(&attic_lock, flags);
	set_page_dirty_lock(page);	/* finding: atomic */
	read_unlock_irqrestore(&attic_lock, flags);
	set_page_dirty_lock(page);
	put_page(page);
	return 0;
}

int attic_rcu(unsigned long start)
{
	struct page *page;

	if (get_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -1;
	rcu_read_lock_bh();
	set_page_dirty_lock(page);	/* finding: atomic */
	rcu_read_unlock_bh();
	set_page_dirty_lock(page);
	put_page(page);
	return 0;
}

int attic_cpu(unsigned long start)
{
	struct page *page;
	int cpu;

	if (get_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -1;
	cpu = get_cpu();
	set_page_dirty_lock(page);	/* finding: atomic */
	put_cpu();
	set_page_dirty_lock(page);
	put_page(page);
	return cpu;
}

int attic_irqs(unsigned long start)
{
	struct page *page;
	unsigned long flags;

	if (get_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -1;
	local_irq_save(flags);
	set_page_dirty_lock(page);	/* finding: atomic */
	local_irq_restore(flags);
	preempt_disable();
	preempt_enable();
	set_page_dirty_lock(page);
	put_page(page);
	return 0;
}

int attic_trylock(unsigned long start)
{
	struct page *page;

	if (get_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -1;
	if (spin_trylock(&attic_spin)) {
		set_page_dirty_lock(page);	/* finding: atomic */
		spin_unlock(&attic_spin);
	} else {
		set_page_dirty_lock(page);
	}
	if (!spin_trylock(&attic_spin)) {
		put_page(page);
		return -1;
	}
	spin_unlock(&attic_spin);
	set_page_dirty_lock(page);
	put_page(page);
	return 0;
}
