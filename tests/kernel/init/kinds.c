// SPDX-License-Identifier: GPL-2.0-only
/* Kinds of pages, and what else in the kernel wants to move or merge them. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#include "init.h"

#define NR 64

static long read_number(const char *path)
{
	long value = -1;
	FILE *f = fopen(path, "re");

	if (!f)
		return -1;
	if (fscanf(f, "%ld", &value) != 1)
		value = -1;
	fclose(f);
	return value;
}

static unsigned long pfn_of(const char *p)
{
	int fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
	uint64_t entry = 0;

	if (pread(fd, &entry, 8, (uintptr_t)p / PAGE * 8) != 8)
		entry = 0;
	close(fd);
	return entry & ((1ULL << 55) - 1);
}

static char *anon_pages(void)
{
	char *p = map(NR * PAGE, MAP_PRIVATE | MAP_ANONYMOUS, -1);

	madvise(p, NR * PAGE, MADV_NOHUGEPAGE);
	memset(p, 0x11, NR * PAGE);
	return p;
}

/* Pages that were taken at boot: 5.3 warns if asked whether these can go. */
static bool has_reserved(unsigned long first, unsigned long nr)
{
	static const uint64_t reserved = 1ULL << 32;
	uint64_t *flags = calloc(nr, sizeof(*flags));
	int fd = open("/proc/kpageflags", O_RDONLY | O_CLOEXEC);
	ssize_t n = pread(fd, flags, nr * sizeof(*flags), first * sizeof(*flags));
	bool found = n != (ssize_t)(nr * sizeof(*flags));
	unsigned long i;

	for (i = 0; i < nr && !found; i++)
		found = flags[i] & reserved;
	close(fd);
	free(flags);
	return found;
}

/*
 * Pages that are all in one block of memory that can be taken offline, which
 * the last one cannot: the initramfs is there. NULL: there is no such block.
 */
static char *pages_of_block(char *area, size_t size, unsigned long block_bytes,
			    unsigned long *block)
{
	unsigned long per_block = block_bytes / PAGE, refused = 0, i;
	char path[80], *p;

	for (p = area; p + NR * PAGE <= area + size; p += NR * PAGE) {
		*block = pfn_of(p) / per_block;
		for (i = 1; i < NR; i++)
			if (pfn_of(p + i * PAGE) / per_block != *block)
				break;
		snprintf(path, sizeof(path),
			 "/sys/devices/system/memory/memory%lu", *block + 1);
		if (i < NR || access(path, F_OK) || *block == refused)
			continue;
		if (has_reserved(*block * per_block, per_block)) {
			refused = *block;
			continue;
		}
		snprintf(path, sizeof(path),
			 "/sys/devices/system/memory/memory%lu/removable",
			 *block);
		if (read_number(path) == 1)
			return p;
	}
	return NULL;
}

/*
 * Memory that is taken offline: waits for the pins, as it always did, and goes
 * through when they are gone, although the page was off its LRU list.
 */
