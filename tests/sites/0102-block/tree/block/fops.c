// SPDX-License-Identifier: GPL-2.0-only
static void blkdev_bio_end_io(struct bio *bio)
{
	if (should_dirty(bio)) {
		bio_check_pages_dirty(bio);
	} else {
		bio_release_pages(bio, false);
		bio_put(bio);
	}
}
