// SPDX-License-Identifier: GPL-2.0
/*
 * Are the pins of get_user_pages*() counted, and given back? Balanced use of
 * each member of the family in each context, pins that are held for long, fork
 * and COW, truncation and writeback under pins, direct I/O into a mapping of a
 * file, hugetlb, THP, mlock, and the users in the kernel: direct I/O, vmsplice,
 * process_vm_readv().
 *
 * Needs CONFIG_TEST_GUP_PINS and CONFIG_GUP_PIN_TRACKING, debugfs, and a
 * current directory on a file system with buffers, for example ext4. Arguments
 * are names of tests to leave out. With -w it runs nothing but what makes the
 * kernel warn: each member of the family, and releases that are wrong.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <sys/wait.h>

#include "gup_pins.h"

#define KSFT_SKIP 4

int dev = -1;
int failures;

void diag(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	printf("# ");
	vprintf(fmt, ap);
	printf("\n");
	va_end(ap);
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
	expect_balance(__func__);
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
	expect_balance(__func__);
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
	drop_all_caches();
	write_file("/proc/sys/vm/compact_memory", "1");
	CHECK(fill(0, 0x77) == 0);
	for (i = 0; i < 64; i++)
		expect_pins(0, i, 1);
	CHECK(unpin(0, PUT_USER_PAGES_DIRTY) == 0);
	expect_balance(__func__);
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
	expect_balance(__func__);
}

static void test_truncate(void)
{
	int fd = open("gup_pins_truncate", O_RDWR | O_CREAT | O_TRUNC, 0600);
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
	unlink("gup_pins_truncate");
	drop_all_caches();
	expect_balance(__func__);
}

/* Data that a device writes under a pin is in the file, whatever writeback does. */
static void test_file(void)
{
	int fd = open("gup_pins_file", O_RDWR | O_CREAT | O_TRUNC, 0600);
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
		drop_all_caches();
		CHECK(fill(0, 0x40 + lap) == 0);
		if (info(0, 3).pins == -1)
			continue;
		CHECK(info(0, 3).private);
		CHECK(info(0, 3).mapped_file);
	}
	sync();
	CHECK(fill(0, 0x50) == 0);
	CHECK(unpin(0, PUT_USER_PAGES_DIRTY) == 0);
	munmap(p, 16 * PAGE);
	CHECK(fsync(fd) == 0);
	posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
	drop_all_caches();
	CHECK(pread(fd, back, 16, 3 * PAGE) == 16 && back[5] == 0x50);
	close(fd);
	unlink("gup_pins_file");
	expect_balance(__func__);
}

/* Direct reads into a mapping of a file that is written back all the time. */
static void test_direct(void)
{
	int flags = O_RDWR | O_CREAT | O_TRUNC, lap;
	int from = open("gup_pins_from", flags | O_DIRECT, 0600);
	int fd = open("gup_pins_to", flags, 0600);
	char *buf = map(16 * PAGE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	char *p, back[16];
	pid_t pid;

	CHECK(from >= 0 && fd >= 0 && ftruncate(fd, 16 * PAGE) == 0);
	p = map(16 * PAGE, MAP_SHARED, fd);
	if (!p || !buf)
		return;
	pid = fork();
	while (pid == 0) {
		sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WAIT_BEFORE |
				SYNC_FILE_RANGE_WRITE |
				SYNC_FILE_RANGE_WAIT_AFTER);
		drop_all_caches();
	}
	for (lap = 1; lap <= 32; lap++) {
		memset(buf, lap, 16 * PAGE);
		CHECK(pwrite(from, buf, 16 * PAGE, 0) == 16 * PAGE);
		CHECK(pread(from, p, 16 * PAGE, 0) == 16 * PAGE);
		CHECK(p[0] == lap && p[16 * PAGE - 1] == lap);
		madvise(p, 16 * PAGE, MADV_DONTNEED);
	}
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	munmap(p, 16 * PAGE);
	munmap(buf, 16 * PAGE);
	CHECK(fsync(fd) == 0);
	posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
	drop_all_caches();
	CHECK(pread(fd, back, 16, 7 * PAGE) == 16 && back[5] == 32);
	close(from);
	close(fd);
	unlink("gup_pins_from");
	unlink("gup_pins_to");
	expect_balance(__func__);
}