static bool test_offline(void)
{
	size_t size = 280UL << 20;
	unsigned long block_bytes, block;
	char path[80], state[16] = "";
	char *area, *p;
	int status, fd;
	FILE *f = fopen("/sys/devices/system/memory/block_size_bytes", "re");
	pid_t pid;

	if (!f || fscanf(f, "%lx", &block_bytes) != 1)
		return false;
	fclose(f);
	area = map(size, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	madvise(area, size, MADV_NOHUGEPAGE);
	memset(area, 0x11, size);
	p = pages_of_block(area, size, block_bytes, &block);
	if (!p)
		return false;
	munmap(area, p - area);
	munmap(p + NR * PAGE, area + size - p - NR * PAGE);
	snprintf(path, sizeof(path), "/sys/devices/system/memory/memory%lu/state",
		 block);
	CHECK(pin(0, p, NR, GUP_FAST, 1) == NR);
	pid = fork();
	if (pid == 0) {
		alarm(60);
		_exit(write_file(path, "offline") ? 0 : 1);
	}
	usleep(1500000);
	/* A kernel that gives up at once is as good as one that waits. */
	if (waitpid(pid, &status, WNOHANG) == pid) {
		CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 1);
		pid = 0;
	}
	CHECK(fill(0, 0x22) == 0 && p[0] == 0x22);
	expect_pins(0, 0, 1);
	CHECK(unpin(0, PUT_USER_PAGES_DIRTY) == 0);
	if (pid)
		CHECK(waitpid(pid, &status, 0) == pid && status == 0);
	else
		CHECK(write_file(path, "offline"));
	fd = open(path, O_RDONLY | O_CLOEXEC);
	CHECK(read(fd, state, sizeof(state) - 1) > 0 &&
	      !strncmp(state, "offline", 7));
	close(fd);
	CHECK(p[5 * PAGE] == 0x22);
	CHECK(write_file(path, "online_movable") || write_file(path, "online"));
	munmap(p, NR * PAGE);
	return true;
}

static void join_group(const char *group)
{
	char path[80], text[16];

	snprintf(path, sizeof(path), "/cg/%s/cgroup.procs", group);
	snprintf(text, sizeof(text), "%d", getpid());
	CHECK(write_file(path, text));
}

/*
 * A task that moves to another memcg takes the charges of its pages along: not
 * those of pages that are pinned, and these, too, when they are released.
 */
static bool test_memcg(void)
{
	long in_a, in_b;
	char *p;

	mkdir("/cg", 0755);
	if (mount("cgroup", "/cg", "cgroup", 0, "memory"))
		return false;
	mkdir("/cg/a", 0755);
	mkdir("/cg/b", 0755);
	if (!write_file("/cg/a/memory.move_charge_at_immigrate", "3") ||
	    !write_file("/cg/b/memory.move_charge_at_immigrate", "3"))
		return false;
	join_group("a");
	p = anon_pages();
	CHECK(pin(0, p, 16, GUP_FAST, 1) == 16);
	join_group("b");
	in_a = read_number("/cg/a/memory.usage_in_bytes") / (long)PAGE;
	in_b = read_number("/cg/b/memory.usage_in_bytes") / (long)PAGE;
	diag("memcg: 16 of %d pages pinned: %ld pages stay, %ld went along",
	     NR, in_a, in_b);
	CHECK(in_b >= NR - 16 - 15);	/* a pagevec may have some */
	expect_pins(0, 3, 1);
	CHECK(fill(0, 0x23) == 0 && p[15 * PAGE] == 0x23);
	CHECK(unpin(0, PUT_USER_PAGES_DIRTY) == 0);
	join_group("a");
	join_group("b");
	in_a = read_number("/cg/a/memory.usage_in_bytes") / (long)PAGE;
	diag("memcg: released: %ld pages stay", in_a);
	munmap(p, NR * PAGE);
	write_file("/cg/cgroup.procs", "0");
	CHECK(rmdir("/cg/a") == 0);
	CHECK(rmdir("/cg/b") == 0);
	umount("/cg");
	return true;
}

