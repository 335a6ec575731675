/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _LINUX_SHAPES_H
#define _LINUX_SHAPES_H

/* Interfaces that the mini kernel does not have, and that tests/trees/shapes needs. */

#include <linux/bvec.h>
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/list.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/uio.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>

typedef struct { int refs; } refcount_t;
void refcount_set(refcount_t *r, int n);
void refcount_inc(refcount_t *r);
bool refcount_dec_and_test(refcount_t *r);

struct kref {
	refcount_t refcount;
};
void kref_init(struct kref *kref);
static inline int kref_put(struct kref *kref, void (*release)(struct kref *kref))
{
	if (refcount_dec_and_test(&kref->refcount)) {
		release(kref);
		return 1;
	}
	return 0;
}

struct rcu_head {
	void *next;
};
void call_rcu(struct rcu_head *head, void (*func)(struct rcu_head *head));

struct rb_node {
	struct rb_node *rb_left, *rb_right;
};
struct rb_root {
	struct rb_node *rb_node;
};
#define rb_entry(ptr, type, member) container_of(ptr, type, member)
struct rb_node *rb_first(const struct rb_root *root);
void rb_erase(struct rb_node *node, struct rb_root *root);
void rb_insert_color(struct rb_node *node, struct rb_root *root);
static inline void rb_link_node(struct rb_node *node, struct rb_node *parent, struct rb_node **link)
{
	node->rb_left = node->rb_right = NULL;
	*link = node;
}

struct xarray {
	void *xa_head;
};
void *xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp);
void *xa_erase(struct xarray *xa, unsigned long index);
void *xa_find(struct xarray *xa, unsigned long *index, unsigned long max, unsigned int filter);
void *xa_find_after(struct xarray *xa, unsigned long *index, unsigned long max, unsigned int filter);
void xa_destroy(struct xarray *xa);
static inline int xa_err(void *entry)
{
	return IS_ERR(entry) ? PTR_ERR(entry) : 0;
}
#define xa_for_each(xa, index, entry)						\
	for (index = 0, entry = xa_find(xa, &index, ~0ul, 8); entry;		\
	     entry = xa_find_after(xa, &index, ~0ul, 8))

struct idr {
	void *top;
};
#define DEFINE_IDR(name) struct idr name = { NULL }
int idr_alloc(struct idr *idr, void *ptr, int start, int end, gfp_t gfp);
void *idr_remove(struct idr *idr, unsigned long id);

void *devm_kzalloc(struct device *dev, size_t size, gfp_t gfp);
int devm_add_action_or_reset(struct device *dev, void (*action)(void *data), void *data);

#define swap(a, b) \
	do { __typeof__(a) __tmp = (a); (a) = (b); (b) = __tmp; } while (0)

void *kvcalloc(size_t n, size_t size, gfp_t gfp);
void *kvzalloc(size_t size, gfp_t gfp);
#define struct_size(p, member, n) (sizeof(*(p)) + sizeof(*(p)->member) * (n))
void *krealloc_array(void *p, size_t n, size_t size, gfp_t gfp);
int dma_map_sgtable(struct device *dev, struct sg_table *sgt, enum dma_data_direction dir,
		    unsigned long attrs);
void dma_unmap_sgtable(struct device *dev, struct sg_table *sgt, enum dma_data_direction dir,
		       unsigned long attrs);
void dev_set_drvdata(struct device *dev, void *data);
void *vmap(struct page **pages, unsigned int count, unsigned long flags, unsigned long prot);
void vunmap(const void *addr);
#define ENOENT		2
#define EEXIST		17
#define ENOTTY		25
int mutex_trylock(struct mutex *lock);
static inline bool IS_ERR_OR_NULL(const void *ptr)
{
	return !ptr || IS_ERR(ptr);
}
#define VM_MAP		4
#define PAGE_KERNEL	0
#define FOLL_HWPOISON	0x100
#define PHYS_PFN(x)	((unsigned long)(x) >> PAGE_SHIFT)
#define module_misc_device(dev) \
	static int dev##_init(void) { return misc_register(&dev); } \
	module_init(dev##_init)
int vm_map_pages(struct vm_area_struct *vma, struct page **pages, unsigned long num);
unsigned long vma_pages(struct vm_area_struct *vma);
void mark_page_accessed(struct page *page);
int get_user_page_fast_only(unsigned long addr, unsigned int gup_flags, struct page **page);
unsigned int compound_order(struct page *page);
static inline void shapes_drop(struct page *page)
{
	unpin_user_page(page);
}

#endif
