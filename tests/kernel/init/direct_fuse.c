// SPDX-License-Identifier: GPL-2.0-only
/*
 * A file system of one file, whose server is a child: the kernel gives it the pages of the reader
 * or writer, if the file is opened for direct I/O.
 */
#define _GNU_SOURCE
#include <linux/fuse.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>

#include "direct.h"
#include "init.h"

#define FILE_BYTES (96 * PAGE)

static char content[FILE_BYTES];

static void answer(int fd, uint64_t unique, int error, void *data, size_t bytes)
{
	struct fuse_out_header head = { .len = sizeof(head) + bytes, .error = error,
					.unique = unique };
	struct iovec iov[] = { { &head, sizeof(head) }, { data, bytes } };

	if (writev(fd, iov, bytes ? 2 : 1) < 0 && errno != ENOENT)
		_exit(1);
}

static struct fuse_attr attributes(uint64_t node)
{
	struct fuse_attr attr = { .ino = node, .size = FILE_BYTES, .nlink = 1,
				  .mode = S_IFREG | 0644, .blksize = PAGE };

	if (node == FUSE_ROOT_ID)
		attr.mode = S_IFDIR | 0755;
	return attr;
}

static void serve_io(int fd, const struct fuse_in_header *in, char *arg)
{
	struct fuse_read_in *read_in = (void *)arg;
	struct fuse_write_in *write_in = (void *)arg;
	struct fuse_write_out written = { 0 };
	size_t bytes;

	if (in->opcode == FUSE_READ) {
		bytes = read_in->offset > FILE_BYTES ? 0 : FILE_BYTES - read_in->offset;
		if (bytes > read_in->size)
			bytes = read_in->size;
		answer(fd, in->unique, 0, content + read_in->offset, bytes);
	} else if (write_in->offset + write_in->size > FILE_BYTES) {
		answer(fd, in->unique, -ENOSPC, NULL, 0);
	} else {
		memcpy(content + write_in->offset, write_in + 1, write_in->size);
		written.size = write_in->size;
		answer(fd, in->unique, 0, &written, sizeof(written));
	}
}

static void serve_one(int fd, const struct fuse_in_header *in, char *arg)
{
	struct fuse_init_out init = { .major = FUSE_KERNEL_VERSION, .minor = 31,
				      .max_write = 128 << 10, .max_readahead = 0,
				      .flags = FUSE_BIG_WRITES | FUSE_MAX_PAGES, .max_pages = 32 };
	struct fuse_entry_out entry = { .nodeid = 2, .attr = attributes(2) };
	struct fuse_attr_out attr = { .attr = attributes(in->nodeid) };
	struct fuse_open_out open = { .open_flags = FOPEN_DIRECT_IO };

	switch (in->opcode) {
	case FUSE_INIT:
		answer(fd, in->unique, 0, &init, sizeof(init));
		break;
	case FUSE_LOOKUP:
		answer(fd, in->unique, 0, &entry, sizeof(entry));
		break;
	case FUSE_GETATTR:
	case FUSE_SETATTR:
		answer(fd, in->unique, 0, &attr, sizeof(attr));
		break;
	case FUSE_OPEN:
		answer(fd, in->unique, 0, &open, sizeof(open));
		break;
	case FUSE_READ:
	case FUSE_WRITE:
		serve_io(fd, in, arg);
		break;
	case FUSE_FORGET:
	case FUSE_INTERRUPT:
	case FUSE_BATCH_FORGET:
		break;
	case FUSE_FLUSH:
	case FUSE_RELEASE:
	case FUSE_ACCESS:
		answer(fd, in->unique, 0, NULL, 0);
		break;
	default:
		answer(fd, in->unique, -ENOSYS, NULL, 0);
	}
}

static void serve(int fd)
{
	static char buffer[(128 << 10) + 4096];

	while (read(fd, buffer, sizeof(buffer)) > 0)
		serve_one(fd, (void *)buffer, buffer + sizeof(struct fuse_in_header));
	_exit(0);
}

static void use_file(const char *path)
{
	char *data = direct_memory(FILE_BYTES), *p = direct_memory(FILE_BYTES + PAGE);
	struct iovec iov[] = { { p + 100, 5000 }, { p + 9000, 200 }, { p + 40000, 70000 } };
	int fd = open(path, O_RDWR | O_CLOEXEC), i;
	size_t at = 12345;

	direct_fill(data, FILE_BYTES, 9);
	CHECK(fd >= 0 && pwrite(fd, data, FILE_BYTES, 0) == (ssize_t)FILE_BYTES);
	CHECK(pread(fd, p + 77, FILE_BYTES, 0) == (ssize_t)FILE_BYTES);
	CHECK(!memcmp(p + 77, data, FILE_BYTES));
	memset(p, 0, FILE_BYTES);
	CHECK(preadv(fd, iov, 3, at) == 75200);
	for (i = 0; i < 3; at += iov[i++].iov_len)
		CHECK(!memcmp(iov[i].iov_base, data + at, iov[i].iov_len));
	CHECK(pread(fd, p, 3 * PAGE, FILE_BYTES - 700) == 700);
	CHECK(pread(fd, (void *)PAGE, PAGE, 0) < 0);
	CHECK(pwrite(fd, data, PAGE, FILE_BYTES - 100) < 0);
	close(fd);
	munmap(data, FILE_BYTES);
	munmap(p, FILE_BYTES + PAGE);
}

bool test_fuse(void)
{
	int fd = open("/dev/fuse", O_RDWR | O_CLOEXEC), status;
	char options[80];
	pid_t pid;

	mkdir("/fuse", 0755);
	snprintf(options, sizeof(options), "fd=%d,rootmode=40000,user_id=0,group_id=0", fd);
	if (fd < 0 || mount("server", "/fuse", "fuse", 0, options)) {
		diag("fuse: %s", strerror(errno));
		return false;
	}
	pid = fork();
	if (pid == 0)
		serve(fd);
	use_file("/fuse/file");
	CHECK(umount2("/fuse", MNT_DETACH) == 0);
	close(fd);
	CHECK(waitpid(pid, &status, 0) == pid && WIFEXITED(status) && !WEXITSTATUS(status));
	return true;
}
