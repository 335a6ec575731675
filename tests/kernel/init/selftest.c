// SPDX-License-Identifier: GPL-2.0-only
/* The program of the series, on any tree, and what needs a machine of its own. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdlib.h>
#include <sys/sysinfo.h>
#include <sys/swap.h>
#include <sys/wait.h>

#include "init.h"

/* More than all memory and swap can hold. */
static size_t too_much(void)
{
	struct sysinfo info;

	CHECK(sysinfo(&info) == 0);
	return (info.totalram + info.totalswap) * info.mem_unit + (64UL << 20);
}

static void test_swap(void)
{
	size_t size = 32UL << 20, eat, i;
	int status;
	char *p;

	CHECK(swapon("/dev/vdc", 0) == 0);
	/* Or a kernel that counts beforehand does not let the child map it. */
	CHECK(write_file("/proc/sys/vm/overcommit_memory", "1"));
	p = map(size, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	madvise(p, size, MADV_NOHUGEPAGE);
	for (i = 0; i < size; i += PAGE)
		*(size_t *)(p + i) = i;
	CHECK(pin(0, p, 256, GUP_FAST, 1) == 256);
	eat = too_much();
	/* Swap pressure: a child eats what is free, until the OOM killer comes. */
	if (fork() == 0) {
		char *q = map(eat, MAP_PRIVATE | MAP_ANONYMOUS, -1);

		write_file("/proc/self/oom_score_adj", "1000");
		alarm(200 * param("slower", 1));
		for (i = 0; q && i < eat; i += PAGE)
			q[i] = 1;
		_exit(0);
	}
	wait(&status);
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
		diag("swap: out of time before memory was full; raise slower=");
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	CHECK(read_vmstat("pswpout") > 0);
	for (i = 0; i < 256; i++)
		expect_pins(0, i, 1);
	diag("swap: pswpout %ld", read_vmstat("pswpout"));
	for (i = 0; i < size; i += PAGE)
		if (*(size_t *)(p + i) != i) {
			CHECK(!"a page lost its content");
			break;
		}
	CHECK(unpin(0, PUT_USER_PAGES_DIRTY) == 0);
	munmap(p, size);
	swapoff("/dev/vdc");
	expect_balance(__func__);
}

enum verdict scenario_selftest(void)
{
	/* Without the fix, a device's write into a file is what crashes. */
	const char *argv[] = { "/gup_pins", "", "", "", NULL };

	if (!have_dev())
		return SKIP;
	if (!param("file", 1)) {
		argv[1] = "file";
		argv[2] = "truncate";
	}
	if (!param("direct", 1))
		argv[3] = "direct";
	CHECK(chdir("/mnt") == 0 && run_program(argv) == 0);
	test_swap();
	return failures ? FAIL : PASS;
}

/* Each member of the family, and releases that are wrong. */
enum verdict scenario_unbalanced(void)
{
	static const char *const argv[] = { "/gup_pins", "-w", NULL };

	if (!have_dev())
		return SKIP;
	CHECK(run_program(argv) == 0);
	return failures ? FAIL : PASS;
}
