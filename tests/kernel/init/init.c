// SPDX-License-Identifier: GPL-2.0-only
/*
 * The init of the test kernels: mounts what is needed, runs the scenarios that
 * gup.run= names, writes KTAP to the results port (ttyS1), reports every kernel
 * message of warning level or worse that was logged since the scenario began,
 * and turns the machine off.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "init.h"

const struct scenario scenarios[] = {
	{ "boot",	 scenario_boot,		 20 },
	{ "selftest",	 scenario_selftest,	300 },
	{ "kinds",	 scenario_kinds,	120 },
	{ "direct",	 scenario_direct,	120 },
	{ "repro",	 scenario_repro,	240 },
	{ "splat",	 scenario_splat,	 30 },
	{ "unconverted", scenario_unconverted,	 30 },
	{ "unbalanced",	 scenario_unbalanced,	 60 },
	{ "forgotten",	 scenario_forgotten,	 30 },
	{ "stress",	 scenario_stress,	600 },
	{ "cost",	 scenario_cost,		300 },
	{ "iterators",	 scenario_iterators,	120 },
	{ "kselftest",	 scenario_kselftest,	150 },
	{ NULL, NULL, 0 }
};

int dev = -1;
int failures;

static int results = 2;
static char cmdline[4096];

static void emit(const char *prefix, const char *fmt, va_list ap)
{
	char line[1024];
	int n = snprintf(line, sizeof(line), "%s", prefix);

	n += vsnprintf(line + n, sizeof(line) - n - 1, fmt, ap);
	if (n > (int)sizeof(line) - 2)
		n = sizeof(line) - 2;
	line[n++] = '\n';
	if (write(results, line, n) < 0)
		return;
}

static void say(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	emit("", fmt, ap);
	va_end(ap);
}

void diag(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	emit("# ", fmt, ap);
	va_end(ap);
}

void metric(const char *name, long long value)
{
	diag("metric %s %lld", name, value);
}

long param(const char *name, long otherwise)
{
	char key[64];
	const char *at;

	snprintf(key, sizeof(key), " gup.%s=", name);
	at = strstr(cmdline, key);
	return at ? strtol(at + strlen(key), NULL, 0) : otherwise;
}

static bool param_text(const char *name, char *out, size_t size)
{
	char key[64];
	const char *at;
	size_t n;

	snprintf(key, sizeof(key), " gup.%s=", name);
	at = strstr(cmdline, key);
	if (!at)
		return false;
	at += strlen(key);
	n = strcspn(at, " \n");
	if (n >= size)
		n = size - 1;
	memcpy(out, at, n);
	out[n] = '\0';
	return true;
}

void drop_caches(int what)
{
	char text[4];

	snprintf(text, sizeof(text), "%d", what);
	write_file("/proc/sys/vm/drop_caches", text);
}

uint64_t pattern(uint64_t offset)
{
	return (offset / 8 + 1) * 0x9e3779b97f4a7c15ULL;
}

int thread(int (*fn)(void *), void *arg)
{
	size_t size = 256 << 10;
	char *stack = mmap(NULL, size, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);

	if (stack == MAP_FAILED)
		return -1;
	return clone(fn, stack + size, CLONE_VM | CLONE_FS | CLONE_FILES |
		     SIGCHLD, arg);
}

/* The log of the kernel; the descriptor stands where the scenario began. */
static int kmsg = -1;

static void kmsg_to_end(void)
{
	if (kmsg < 0)
		kmsg = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (kmsg >= 0)
		lseek(kmsg, 0, SEEK_END);
}

static void kmsg_report(void)
{
	char rec[8192];
	ssize_t n;

	while (kmsg >= 0) {
		char *text, *end;
		int level;

		n = read(kmsg, rec, sizeof(rec) - 1);
		if (n < 0 && errno == EPIPE) {
			diag("kmsg 3 records were lost");
			continue;
		}
		if (n <= 0)
			break;
		rec[n] = '\0';
		level = atoi(rec) & 7;
		text = strchr(rec, ';');
		if (!text || level > 4)
			continue;
		end = strchr(++text, '\n');
		if (end)
			*end = '\0';
		diag("kmsg %d %s", level, text);
	}
}

static void make_dirs(void)
{
	mkdir("/proc", 0755);
	mkdir("/sys", 0755);
	mkdir("/dev", 0755);
	mkdir("/mnt", 0755);
	mkdir("/tmp", 0755);
	mkdir("/huge", 0755);
	mount("proc", "/proc", "proc", 0, NULL);
	mount("sysfs", "/sys", "sysfs", 0, NULL);
	mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
	mount("debugfs", "/sys/kernel/debug", "debugfs", 0, NULL);
	mkdir("/dev/shm", 0755);
	mount("tmpfs", "/tmp", "tmpfs", 0, "size=512m");
	mount("hugetlbfs", "/huge", "hugetlbfs", 0, NULL);
}

