// SPDX-License-Identifier: GPL-2.0-only
/*
 * The bug that put_user_page() exists for, from user space alone.
 *
 * A direct read from a slow disk goes into a shared mapping of an ext4 file and
 * stays in flight for seconds. Meanwhile the file is written back, its mapping
 * is taken down and the page cache is told to drop what it can: the pages are
 * cleaned, and lose their buffers, while the device still writes to them. When
 * the read ends, the pages are dirtied behind the file system's back.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "init.h"

#define FILE_NAME "/mnt/repro"

struct job {
	int disk;
	char *buf;
	size_t size;
	off_t offset;
	volatile long got;
	volatile int done;
};

static int reader(void *arg)
{
	struct job *j = arg;

	j->got = pread(j->disk, j->buf, j->size, j->offset);
	j->done = 1;
	return 0;
}

/* Does the file hold what the disk holds? Looked at without the cache. */
static long wrong_words(int fd, size_t size, off_t offset)
{
	uint64_t *copy = malloc(size);
	long wrong = 0;
	size_t i;

	posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
	drop_caches(3);
	if (pread(fd, copy, size, 0) != (ssize_t)size) {
		free(copy);
		return -1;
	}
	for (i = 0; i < size / 8; i++)
		wrong += copy[i] != pattern(offset + i * 8);
	free(copy);
	return wrong;
}

static bool one_round(struct job *j, int fd, long *laps)
{
	long wrong;
	pid_t pid;

	j->buf = mmap(NULL, j->size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (j->buf == MAP_FAILED)
		return false;
	memset(j->buf, 0x55, j->size);
	j->done = 0;
	pid = thread(reader, j);
	if (pid < 0)
		return false;
	usleep(100000);
	while (!j->done) {
		sync_file_range(fd, 0, j->size, SYNC_FILE_RANGE_WAIT_BEFORE |
				SYNC_FILE_RANGE_WRITE |
				SYNC_FILE_RANGE_WAIT_AFTER);
		madvise(j->buf, j->size, MADV_DONTNEED);
		drop_caches(3);
		++*laps;
		if (*laps % 4 == 0 && fdatasync(fd)) {
			diag("repro: fdatasync: %s", strerror(errno));
			return false;
		}
		usleep(20000);
	}
	waitpid(pid, NULL, 0);
	if (j->got != (long)j->size) {
		diag("repro: the direct read returned %ld", j->got);
		return false;
	}
	munmap(j->buf, j->size);
	if (fsync(fd)) {
		diag("repro: fsync: %s", strerror(errno));
		return false;
	}
	wrong = wrong_words(fd, j->size, j->offset);
	if (wrong) {
		diag("repro: %ld words of %zu are not what the device wrote",
		     wrong, j->size / 8);
		return false;
	}
	return true;
}

enum verdict scenario_repro(void)
{
	struct job j = { .size = param("size", 256 << 10) };
	long round, rounds = param("rounds", 2), laps = 0;
	bool good = true;
	int fd;

	j.disk = open("/dev/vdb", O_RDONLY | O_DIRECT);
	fd = open(FILE_NAME, O_RDWR | O_CREAT | O_TRUNC, 0600);
	if (j.disk < 0 || fd < 0 || ftruncate(fd, j.size)) {
		diag("repro: no disk or no file: %s", strerror(errno));
		return FAIL;
	}
	for (round = 0; round < rounds && good; round++) {
		j.offset = (off_t)round * j.size % (4 << 20);
		good = one_round(&j, fd, &laps);
	}
	metric("repro_rounds", round);
	metric("repro_laps", laps);
	close(fd);
	sync();
	return good ? PASS : FAIL;
}
