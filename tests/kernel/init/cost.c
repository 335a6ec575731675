// SPDX-License-Identifier: GPL-2.0-only
/* The loops whose cost is measured. */
#define _GNU_SOURCE
#include <time.h>

#include "init.h"

static long long cpu_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return ts.tv_sec * 1000000000LL + ts.tv_nsec;
}

/* The kernel's own benchmark: struct gup_benchmark of 4.19, and since. */
struct gup_benchmark_old {
	uint64_t delta, addr, size;
	uint32_t nr_pages_per_call, flags;
};

struct gup_benchmark {
	uint64_t get_delta, put_delta, addr, size;
	uint32_t nr_pages_per_call, flags;
	uint64_t expansion[10];
};

static bool gup_benchmark(char *p, size_t size, unsigned int per_call)
{
	int fd = open("/sys/kernel/debug/gup_benchmark", O_RDWR | O_CLOEXEC);
	struct gup_benchmark_old old = {
		.addr = (uintptr_t)p, .size = size,
		.nr_pages_per_call = per_call, .flags = 1,
	};
	struct gup_benchmark new = {
		.addr = (uintptr_t)p, .size = size,
		.nr_pages_per_call = per_call, .flags = 1,
	};
	bool good;

	good = ioctl(fd, _IOWR('g', 1, struct gup_benchmark), &new) == 0 ||
	       ioctl(fd, _IOWR('g', 1, struct gup_benchmark_old), &old) == 0;
	close(fd);
	return good;
}

/* Pages that are pinned for the first time: a fresh buffer each time. */
static long long cold(unsigned int per_call, long loops)
{
	size_t size = 512 * PAGE;
	long long cost = 0;

	while (loops--) {
		char *p = map(size, MAP_PRIVATE | MAP_ANONYMOUS, -1);
		long long start;

		madvise(p, size, MADV_NOHUGEPAGE);
		memset(p, 1, size);
		start = cpu_ns();
		CHECK(gup_benchmark(p, size, per_call));
		cost += cpu_ns() - start;
		munmap(p, size);
	}
	return cost;
}

enum {
	COST_NOTHING, COST_DIO_4K, COST_DIO_256K, COST_GUP_64, COST_GUP_1,
	COST_BENCH_1, COST_BENCH_128, COST_COLD_1, COST_COLD_128,
};

/*
 * With QEMU's -icount shift=0 a nanosecond is an instruction; the time that the
 * process waits is not counted.
 */
enum verdict scenario_cost(void)
{
	long loops = param("loops", 2000), i, which = param("which", 0);
	char *p = map(512 * PAGE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	int fd = open("/dev/vdb", O_RDONLY | O_DIRECT);
	long long start = 0;

	if (!have_dev() || fd < 0)
		return SKIP;
	madvise(p, 512 * PAGE, MADV_NOHUGEPAGE);
	memset(p, 1, 512 * PAGE);
	if (which >= COST_COLD_1) {
		loops /= 50;
		metric("cost", cold(which == COST_COLD_1 ? 1 : 128, loops) /
		       loops);
		return failures ? FAIL : PASS;
	}
	for (i = -loops / 20; i < loops; i++) {
		if (i == 0)
			start = cpu_ns();
		switch (which) {
		case COST_DIO_4K:
			CHECK(pread(fd, p, PAGE, (i + loops) % 512 * PAGE) ==
			      PAGE);
			break;
		case COST_DIO_256K:
			CHECK(pread(fd, p, 64 * PAGE, 0) == 64 * PAGE);
			break;
		case COST_GUP_64:
			CHECK(pin(0, p, 64, GUP_FAST, 1) == 64);
			unpin(0, PUT_USER_PAGES);
			break;
		case COST_GUP_1:
			CHECK(pin(0, p, 1, GUP_FAST, 1) == 1);
			unpin(0, PUT_USER_PAGE);
			break;
		case COST_BENCH_1:
			CHECK(gup_benchmark(p, 512 * PAGE, 1));
			break;
		case COST_BENCH_128:
			CHECK(gup_benchmark(p, 512 * PAGE, 128));
			break;
		}
	}
	metric("cost", (cpu_ns() - start) / loops);
	return failures ? FAIL : PASS;
}
