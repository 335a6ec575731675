// SPDX-License-Identifier: GPL-2.0-only
/* Everything at random, by several processes: pins, writeback, pressure, forks. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdlib.h>
#include <sys/swap.h>
#include <sys/wait.h>
#include <time.h>

#include "init.h"

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
			/* A page that was not pinned for writing is not written. */
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
	expect_balance(__func__);
	return failures ? FAIL : PASS;
}

