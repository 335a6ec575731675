// SPDX-License-Identifier: GPL-2.0-only
/* I/O on user pages, on kernels that count pins: data is right, and no pin is left. */
#define _GNU_SOURCE
#include <linux/aio_abi.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>

#include "direct.h"
#include "init.h"

#define BYTES (1UL << 20)

char *direct_memory(size_t bytes)
{
	char *p = map(bytes, MAP_PRIVATE | MAP_ANONYMOUS, -1);

	madvise(p, bytes, MADV_NOHUGEPAGE);
	return p;
}

void direct_fill(char *p, size_t bytes, unsigned int seed)
{
	size_t i;

	for (i = 0; i < bytes / 4; i++)
		((uint32_t *)p)[i] = (i + 1) * 2654435761U ^ seed;
}

/* A file with BYTES bytes that direct_fill() makes of SEED, written from pinned pages. */
static int file_make(const char *dir, unsigned int seed, char *data)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "%s/direct.%u", dir, seed);
	fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_DIRECT | O_CLOEXEC, 0600);
	direct_fill(data, BYTES, seed);
	CHECK(fd >= 0 && pwrite(fd, data, BYTES, 0) == (ssize_t)BYTES);
	return fd;
}

/* Lengths and offsets that are multiples of a sector only, and the end of the file. */
static void read_odd(int fd, const char *data)
{
	static const struct { long at, bytes, skip; } reads[] = {
		{ 0, 4096, 0 }, { 512, 512, 512 }, { 4096 - 512, 1024, 3584 },
		{ 8192, 5 * 512, 0 }, { 512, 300 * 512, 1536 }, { 0, BYTES, 0 },
		{ BYTES - 512, 512, 0 },
	};
	char *p = direct_memory(BYTES + PAGE);
	size_t i;

	for (i = 0; i < sizeof(reads) / sizeof(reads[0]); i++) {
		memset(p, 0xee, BYTES + PAGE);
		CHECK(pread(fd, p + reads[i].skip, reads[i].bytes, reads[i].at) == reads[i].bytes);
		CHECK(!memcmp(p + reads[i].skip, data + reads[i].at, reads[i].bytes));
		CHECK(!reads[i].skip || p[reads[i].skip - 1] == (char)0xee);
		CHECK(p[reads[i].skip + reads[i].bytes] == (char)0xee);
	}
	munmap(p, BYTES + PAGE);
}

/* Segments behind each other in one page, and others that share none. */
static void read_vectors(int fd, const char *data)
{
	char *p = direct_memory(64 * PAGE);
	struct iovec iov[] = {
		{ p, 512 }, { p + 512, 512 }, { p + 1024, 3072 }, { p + 8 * PAGE, 3 * PAGE },
		{ p + 20 * PAGE + 512, 1024 }, { p + 30 * PAGE, 16 * PAGE },
	};
	const size_t total = 4096 + 3 * PAGE + 1024 + 16 * PAGE;
	size_t at = 4096, i;

	CHECK(preadv(fd, iov, 6, at) == (ssize_t)total);
	for (i = 0; i < 6; at += iov[i++].iov_len)
		CHECK(!memcmp(iov[i].iov_base, data + at, iov[i].iov_len));
	CHECK(pwritev(fd, iov, 6, 4096) == (ssize_t)total);
	munmap(p, 64 * PAGE);
}

/* An asynchronous read: its pages are released by the completion, perhaps in an interrupt. */
static void read_async(int fd, const char *data)
{
	aio_context_t context = 0;
	struct iocb cb = { .aio_lio_opcode = IOCB_CMD_PREAD, .aio_fildes = fd };
	struct iocb *cbs = &cb;
	struct io_event event = { 0 };
	char *p = direct_memory(BYTES);

	cb.aio_buf = (uintptr_t)p;
	cb.aio_nbytes = BYTES;
	CHECK(syscall(SYS_io_setup, 4, &context) == 0);
	CHECK(syscall(SYS_io_submit, context, 1, &cbs) == 1);
	CHECK(syscall(SYS_io_getevents, context, 1, 1, &event, NULL) == 1);
	CHECK(event.res == (long long)BYTES && !memcmp(p, data, BYTES));
	CHECK(syscall(SYS_io_destroy, context) == 0);
	munmap(p, BYTES);
}

/* Into pages of another file that is mapped: they have to be dirty afterwards. */
static void read_into_file(int fd, const char *data, const char *dir)
{
	char path[64], *p, *q = direct_memory(BYTES);
	int to;

	snprintf(path, sizeof(path), "%s/mapped", dir);
	to = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	CHECK(to >= 0 && ftruncate(to, BYTES) == 0);
	p = map(BYTES, MAP_SHARED, to);
	CHECK(pread(fd, p, BYTES, 0) == (ssize_t)BYTES);
	CHECK(!memcmp(p, data, BYTES));
	CHECK(msync(p, BYTES, MS_SYNC) == 0);
	munmap(p, BYTES);
	CHECK(fsync(to) == 0 && posix_fadvise(to, 0, 0, POSIX_FADV_DONTNEED) == 0);
	CHECK(pread(to, q, BYTES, 0) == (ssize_t)BYTES && !memcmp(q, data, BYTES));
	munmap(q, BYTES);
	close(to);
}

