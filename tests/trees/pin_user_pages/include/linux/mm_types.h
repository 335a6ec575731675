/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MINI_LINUX_MM_TYPES_H
#define _MINI_LINUX_MM_TYPES_H

#include <linux/types.h>
#include <linux/rwsem.h>
#include <linux/page-flags-layout.h>
#include <asm/page.h>

struct address_space;
struct file;
struct mm_struct;

struct page {
	unsigned long flags;
	struct address_space *mapping;
	pgoff_t index;
	unsigned long private;
	atomic_t _refcount;
	atomic_t _mapcount;
};

struct folio {
	struct page page;
};

struct vm_operations_struct;

struct vm_area_struct {
	unsigned long vm_start;
	unsigned long vm_end;
	unsigned long vm_flags;
	unsigned long vm_pgoff;
	struct mm_struct *vm_mm;
	struct file *vm_file;
	void *vm_private_data;
	const struct vm_operations_struct *vm_ops;
};

struct mm_struct {
	struct rw_semaphore mmap_lock;
	unsigned long locked_vm;
	atomic_t pinned_vm;
};

#endif
