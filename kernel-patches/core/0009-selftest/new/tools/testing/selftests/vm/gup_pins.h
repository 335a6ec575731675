/* SPDX-License-Identifier: GPL-2.0 */
/* How the tests talk to the test_gup_pins module, and look at the kernel. */
#ifndef GUP_PINS_HELPERS_H
#define GUP_PINS_HELPERS_H

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../../../lib/test_gup_pins.h"

/* A line of diagnostics; each program has its own. */
void diag(const char *fmt, ...);

static inline bool write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY);
	ssize_t n;

	if (fd < 0)
		return false;
	n = write(fd, text, strlen(text));
	close(fd);
	return n == (ssize_t)strlen(text);
}

static inline long read_vmstat(const char *name)
{
	long value, found = -1;
	char key[64];
	FILE *f;

	/* Each CPU keeps a part of the counters to itself for a while. */
	write_file("/proc/sys/vm/stat_refresh", "1");
	f = fopen("/proc/vmstat", "r");
	if (!f)
		return -1;
	while (fscanf(f, "%63s %ld", key, &value) == 2)
		if (!strcmp(key, name))
			found = value;
	fclose(f);
	return found;
}

static inline void drop_all_caches(void)
{
	write_file("/proc/sys/vm/drop_caches", "3");
}

#define PAGE 4096UL
#define HUGE (2UL << 20)

extern int dev;		/* of the module */
extern int failures;

#define CHECK(cond) do {						\
	if (!(cond)) {							\
		diag("%s:%d: %s: %s (errno %d)", __FILE__, __LINE__,	\
		     __func__, #cond, errno);				\
		failures++;						\
	}								\
} while (0)

static inline bool have_dev(void)
{
	dev = open("/sys/kernel/debug/gup_pins_test", O_RDWR);
	return dev >= 0;
}

static inline long pin(int slot, void *addr, unsigned int n, int how, int write)
{
	struct gup_pins p = { .addr = (uintptr_t)addr, .nr_pages = n,
			      .how = how, .write = write, .slot = slot };

	if (ioctl(dev, GUP_PINS_GET, &p))
		return -errno;
	return p.got;
}

static inline int unpin(int slot, int how)
{
	struct gup_pins p = { .slot = slot, .how = how };

	return ioctl(dev, GUP_PINS_PUT, &p);
}

static inline int fill(int slot, int byte)
{
	struct gup_pins p = { .slot = slot, .how = byte };

	return ioctl(dev, GUP_PINS_FILL, &p);
}

static inline struct gup_pins_info info(int slot, unsigned int index)
{
	struct gup_pins_info i = { .slot = slot, .index = index };

	if (ioctl(dev, GUP_PINS_INFO, &i))
		i.pins = -2;
	return i;
}

static inline char *map(size_t size, int flags, int fd)
{
	char *p = mmap(NULL, size, PROT_READ | PROT_WRITE, flags, fd, 0);

	return p == MAP_FAILED ? NULL : p;
}

/*
 * A page of a compound page is counted on the head: a neighbour's pin is seen
 * here, too. A kernel that does not count is good for all else.
 */
static inline void expect_pins(int slot, unsigned int index, int pins)
{
	struct gup_pins_info i;

	i = info(slot, index);
	if (i.pins != pins && i.pins != -1) {
		diag("slot %d page %u: %d pins, expected %d (refs %d, lru %u)",
		     slot, index, i.pins, pins, i.refcount, i.lru);
		failures++;
	}
}

static inline void expect_balance(const char *what)
{
	long now = read_vmstat("nr_dma_pinned");
	long got = read_vmstat("dma_pin_acquired");
	long put = read_vmstat("dma_pin_released");

	if (now > 0 || got != put) {
		diag("%s: %ld pinned, %ld acquired, %ld released",
		     what, now, read_vmstat("dma_pin_acquired"),
		     read_vmstat("dma_pin_released"));
		failures++;
	}
}

#endif	/* GUP_PINS_HELPERS_H */