/* Pages of a pipe have no pins; the last one of a file is not whole. */
static void read_into_pipe(int fd, const char *data)
{
	const ssize_t end = 5 * 4096 + 700;
	char *p = direct_memory(16 * PAGE);
	loff_t at = 0;
	ssize_t n, got;
	int pipes[2];

	CHECK(ftruncate(fd, end) == 0 && pipe(pipes) == 0);
	while ((n = splice(fd, &at, pipes[1], NULL, 16 * PAGE, 0)) > 0) {
		got = read(pipes[0], p, 16 * PAGE);
		CHECK(got == n && !memcmp(p, data + at - n, n));
	}
	CHECK(n == 0 && at == end);
	close(pipes[0]);
	close(pipes[1]);
	munmap(p, 16 * PAGE);
}

/* And pages of a pipe that are written: a bvec, which has an owner. */
static void write_from_pipe(int fd, char *data)
{
	struct iovec iov = { data, 8 * PAGE };
	char *p = direct_memory(8 * PAGE);
	loff_t at = 0;
	int pipes[2];

	CHECK(pipe(pipes) == 0);
	CHECK(vmsplice(pipes[1], &iov, 1, 0) == 8 * (ssize_t)PAGE);
	CHECK(splice(pipes[0], NULL, fd, &at, 8 * PAGE, 0) == 8 * (ssize_t)PAGE);
	CHECK(pread(fd, p, 8 * PAGE, 0) == 8 * (ssize_t)PAGE && !memcmp(p, data, 8 * PAGE));
	close(pipes[0]);
	close(pipes[1]);
	munmap(p, 8 * PAGE);
}

/* A hole, the rest of a block that is new, and memory that is not there. */
static void write_edges(int fd, char *data)
{
	char *p = direct_memory(8 * PAGE);
	size_t i;

	CHECK(ftruncate(fd, 0) == 0 && ftruncate(fd, 64 * PAGE) == 0);
	CHECK(pwrite(fd, data, 512, 20 * PAGE + 1024) == 512);
	memset(p, 0xee, 8 * PAGE);
	CHECK(pread(fd, p, 8 * PAGE, 16 * PAGE) == 8 * (ssize_t)PAGE);
	CHECK(!memcmp(p + 4 * PAGE + 1024, data, 512));
	for (i = 0; i < 8 * PAGE; i++)
		if (i - (4 * PAGE + 1024) >= 512 && p[i])
			break;
	CHECK(i == 8 * PAGE);
	munmap(p + 4 * PAGE, 4 * PAGE);
	CHECK(pwrite(fd, p, 8 * PAGE, 40 * PAGE) <= 4 * (ssize_t)PAGE);
	CHECK(pread(fd, p, 8 * PAGE, 0) <= 4 * (ssize_t)PAGE);
	munmap(p, 4 * PAGE);
}

static bool file_tests(const char *dir)
{
	char *data = direct_memory(BYTES);
	int fd = file_make(dir, 7, data);

	read_odd(fd, data);
	read_vectors(fd, data);
	read_async(fd, data);
	read_into_file(fd, data, dir);
	read_into_pipe(fd, data);
	write_from_pipe(fd, data);
	write_edges(fd, data);
	close(fd);
	munmap(data, BYTES);
	return true;
}

static bool test_ext4(void)
{
	return file_tests("/mnt");
}

static bool on_disk(const char *disk, const char *type)
{
	mkdir("/disk", 0755);
	if (mount(disk, "/disk", type, MS_NOATIME, NULL)) {
		diag("%s: %s: %s", type, disk, strerror(errno));
		return false;
	}
	file_tests("/disk");
	CHECK(umount("/disk") == 0);
	return true;
}

static bool test_xfs(void)
{
	return on_disk("/dev/vde", "xfs");
}

/* It uses fs/direct-io.c, the others above iomap. */
static bool test_ext2(void)
{
	return on_disk("/dev/vdf", "ext2");
}

static bool test_disk(void)
{
	char *p = direct_memory(2 * BYTES);
	int fd = open("/dev/vdb", O_RDONLY | O_DIRECT | O_CLOEXEC);
	size_t i, n, bytes;

	for (n = 0; n < 3; n++) {
		static const size_t sizes[] = { 2048, 64 << 10, 2 * BYTES };

		bytes = sizes[n];
		CHECK(pread(fd, p, bytes, 4096) == (ssize_t)bytes);
		for (i = 0; i < bytes && *(uint64_t *)(p + i) == pattern(4096 + i); i += 8)
			;
		CHECK(i == bytes);
	}
	munmap(p, 2 * BYTES);
	close(fd);
	return true;
}

enum verdict scenario_direct(void)
{
	static const struct {
		const char *name;
		bool (*run)(void);
	} tests[] = {
		{ "disk", test_disk }, { "ext4", test_ext4 }, { "xfs", test_xfs },
		{ "ext2", test_ext2 }, { "requests", test_requests },
		{ "crypto", test_crypto }, { "fuse", test_fuse },
	};
	size_t i;

	if (read_vmstat("nr_foll_pin_acquired") < 0)
		return SKIP;
	for (i = 0; i < sizeof(tests) / sizeof(tests[0]); i++) {
		long got = read_vmstat("nr_foll_pin_acquired"), put;
		int before = failures;
		bool ran = tests[i].run();

		got = read_vmstat("nr_foll_pin_acquired") - got;
		put = read_vmstat("nr_foll_pin_released");
		diag("direct: %s: %ld pinned, %ld pins are left", tests[i].name, got,
		     read_vmstat("nr_foll_pin_acquired") - put);
		CHECK(read_vmstat("nr_foll_pin_acquired") == put);
		CHECK(!ran || got > 0);
		diag("  %sok %zu %s%s", failures > before ? "not " : "", i + 1, tests[i].name,
		     ran ? "" : " # SKIP");
	}
	return failures ? FAIL : PASS;
}