static void test_shmem(void)
{
	int fd = open("/dev/shm/gup_pins", O_RDWR | O_CREAT | O_TRUNC, 0600);
	char *p;

	CHECK(fd >= 0 && ftruncate(fd, 16 * PAGE) == 0);
	p = map(16 * PAGE, MAP_SHARED, fd);
	memset(p, 6, 16 * PAGE);
	CHECK(pin(0, p, 16, GUP_PLAIN, 1) == 16);
	unlink("/dev/shm/gup_pins");
	close(fd);
	munmap(p, 16 * PAGE);
	CHECK(fill(0, 0x40) == 0);
	CHECK(unpin(0, PUT_USER_PAGES_DIRTY) == 0);
	expect_balance(__func__);
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
	expect_balance(__func__);
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
	drop_all_caches();
	CHECK(fill(0, 0x21) == 0 && p[PAGE] == 0x21);
	CHECK(unpin(0, PUT_USER_PAGES_DIRTY) == 0);
	/* And after it, the split goes through. */
	write_file("/sys/kernel/debug/split_huge_pages", "1");
	CHECK(p[PAGE] == 0x21);
	munmap(area, 4 * HUGE);
	expect_balance(__func__);
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
	before = read_vmstat("nr_mlock");
	/* munlock under the pin. */
	CHECK(pin(0, p, 8, GUP_FAST, 1) == 8);
	CHECK(munlock(p, 8 * PAGE) == 0);
	CHECK(unpin(0, PUT_USER_PAGES) == 0);
	after = read_vmstat("nr_mlock");
	diag("mlock: nr_mlock %ld, then %ld", before, after);
	/* Locked, pinned, unmapped, then released. */
	CHECK(mlock(p, 8 * PAGE) == 0);
	CHECK(pin(0, p, 8, GUP_FAST, 1) == 8);
	munmap(p, 8 * PAGE);
	CHECK(unpin(0, PUT_USER_PAGES) == 0);
	expect_balance(__func__);
}

/* Direct I/O, vmsplice, process_vm_readv, ptrace's way: users in the tree. */
static void test_users(void)
{
	char *p = map(16 * PAGE, MAP_PRIVATE | MAP_ANONYMOUS, -1), q[64];
	struct iovec local = { q, sizeof(q) }, remote = { p, sizeof(q) };
	int fd, pipefd[2];

	madvise(p, 16 * PAGE, MADV_NOHUGEPAGE);
	memset(p, 10, 16 * PAGE);
	fd = open("gup_pins_direct",
		  O_RDWR | O_CREAT | O_TRUNC | O_DIRECT, 0600);
	CHECK(fd >= 0);
	CHECK(pwrite(fd, p, 16 * PAGE, 0) == 16 * PAGE);
	CHECK(pread(fd, p, 16 * PAGE, 0) == 16 * PAGE);
	CHECK(pread(fd, p, 3 * PAGE, 15 * PAGE) == PAGE);
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
	unlink("gup_pins_direct");
	expect_balance(__func__);
}

/* Releases that are wrong are found, and leave no pins behind. */
static void test_unbalanced(void)
{
	int how, put;

	for (how = 0; how < GUP_NR_HOW; how++)
		for (put = PUT_WRONG; put <= PUT_WRONG_TWICE; put++) {
			char *p = map(4 * PAGE, MAP_PRIVATE | MAP_ANONYMOUS,
				      -1);

			madvise(p, 4 * PAGE, MADV_NOHUGEPAGE);
			memset(p, 1, 4 * PAGE);
			/* The references of a pagevec would hide it. */
			write_file("/proc/sys/vm/compact_memory", "1");
			CHECK(pin(0, p, 4, how, 1) == 4);
			expect_pins(0, 3, 1);
			CHECK(unpin(0, put) == 0);
			munmap(p, 4 * PAGE);
			expect_balance(__func__);
		}
}

struct test {
	const char *name;
	void (*run)(void);
};

static bool left_out(const char *name, char **args)
{
	while (*args)
		if (!strcmp(*args++, name))
			return true;
	return false;
}

static void run_tests(const struct test *tests, size_t n, char **args)
{
	size_t i;

	for (i = 0; i < n; i++) {
		int before = failures;

		if (left_out(tests[i].name, args)) {
			printf("ok %zu %s # SKIP\n", i + 1, tests[i].name);
			continue;
		}
		tests[i].run();
		printf("%sok %zu %s\n", failures > before ? "not " : "", i + 1,
		       tests[i].name);
	}
}

int main(int argc, char **argv)
{
	static const struct test right[] = {
		{ "members", test_members }, { "zero_page", test_zero_page },
		{ "longterm", test_longterm }, { "fork", test_fork },
		{ "truncate", test_truncate }, { "file", test_file },
		{ "direct", test_direct }, { "shmem", test_shmem },
		{ "hugetlb", test_hugetlb }, { "thp", test_thp },
		{ "mlock", test_mlock }, { "users", test_users },
	};
	static const struct test wrong[] = {
		{ "unbalanced", test_unbalanced },
	};
	bool warn = argc > 1 && !strcmp(argv[1], "-w");
	const size_t n = warn ? 1 : sizeof(right) / sizeof(*right);

	setvbuf(stdout, NULL, _IONBF, 0);
	printf("TAP version 13\n1..%zu\n", n);
	if (!have_dev()) {
		printf("ok 1 # SKIP no gup_pins_test in debugfs\n");
		return KSFT_SKIP;
	}
	run_tests(warn ? wrong : right, n, argv + (argc > 0));
	return failures ? 1 : 0;
}
