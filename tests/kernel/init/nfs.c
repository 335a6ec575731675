// SPDX-License-Identifier: GPL-2.0-only
/*
 * NFS from this machine to itself: the kernel's server exports a tmpfs, and its caches are told
 * beforehand what mountd would tell it. Direct I/O pins the user's pages until it is done.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "init.h"

#define SIZE (1 << 20)
#define EXPORT "/tmp/export"
#define NOBODY 65534
/* NFSEXP_INSECURE_PORT, _NOSUBTREECHECK and _FSID */
#define EXPORT_FLAGS 0x2402

/* A line for one of sunrpc's caches. */
static bool tell(const char *cache, const char *fmt, ...)
{
	char path[80], line[200];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	snprintf(path, sizeof(path), "/proc/net/rpc/%s/channel", cache);
	if (write_file(path, line))
		return true;
	diag("nfs: %s: %s", path, strerror(errno));
	return false;
}

static bool export_it(void)
{
	long long end = time(NULL) + 3600;

	mkdir(EXPORT, 0777);
	return tell("auth.unix.ip", "nfsd 127.0.0.1 %lld guest\n", end) &&
	       tell("nfsd.fh", "guest 1 \\x00000000 %lld %s\n", end, EXPORT) &&
	       tell("nfsd.export", "guest %s %lld %d %d %d 0\n", EXPORT, end, EXPORT_FLAGS,
		    NOBODY, NOBODY);
}

static bool start_server(void)
{
	mkdir("/tmp/nfsd", 0755);
	if (mount("nfsd", "/tmp/nfsd", "nfsd", 0, NULL)) {
		diag("nfs: no nfsd: %s", strerror(errno));
		return false;
	}
	write_file("/tmp/nfsd/versions", "-3\n");	/* the kernel wants the end of the line */
	if (!export_it() || !write_file("/tmp/nfsd/portlist", "tcp 2049") ||
	    !write_file("/tmp/nfsd/threads", "2")) {
		diag("nfs: the server does not start: %s", strerror(errno));
		return false;
	}
	write_file("/tmp/nfsd/v4_end_grace", "Y");
	return true;
}

/* Whole pages and parts of them, in several requests. */
static void use_file(const char *path, const char *behind)
{
	char *buf = map(SIZE + PAGE, MAP_PRIVATE | MAP_ANONYMOUS, -1) + 48;
	char *back = map(SIZE + PAGE, MAP_PRIVATE | MAP_ANONYMOUS, -1) + 2000;
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_DIRECT | O_CLOEXEC, 0600), own;

	CHECK(fd >= 0);
	fill_words(buf, SIZE, 0);
	CHECK(pwrite(fd, buf, SIZE, 0) == SIZE);
	CHECK(fsync(fd) == 0);
	own = open(behind, O_RDONLY | O_CLOEXEC);
	CHECK(pread(own, back, SIZE, 0) == SIZE && are_words(back, SIZE, 0));
	memset(back, 0, SIZE);
	CHECK(pread(fd, back, SIZE, 0) == SIZE && are_words(back, SIZE, 0));
	CHECK(pread(fd, back, 8 * 777, 8 * 111) == 8 * 777 && are_words(back, 8 * 777, 8 * 111));
	/* Less than was asked for is there. */
	CHECK(pread(fd, back, SIZE, SIZE - 4 * PAGE) == 4 * (ssize_t)PAGE);
	/* Pages that cannot be had, behind some that can. */
	CHECK(munmap(back - 2000 + 8 * PAGE, 8 * PAGE) == 0);
	CHECK(pread(fd, back, 32 * PAGE, 0) <= 8 * (ssize_t)PAGE);
	close(own);
	close(fd);
	munmap(buf - 48, SIZE + PAGE);
	munmap(back - 2000, SIZE + PAGE);
}

bool test_nfs(void)
{
	if (!start_server())
		return false;
	mkdir("/tmp/nfs", 0755);
	if (mount("127.0.0.1:/", "/tmp/nfs", "nfs4", 0,
		  "vers=4.1,proto=tcp,sec=sys,addr=127.0.0.1,clientaddr=127.0.0.1,rsize=65536,wsize=65536")) {
		diag("nfs: mount: %s", strerror(errno));
		CHECK(false);
		return true;
	}
	use_file("/tmp/nfs/file", EXPORT "/file");
	CHECK(umount("/tmp/nfs") == 0);
	write_file("/tmp/nfsd/threads", "0");
	CHECK(umount("/tmp/nfsd") == 0);
	return true;
}
