// SPDX-License-Identifier: GPL-2.0-only
/* The scenarios around the guptest module. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/swap.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../module/gup_pins.h"
#include "init.h"

#define PAGE 4096UL
#define HUGE (2UL << 20)

static int dev = -1;
static int failures;

#define CHECK(cond) do {						\
	if (!(cond)) {							\
		diag("%s:%d: %s: %s (errno %d)", __FILE__, __LINE__,	\
		     __func__, #cond, errno);				\
		failures++;						\
	}								\
} while (0)

static bool have_dev(void)
{
	dev = open("/sys/kernel/debug/guptest", O_RDWR);
	return dev >= 0;
}

static long pin(int slot, void *addr, unsigned int n, int how, int write)
{
	struct gup_pins p = { .addr = (uintptr_t)addr, .nr_pages = n,
			      .how = how, .write = write, .slot = slot };

	if (ioctl(dev, GUP_PINS_GET, &p))
		return -errno;
	return p.got;
}

static int unpin(int slot, int how)
{
	struct gup_pins p = { .slot = slot, .how = how };

	return ioctl(dev, GUP_PINS_PUT, &p);
}

static int fill(int slot, int byte)
{
	struct gup_pins p = { .slot = slot, .how = byte };

	return ioctl(dev, GUP_PINS_FILL, &p);
}

static struct gup_pins_info info(int slot, unsigned int index)
{
	struct gup_pins_info i = { .slot = slot, .index = index };

	if (ioctl(dev, GUP_PINS_INFO, &i))
		i.pins = -2;
	return i;
}

static char *map(size_t size, int flags, int fd)
{
	char *p = mmap(NULL, size, PROT_READ | PROT_WRITE, flags, fd, 0);

	return p == MAP_FAILED ? NULL : p;
}

static bool counting;		/* this kernel counts pins */

/*
 * A page of a compound page is counted on the head: a neighbour's pin is seen
 * here, too.
 */
static void expect_pins(int slot, unsigned int index, int pins)
{
	struct gup_pins_info i;

	if (!counting)
		return;
	i = info(slot, index);
	if (i.pins != pins) {
		diag("slot %d page %u: %d pins, expected %d (refs %d, lru %u)",
		     slot, index, i.pins, pins, i.refcount, i.lru);
		failures++;
	}
}

/* Does this kernel count? Asked of a page, as the counters came later. */
static void see_if_counting(void)
{
	char *p = map(PAGE, MAP_PRIVATE | MAP_ANONYMOUS, -1);

	*p = 1;
	if (pin(0, p, 1, GUP_PLAIN, 1) == 1) {
		counting = info(0, 0).pins == 1;
		unpin(0, PUT_USER_PAGE);
	}
	munmap(p, PAGE);
	metric("counting", counting);
}

static void balanced(const char *what)
{
	long now = vmstat("nr_dma_pinned");
	long got = vmstat("dma_pin_acquired"), put = vmstat("dma_pin_released");

	if (now > 0 || got != put) {
		diag("%s: not balanced: %ld pinned, %ld acquired, %ld released",
		     what, now, vmstat("dma_pin_acquired"),
		     vmstat("dma_pin_released"));
		failures++;
	}
}

