/* SPDX-License-Identifier: GPL-2.0 */
struct marten {
	struct page *bell_page;
	bool *bell;
};

void marten_unset(struct marten *marten);
