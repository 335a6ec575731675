/* SPDX-License-Identifier: GPL-2.0-only */
struct dm_bio_details {
	unsigned long bi_flags;
};