static void test_members(void)
{
	char *p = map(16 * PAGE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	int how, put, write;

	madvise(p, 16 * PAGE, MADV_NOHUGEPAGE);
	for (how = 0; how < GUP_NR_HOW; how++)
		for (put = 0; put < PUT_NR_RIGHT; put++)
			for (write = 0; write < 2; write++) {
				memset(p, 1, 16 * PAGE);
				CHECK(pin(0, p, 16, how, write) == 16);
				expect_pins(0, 7, 1);
				CHECK(pin(1, p + 7 * PAGE, 1, how, write) == 1);
				expect_pins(0, 7, 2);
				expect_pins(0, 8, 1);
				CHECK(unpin(0, put) == 0);
				expect_pins(1, 0, 1);
				CHECK(unpin(1, put) == 0);
				if (write)
					madvise(p, 16 * PAGE, MADV_DONTNEED);
			}
	munmap(p, 16 * PAGE);
	balanced(__func__);
}

/* Pages that nobody has touched yet: the zero page, fresh pages. */
static void test_zero_page(void)
{
	char *p = map(4 * PAGE, MAP_PRIVATE | MAP_ANONYMOUS, -1);

	madvise(p, 4 * PAGE, MADV_NOHUGEPAGE);
	CHECK(pin(0, p, 4, GUP_PLAIN, 0) == 4);
	CHECK(unpin(0, PUT_USER_PAGES) == 0);
	CHECK(pin(0, p, 4, GUP_FAST, 0) == 4);
	CHECK(unpin(0, PUT_USER_PAGES) == 0);
	CHECK(pin(0, p, 4, GUP_PLAIN, 1) == 4);
	expect_pins(0, 0, 1);
	CHECK(unpin(0, PUT_USER_PAGES) == 0);
	munmap(p, 4 * PAGE);
	balanced(__func__);
}

static void test_longterm(void)
{
	char *p = map(64 * PAGE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	int i;

	madvise(p, 64 * PAGE, MADV_NOHUGEPAGE);
	memset(p, 2, 64 * PAGE);
	CHECK(pin(0, p, 64, GUP_LONGTERM, 1) == 64);
	/* The pins outlive the mapping. */
	munmap(p, 64 * PAGE);
	expect_pins(0, 5, 1);
	drop_caches(3);
	write_file("/proc/sys/vm/compact_memory", "1");
	CHECK(fill(0, 0x77) == 0);
	for (i = 0; i < 64; i++)
		expect_pins(0, i, 1);
	CHECK(unpin(0, PUT_USER_PAGES_DIRTY) == 0);
	balanced(__func__);
}

static void test_fork(void)
{
	char *p = map(4 * PAGE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	int status;
	pid_t pid;

	madvise(p, 4 * PAGE, MADV_NOHUGEPAGE);
	memset(p, 3, 4 * PAGE);
	CHECK(pin(0, p, 4, GUP_FAST, 1) == 4);
	pid = fork();
	if (pid == 0) {
		p[0] = 4;		/* breaks COW in the child */
		p[PAGE] = 4;
		_exit(0);
	}
	waitpid(pid, &status, 0);
	p[2 * PAGE] = 5;
	expect_pins(0, 0, 1);
	expect_pins(0, 2, 1);
	/* Pinned twice, by two processes, with the page shared. */
	pid = fork();
	if (pid == 0) {
		pin(1, p, 4, GUP_FAST, 0);
		unpin(1, PUT_USER_PAGE);
		_exit(0);
	}
	waitpid(pid, &status, 0);
	CHECK(unpin(0, PUT_USER_PAGE) == 0);
	munmap(p, 4 * PAGE);
	balanced(__func__);
}

static void test_truncate(void)
{
	int fd = open("/mnt/truncate", O_RDWR | O_CREAT | O_TRUNC, 0600);
	char *p;

	CHECK(fd >= 0 && ftruncate(fd, 16 * PAGE) == 0);
	p = map(16 * PAGE, MAP_SHARED, fd);
	if (!p)
		return;
	memset(p, 6, 16 * PAGE);
	CHECK(pin(0, p, 16, GUP_FAST, 1) == 16);
	CHECK(ftruncate(fd, 4 * PAGE) == 0);
	CHECK(fill(0, 0x33) == 0);
	expect_pins(0, 2, 1);
	expect_pins(0, 9, 1);
	CHECK(fsync(fd) == 0);
	CHECK(unpin(0, PUT_USER_PAGES_DIRTY) == 0);
	CHECK(fsync(fd) == 0);
	CHECK(p[0] == 0x33);
	munmap(p, 16 * PAGE);
	CHECK(ftruncate(fd, 0) == 0);
	close(fd);
	unlink("/mnt/truncate");
	drop_caches(3);
	balanced(__func__);
}

/* What a device writes under a pin is in the file, whatever writeback does. */
static void test_file(void)
{
	int fd = open("/mnt/file", O_RDWR | O_CREAT | O_TRUNC, 0600);
	char *p, back[16];
	int lap;

	CHECK(fd >= 0 && ftruncate(fd, 16 * PAGE) == 0);
	p = map(16 * PAGE, MAP_SHARED, fd);
	if (!p)
		return;
	memset(p, 6, 16 * PAGE);
	CHECK(pin(0, p, 16, GUP_FAST, 1) == 16);
	for (lap = 0; lap < 4; lap++) {
		CHECK(fsync(fd) == 0);
		madvise(p, 16 * PAGE, MADV_DONTNEED);
		drop_caches(3);
		CHECK(fill(0, 0x40 + lap) == 0);
		if (counting && param("file", 1)) {
			CHECK(info(0, 3).private);
			CHECK(info(0, 3).mapped_file);
		}
	}
	sync();
	CHECK(fill(0, 0x50) == 0);
	CHECK(unpin(0, PUT_USER_PAGES_DIRTY) == 0);
	munmap(p, 16 * PAGE);
	CHECK(fsync(fd) == 0);
	posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
	drop_caches(3);
	CHECK(pread(fd, back, 16, 3 * PAGE) == 16 && back[5] == 0x50);
	close(fd);
	unlink("/mnt/file");
	balanced(__func__);
}

static void test_shmem(void)
{
	int fd = open("/tmp/shm", O_RDWR | O_CREAT | O_TRUNC, 0600);
	char *p;

	CHECK(fd >= 0 && ftruncate(fd, 16 * PAGE) == 0);
	p = map(16 * PAGE, MAP_SHARED, fd);
	memset(p, 6, 16 * PAGE);
	CHECK(pin(0, p, 16, GUP_PLAIN, 1) == 16);
	unlink("/tmp/shm");
	close(fd);
	munmap(p, 16 * PAGE);
	CHECK(fill(0, 0x40) == 0);
	CHECK(unpin(0, PUT_USER_PAGES_DIRTY) == 0);
	balanced(__func__);
}

static void test_hugetlb(void)
{
	char *p;
	int how;

	write_file("/proc/sys/vm/nr_hugepages", "4");
	p = map(2 * HUGE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1);
	if (!p) {
		diag("hugetlb: no pages: skipped");
		return;
	}
	memset(p, 7, 2 * HUGE);
	for (how = 0; how < GUP_NR_HOW; how++) {
		CHECK(pin(0, p + HUGE - 4 * PAGE, 8, how, 1) == 8);
		expect_pins(0, 0, 4);
		expect_pins(0, 7, 4);
		CHECK(unpin(0, how % PUT_NR_RIGHT) == 0);
	}
	CHECK(pin(0, p, 4, GUP_FAST, 1) == 4);
	munmap(p, 2 * HUGE);
	write_file("/proc/sys/vm/nr_hugepages", "0");
	expect_pins(0, 0, 4);
	CHECK(unpin(0, PUT_USER_PAGES_DIRTY) == 0);
	write_file("/proc/sys/vm/nr_hugepages", "0");
	balanced(__func__);
}

static void test_thp(void)
{
	char *area = map(4 * HUGE, MAP_PRIVATE | MAP_ANONYMOUS, -1), *p;
	int how;

	p = (char *)(((uintptr_t)area + HUGE - 1) & ~(HUGE - 1));
	madvise(p, 2 * HUGE, MADV_HUGEPAGE);
	memset(p, 8, 2 * HUGE);
	for (how = 0; how < GUP_NR_HOW; how++) {
		CHECK(pin(0, p + PAGE, 4, how, 1) == 4);
		if (!info(0, 0).compound) {
			diag("thp: no huge page here");
			CHECK(unpin(0, PUT_USER_PAGES) == 0);
			continue;
		}
		expect_pins(0, 0, 4);
		CHECK(unpin(0, how % PUT_NR_RIGHT) == 0);
	}
	/* Split attempts under a pin, by taking a part of it away. */
	CHECK(pin(0, p, 2, GUP_FAST, 1) == 2);
	munmap(p + 8 * PAGE, 8 * PAGE);
	mprotect(p + 32 * PAGE, PAGE, PROT_READ);
	write_file("/proc/sys/vm/compact_memory", "1");
	drop_caches(3);
	CHECK(fill(0, 0x21) == 0 && p[PAGE] == 0x21);
	CHECK(unpin(0, PUT_USER_PAGES_DIRTY) == 0);
	/* And after it, the split goes through. */
	write_file("/sys/kernel/debug/split_huge_pages", "1");
	CHECK(p[PAGE] == 0x21);
	munmap(area, 4 * HUGE);
	balanced(__func__);
}

static void test_mlock(void)
{
	char *p = map(8 * PAGE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	long before, after;

	madvise(p, 8 * PAGE, MADV_NOHUGEPAGE);
	memset(p, 9, 8 * PAGE);
	/* mlock under the pin, unpin: the pages are unevictable. */
	CHECK(pin(0, p, 8, GUP_FAST, 1) == 8);
	CHECK(mlock(p, 8 * PAGE) == 0);
	CHECK(unpin(0, PUT_USER_PAGES) == 0);
	before = vmstat("nr_mlock");
	/* munlock under the pin. */
	CHECK(pin(0, p, 8, GUP_FAST, 1) == 8);
	CHECK(munlock(p, 8 * PAGE) == 0);
	CHECK(unpin(0, PUT_USER_PAGES) == 0);
	after = vmstat("nr_mlock");
	diag("mlock: nr_mlock %ld, then %ld", before, after);
	/* Locked, pinned, unmapped, then released. */
	CHECK(mlock(p, 8 * PAGE) == 0);
	CHECK(pin(0, p, 8, GUP_FAST, 1) == 8);
	munmap(p, 8 * PAGE);
	CHECK(unpin(0, PUT_USER_PAGES) == 0);
	balanced(__func__);
}

static void test_swap(void)
{
	size_t size = 32UL << 20, i;
	char *p;

	if (!write_file("/sys/fs/cgroup/memory/x", "") &&
	    swapon("/dev/vdc", 0)) {
		diag("swap: no swap device: skipped");
		return;
	}
	p = map(size, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	madvise(p, size, MADV_NOHUGEPAGE);
	for (i = 0; i < size; i += PAGE)
		*(size_t *)(p + i) = i;
	CHECK(pin(0, p, 256, GUP_FAST, 1) == 256);
	/* Swap pressure: a child eats what is free. */
	if (fork() == 0) {
		size_t eat = 1400UL << 20;
		char *q = map(eat, MAP_PRIVATE | MAP_ANONYMOUS, -1);

		write_file("/proc/self/oom_score_adj", "1000");
		alarm(60);
		for (i = 0; q && i < eat; i += PAGE)
			q[i] = 1;
		_exit(0);
	}
	wait(NULL);
	for (i = 0; i < 256; i++)
		expect_pins(0, i, 1);
	diag("swap: pswpout %ld", vmstat("pswpout"));
	for (i = 0; i < size; i += PAGE)
		if (*(size_t *)(p + i) != i) {
			CHECK(!"a page lost its content");
			break;
		}
	CHECK(unpin(0, PUT_USER_PAGES_DIRTY) == 0);
	munmap(p, size);
	swapoff("/dev/vdc");
	balanced(__func__);
}

/* Direct I/O, vmsplice, process_vm_readv, ptrace's way: users in the tree. */
static void test_users(void)
{
	char *p = map(16 * PAGE, MAP_PRIVATE | MAP_ANONYMOUS, -1), q[64];
	struct iovec local = { q, sizeof(q) }, remote = { p, sizeof(q) };
	int fd, pipefd[2];

	madvise(p, 16 * PAGE, MADV_NOHUGEPAGE);
	memset(p, 10, 16 * PAGE);
	fd = open("/mnt/direct", O_RDWR | O_CREAT | O_TRUNC | O_DIRECT, 0600);
	CHECK(fd >= 0);
	CHECK(pwrite(fd, p, 16 * PAGE, 0) == 16 * PAGE);
	CHECK(pread(fd, p, 16 * PAGE, 0) == 16 * PAGE);
	CHECK(pread(fd, p, 3 * PAGE, 15 * PAGE) == PAGE);
	close(fd);
	fd = open("/dev/vdb", O_RDONLY | O_DIRECT);
	CHECK(fd >= 0 && pread(fd, p, 4 * PAGE, 0) == 4 * PAGE);
	close(fd);
	CHECK(process_vm_readv(getpid(), &local, 1, &remote, 1, 0) == 64);
	CHECK(process_vm_writev(getpid(), &local, 1, &remote, 1, 0) == 64);
	fd = open("/proc/self/mem", O_RDWR);
	CHECK(pread(fd, q, 64, (uintptr_t)p) == 64);
	close(fd);
	if (pipe(pipefd) == 0) {
		struct iovec v = { p, 2 * PAGE };
		int other[2];

		CHECK(vmsplice(pipefd[1], &v, 1, 0) == 2 * PAGE);
		if (pipe(other) == 0) {
			CHECK(tee(pipefd[0], other[1], PAGE, 0) == PAGE);
			CHECK(read(other[0], q, 64) == 64);
			close(other[0]);
			close(other[1]);
		}
		CHECK(read(pipefd[0], q, 64) == 64);
		close(pipefd[0]);
		close(pipefd[1]);
	}
	munmap(p, 16 * PAGE);
	unlink("/mnt/direct");
	balanced(__func__);
}

enum verdict scenario_selftest(void)
{
	static const struct {
		const char *name;
		void (*run)(void);
	} tests[] = {
		{ "members", test_members }, { "zero_page", test_zero_page },
		{ "longterm", test_longterm }, { "fork", test_fork },
		{ "truncate", test_truncate }, { "file", test_file },
		{ "shmem", test_shmem }, { "hugetlb", test_hugetlb },
		{ "thp", test_thp }, { "mlock", test_mlock },
		{ "users", test_users }, { "swap", test_swap },
	};
	size_t i;

	if (!have_dev())
		return SKIP;
	see_if_counting();
	for (i = 0; i < sizeof(tests) / sizeof(tests[0]); i++) {
		int before = failures;

		if (!param("file", 1) && (tests[i].run == test_file ||
					  tests[i].run == test_truncate)) {
			diag("  ok %zu %s # SKIP", i + 1, tests[i].name);
			continue;
		}
		tests[i].run();
		diag("  %sok %zu %s", failures > before ? "not " : "", i + 1,
		     tests[i].name);
	}
	return failures ? FAIL : PASS;
}

enum verdict scenario_boot(void)
{
	return PASS;
}

enum verdict scenario_splat(void)
{
	if (!have_dev())
		return SKIP;
	ioctl(dev, GUP_PINS_SPLAT, param("splat", SPLAT_WARN));
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
	CHECK(pin(0, p, 4, GUP_FAST, 1) == 4);
	CHECK(unpin(0, put) == 0);
	/* Once per call site: the second time is silent. */
	CHECK(pin(0, p, 4, GUP_FAST, 1) == 4);
	CHECK(unpin(0, put) == 0);
	munmap(p, 4 * PAGE);
	return failures ? FAIL : PASS;
}

static uint64_t rnd_state = 88172645463325252ULL;

static unsigned int rnd(unsigned int below)
{
	rnd_state ^= rnd_state << 13;
	rnd_state ^= rnd_state >> 7;
	rnd_state ^= rnd_state << 17;
	return (rnd_state >> 11) % below;
}

static void stress_one(int who, long seconds)
{
	char name[32], *area[4];
	time_t end = time(NULL) + seconds;
	static const int clean[] = { PUT_USER_PAGE, PUT_USER_PAGES,
				     PUT_USER_PAGE_IRQOFF, PUT_USER_PAGE_INIRQ };
	static const int dirty[] = { PUT_USER_PAGES_DIRTY, PUT_DIRTY_BY_HAND };
	bool writable[16] = { false };
	int fd, i, write;
	long laps = 0;

	rnd_state += who * 7919;
	snprintf(name, sizeof(name), "/mnt/stress%d", who);
	fd = open(name, O_RDWR | O_CREAT | O_TRUNC, 0600);
	if (fd < 0 || ftruncate(fd, 64 * PAGE))
		_exit(1);
	area[0] = param("file", 1) ? map(64 * PAGE, MAP_SHARED, fd) :
		  map(64 * PAGE, MAP_SHARED | MAP_ANONYMOUS, -1);
	area[1] = map(64 * PAGE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	area[2] = map(2 * HUGE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	area[3] = map(64 * PAGE, MAP_SHARED | MAP_ANONYMOUS, -1);
	for (; time(NULL) < end; laps++) {
		char *a = area[rnd(4)];
		int slot = who * 16 + rnd(16), n = 1 + rnd(16);

		switch (rnd(12)) {
		case 0: case 1: case 2: case 3:
			write = rnd(2);
			if (pin(slot, a + rnd(48) * PAGE, n, rnd(GUP_NR_HOW),
				write) > 0)
				writable[slot % 16] = write;
			break;
		case 4: case 5: case 6: case 7:
			/* What was not pinned for writing is not written. */
			if (!writable[slot % 16]) {
				unpin(slot, clean[rnd(4)]);
				break;
			}
			if (rnd(2)) {
				fill(slot, rnd(256));
				unpin(slot, dirty[rnd(2)]);
			} else {
				unpin(slot, rnd(PUT_NR_RIGHT));
			}
			break;
		case 8:
			a[rnd(64) * PAGE] = 1;
			madvise(a, 64 * PAGE, MADV_DONTNEED);
			break;
		case 9:
			sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE |
					SYNC_FILE_RANGE_WAIT_AFTER);
			if (rnd(4) == 0)
				fsync(fd);
			break;
		case 10:
			if (rnd(8) == 0)
				drop_caches(1 + rnd(3));
			if (rnd(64) == 0)
				write_file("/proc/sys/vm/compact_memory", "1");
			if (rnd(16) == 0)
				write_file("/sys/kernel/debug/split_huge_pages",
					   "1");
			break;
		case 11:
			if (rnd(8) == 0) {
				ftruncate(fd, rnd(64) * PAGE);
				ftruncate(fd, 64 * PAGE);
			}
			if (rnd(8) == 0 && fork() == 0) {
				area[1][0] = 2;
				_exit(0);
			}
			while (waitpid(-1, NULL, WNOHANG) > 0)
				;
			break;
		}
	}
	for (i = 0; i < 16; i++)
		unpin(who * 16 + i, writable[i] ? PUT_USER_PAGES_DIRTY :
		      PUT_USER_PAGES);
	diag("stress %d: %ld laps", who, laps);
	_exit(0);
}

enum verdict scenario_stress(void)
{
	long seconds = param("stress", 30);
	int i, n = param("workers", 3);
	pid_t pids[4];

	if (!have_dev())
		return SKIP;
	if (swapon("/dev/vdc", 0) == 0)
		diag("stress: with swap");
	see_if_counting();
	for (i = 0; i < n && i < 4; i++) {
		pids[i] = fork();
		if (pids[i] == 0) {
			signal(SIGBUS, SIG_DFL);
			for (;;) {
				/* A truncated mapping kills: start again. */
				pid_t pid = fork();
				int status;

				if (pid == 0)
					stress_one(i, seconds);
				waitpid(pid, &status, 0);
				if (!WIFSIGNALED(status) ||
				    WTERMSIG(status) != SIGBUS)
					_exit(WIFSIGNALED(status));
			}
		}
	}
	for (i = 0; i < n && i < 4; i++) {
		int status;

		waitpid(pids[i], &status, 0);
		CHECK(status == 0);
	}
	for (i = 0; i < 64; i++)
		unpin(i, PUT_USER_PAGES);
	sync();
	balanced(__func__);
	return failures ? FAIL : PASS;
}

static long long cpu_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return ts.tv_sec * 1000000000LL + ts.tv_nsec;
}

/*
 * The loops whose cost is measured. With QEMU's -icount shift=0 a nanosecond is
 * an instruction; the time that the process waits is not counted.
 */
enum verdict scenario_cost(void)
{
	long loops = param("loops", 2000), i, which = param("which", 0);
	char *p = map(64 * PAGE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	int fd = open("/dev/vdb", O_RDONLY | O_DIRECT);
	long long start = 0;

	if (!have_dev() || fd < 0)
		return SKIP;
	madvise(p, 64 * PAGE, MADV_NOHUGEPAGE);
	memset(p, 1, 64 * PAGE);
	for (i = -100; i < loops; i++) {
		if (i == 0)
			start = cpu_ns();
		switch (which) {
		case 1:
			CHECK(pread(fd, p, PAGE, (i + 100) % 512 * PAGE) ==
			      PAGE);
			break;
		case 2:
			CHECK(pread(fd, p, 64 * PAGE, 0) == 64 * PAGE);
			break;
		case 3:
			CHECK(pin(0, p, 64, GUP_FAST, 1) == 64);
			unpin(0, PUT_USER_PAGES);
			break;
		case 4:
			CHECK(pin(0, p, 1, GUP_FAST, 1) == 1);
			unpin(0, PUT_USER_PAGE);
			break;
		}
	}
	metric("cost", (cpu_ns() - start) / loops);
	return failures ? FAIL : PASS;
}
