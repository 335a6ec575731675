// SPDX-License-Identifier: GPL-2.0
/*
 * Vvault: guest memory for a host side target
 */
#include <linux/bvec.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>

#define VVAULT_SLOTS	32

struct vvault_cmd {
	struct page *upages[VVAULT_SLOTS];
	struct scatterlist sgl[VVAULT_SLOTS];
	int nsg;
	struct bio_vec *bvec;
	int nbvec;
};

int vvault_map_one(struct vvault_cmd *cmd, int slot, unsigned long uaddr)
{
	struct page *page;

	if (get_user_pages_fast(uaddr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	cmd->upages[slot] = page;
	sg_set_page(&cmd->sgl[slot], page, PAGE_SIZE, 0);
	cmd->nsg++;
	return 0;
}
EXPORT_SYMBOL_GPL(vvault_map_one);

/* Slots are filled in any order, so there may be holes. */
void vvault_unmap(struct vvault_cmd *cmd)
{
	int i;

	for (i = 0; i < VVAULT_SLOTS; i++) {
		if (cmd->upages[i])
			put_page(cmd->upages[i]);
	}
	cmd->nsg = 0;
}
EXPORT_SYMBOL_GPL(vvault_unmap);

int vvault_map_bvec(struct vvault_cmd *cmd, unsigned long uaddr, int n)
{
	int i;

	cmd->bvec = kcalloc(n, sizeof(*cmd->bvec), GFP_KERNEL);
	if (!cmd->bvec)
		return -ENOMEM;

	for (i = 0; i < n; i++) {
		struct page *page;

		if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)
			goto err;
		cmd->bvec[i].bv_page = page;
		cmd->bvec[i].bv_len = PAGE_SIZE;
		uaddr += PAGE_SIZE;
	}
	cmd->nbvec = n;
	return 0;

err:
	while (i--)
		put_page(cmd->bvec[i].bv_page);
	kfree(cmd->bvec);
	return -EFAULT;
}
EXPORT_SYMBOL_GPL(vvault_map_bvec);

void vvault_unmap_bvec(struct vvault_cmd *cmd)
{
	struct bio_vec *bv;

	for (bv = cmd->bvec; bv < cmd->bvec + cmd->nbvec; bv++)
		put_page(bv->bv_page);
	kfree(cmd->bvec);
}
EXPORT_SYMBOL_GPL(vvault_unmap_bvec);

MODULE_LICENSE("GPL");
