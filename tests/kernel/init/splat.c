// SPDX-License-Identifier: GPL-2.0-only
/* Faults that a kernel has to report: splats, and drivers that release wrongly. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#include "../module/gupsplat.h"
#include "init.h"

enum verdict scenario_boot(void)
{
	return PASS;
}

enum verdict scenario_splat(void)
{
	int fd = open("/sys/kernel/debug/gupsplat", O_RDWR);

	if (fd < 0)
		return SKIP;
	ioctl(fd, GUPSPLAT(param("splat", SPLAT_WARN)), 0);
	return PASS;
}

/* A driver's release that was not converted: put_page() of a pinned page. */
enum verdict scenario_unconverted(void)
{
	char *p = map(4 * PAGE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	int put = param("put", PUT_WRONG_PUT_PAGE);

	if (!have_dev())
		return SKIP;
	madvise(p, 4 * PAGE, MADV_NOHUGEPAGE);
	memset(p, 1, 4 * PAGE);
	/* A pagevec's reference would hide the mistake for a while. */
	write_file("/proc/sys/vm/compact_memory", "1");
	CHECK(pin(0, p, 4, GUP_FAST, 1) == 4);
	CHECK(unpin(0, put) == 0);
	/* Once per call site: the second time is silent. */
	CHECK(pin(0, p, 4, GUP_FAST, 1) == 4);
	CHECK(unpin(0, put) == 0);
	munmap(p, 4 * PAGE);
	return failures ? FAIL : PASS;
}

/* The same by a driver that has nothing to do with the tests. */
enum verdict scenario_forgotten(void)
{
	char *p = map(4 * PAGE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	int lap, fd = open("/sys/kernel/debug/forgotten", O_RDWR);

	if (fd < 0)
		return SKIP;
	madvise(p, 4 * PAGE, MADV_NOHUGEPAGE);
	memset(p, 1, 4 * PAGE);
	/* A pagevec's reference would hide the mistake for a while. */
	write_file("/proc/sys/vm/compact_memory", "1");
	for (lap = 0; lap < 2; lap++)
		CHECK(ioctl(fd, _IO('p', 1), p) == 4);
	munmap(p, 4 * PAGE);
	return failures ? FAIL : PASS;
}