static void mount_ext4(void)
{
	if (mount("/dev/vda", "/mnt", "ext4", MS_NOATIME, NULL))
		diag("no ext4 file system: %s", strerror(errno));
}

bool load_module(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool loaded;

	if (fd < 0)
		return false;
	loaded = !syscall(SYS_finit_module, fd, "", 0);
	if (!loaded)
		diag("%s: %s", path, strerror(errno));
	close(fd);
	return loaded;
}

int run_program(const char *const argv[])
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		dup2(results, 1);
		execv(argv[0], (char *const *)argv);
		_exit(127);
	}
	if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return -1;
	return WEXITSTATUS(status);
}

/* The module and the program that the tree itself has, from the series. */
enum verdict scenario_kselftest(void)
{
	static const char *const argv[] = { "/tree/gup_pins", NULL };

	if (!load_module("/tree/test_gup_pins.ko"))
		return SKIP;
	return chdir("/mnt") || run_program(argv) ? FAIL : PASS;
}

/* On kernels that count them: what is pinned when the scenario has ended. */
static void pins_report(void)
{
	long now = read_vmstat("nr_dma_pinned");
	long got = read_vmstat("nr_foll_pin_acquired");
	long put = read_vmstat("nr_foll_pin_released");

	if (got >= 0)	/* from v5.6 on */
		diag("pins %ld now, %ld acquired, %ld released", got - put, got, put);
	if (now >= 0)
		diag("pins %ld now, %ld acquired, %ld released", now,
		     read_vmstat("dma_pin_acquired"),
		     read_vmstat("dma_pin_released"));
}

static int64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000LL + ts.tv_nsec / 1000000;
}

static void run_one(int number, const struct scenario *s)
{
	int64_t start = now_ms(), limit = s->seconds;
	int status = 0;
	pid_t pid;

	limit = param("seconds", limit) * param("slower", 1);
	kmsg_to_end();
	pid = fork();
	if (pid == 0) {
		setpgid(0, 0);
		_exit(s->run());
	}
	while (waitpid(pid, &status, WNOHANG) == 0) {
		if (now_ms() - start > limit * 1000) {
			diag("%s: killed after %lld seconds", s->name,
			     (long long)limit);
			write_file("/proc/sysrq-trigger", "w");
			kill(-pid, SIGKILL);
			kill(pid, SIGKILL);
			usleep(500000);
			waitpid(pid, &status, WNOHANG);
			status = FAIL << 8;
			break;
		}
		usleep(20000);
	}
	kmsg_report();
	pins_report();
	diag("metric %s_ms %lld", s->name, (long long)(now_ms() - start));
	if (WIFSIGNALED(status))
		say("not ok %d %s # died of signal %d", number, s->name,
		    WTERMSIG(status));
	else if (WEXITSTATUS(status) == SKIP)
		say("ok %d %s # SKIP", number, s->name);
	else
		say("%sok %d %s", WEXITSTATUS(status) ? "not " : "", number,
		    s->name);
}

int main(void)
{
	char names[512], *save, *name;
	int fd, n = 0, count = 1;

	make_dirs();
	fd = open("/dev/ttyS1", O_WRONLY | O_NOCTTY | O_CLOEXEC);
	if (fd >= 0)
		results = fd;
	cmdline[0] = ' ';
	fd = open("/proc/cmdline", O_RDONLY | O_CLOEXEC);
	if (fd >= 0 && read(fd, cmdline + 1, sizeof(cmdline) - 2) < 0)
		return 1;
	close(fd);
	if (!param_text("run", names, sizeof(names)))
		strcpy(names, "boot");

	say("KTAP version 1");
	for (const char *p = names; *p; p++)
		count += *p == ',';
	say("1..%d", count);
	if (param("mount", 1))
		mount_ext4();
	load_module("/gupsplat.ko");
	load_module("/forgotten.ko");
	if (strcmp(names, "kselftest"))
		load_module("/test_gup_pins.ko");
	for (name = strtok_r(names, ",", &save); name;
	     name = strtok_r(NULL, ",", &save)) {
		const struct scenario *s = scenarios;

		while (s->name && strcmp(s->name, name))
			s++;
		if (s->name)
			run_one(++n, s);
		else
			say("not ok %d %s # no such scenario", ++n, name);
	}
	say("# end");
	usleep(100000);
	/* Without ACPI there is no power to turn off; QEMU ends either way. */
	reboot(param("reboot", 0) ? RB_AUTOBOOT : RB_POWER_OFF);
	for (;;)
		pause();
}