/* Pages of equal content are merged, but not while somebody may write to one. */
static bool test_ksm(void)
{
	char *p = anon_pages(), *q = anon_pages();
	int i;

	if (!write_file("/sys/kernel/mm/ksm/pages_to_scan", "2000") ||
	    !write_file("/sys/kernel/mm/ksm/sleep_millisecs", "10"))
		return false;
	CHECK(pin(0, p, NR, GUP_FAST, 1) == NR);
	madvise(p, NR * PAGE, MADV_MERGEABLE);
	madvise(q, NR * PAGE, MADV_MERGEABLE);
	CHECK(write_file("/sys/kernel/mm/ksm/run", "1"));
	usleep(1000000);
	CHECK(fill(0, 0x24) == 0);
	for (i = 0; i < NR; i++)
		if (p[i * PAGE] != 0x24 || q[i * PAGE] != 0x11)
			CHECK(!"a pinned page was merged");
	CHECK(unpin(0, PUT_USER_PAGES_DIRTY) == 0);
	memset(q, 0x24, NR * PAGE);
	usleep(1500000);
	diag("ksm: %ld pages share one when released",
	     read_number("/sys/kernel/mm/ksm/pages_sharing"));
	CHECK(read_number("/sys/kernel/mm/ksm/pages_sharing") > NR);
	/* A merged page that is pinned: for reading only, or it is copied. */
	CHECK(pin(0, q, 4, GUP_FAST, 0) == 4);
	expect_pins(0, 0, info(0, 0).pins);
	CHECK(unpin(0, PUT_USER_PAGES) == 0);
	CHECK(pin(0, q, 4, GUP_FAST, 1) == 4);
	CHECK(fill(0, 0x25) == 0 && q[0] == 0x25 && p[0] == 0x24);
	CHECK(unpin(0, PUT_USER_PAGES_DIRTY) == 0);
	CHECK(write_file("/sys/kernel/mm/ksm/run", "2"));
	munmap(p, NR * PAGE);
	munmap(q, NR * PAGE);
	return true;
}

static bool copy_image(const char *from, const char *to)
{
	int in = open(from, O_RDONLY | O_CLOEXEC);
	int out = open(to, O_WRONLY | O_CLOEXEC);
	static char buf[64 << 10];
	ssize_t n = -1;

	while (in >= 0 && out >= 0 && (n = read(in, buf, sizeof(buf))) > 0)
		if (write(out, buf, n) != n)
			break;
	if (out >= 0)
		fsync(out);
	close(in);
	close(out);
	return n == 0;
}

/* Pages of a file on persistent memory: their words belong to the device. */
static bool test_zone_device(void)
{
	char *p;
	int how, fd;

	mkdir("/dax", 0755);
	if (!copy_image("/dev/vdd", "/dev/pmem0") ||
	    mount("/dev/pmem0", "/dax", "ext4", 0, "dax")) {
		diag("zone_device: /dev/pmem0: %s", strerror(errno));
		return false;
	}
	fd = open("/dax/file", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	CHECK(fd >= 0 && ftruncate(fd, NR * PAGE) == 0);
	p = map(NR * PAGE, MAP_SHARED, fd);
	memset(p, 1, NR * PAGE);
	for (how = 0; how < GUP_NR_HOW; how++) {
		if (how == GUP_LONGTERM) {
			CHECK(pin(0, p, 4, how, 1) <= 0);
			continue;
		}
		CHECK(pin(0, p, 4, how, 1) == 4);
		expect_pins(0, 2, 1);
		CHECK(pin(1, p + 2 * PAGE, 1, how, 0) == 1);
		expect_pins(0, 2, 2);
		CHECK(unpin(0, how % PUT_NR_RIGHT) == 0);
		expect_pins(1, 0, 1);
		CHECK(unpin(1, PUT_USER_PAGES) == 0);
	}
	munmap(p, NR * PAGE);
	CHECK(ftruncate(fd, 0) == 0);
	close(fd);
	CHECK(umount("/dax") == 0);
	return true;
}

enum verdict scenario_kinds(void)
{
	static const struct {
		const char *name;
		bool (*run)(void);
	} tests[] = {
		{ "ksm", test_ksm }, { "memcg", test_memcg },
		{ "zone_device", test_zone_device },
		{ "offline", test_offline },
	};
	const char *skip = "";
	size_t i;

	if (!have_dev())
		return SKIP;
	for (i = 0; i < sizeof(tests) / sizeof(tests[0]); i++) {
		int before = failures;
		bool ran = tests[i].run();

		skip = ran ? "" : " # SKIP";
		expect_balance(tests[i].name);
		diag("  %sok %zu %s%s", failures > before ? "not " : "", i + 1,
		     tests[i].name, skip);
	}
	return failures ? FAIL : PASS;
}
