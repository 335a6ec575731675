/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUP_INIT_H
#define GUP_INIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A scenario runs in a process of its own; its return value is its verdict. */
enum verdict { PASS = 0, FAIL = 1, SKIP = 4 };

struct scenario {
	const char *name;
	enum verdict (*run)(void);
	unsigned int seconds;		/* then it is killed and has failed */
};

extern const struct scenario scenarios[];

/* One line on the results port, as a KTAP diagnostic. */
void diag(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* A named number on the results port: "# metric NAME VALUE". */
void metric(const char *name, long long value);

bool load_module(const char *path);

/* NAME=VALUE on the kernel's command line, as gup.NAME=VALUE. */
long param(const char *name, long otherwise);

bool write_file(const char *path, const char *text);
long vmstat(const char *name);		/* -1: there is no such line */
void drop_caches(int what);

/* What the raw disk holds at OFFSET, see run.py: disk_pattern(). */
uint64_t pattern(uint64_t offset);

/* Run FN in a thread (CLONE_VM, no libc threads); join with waitpid(). */
int thread(int (*fn)(void *), void *arg);

enum verdict scenario_boot(void);
enum verdict scenario_selftest(void);
enum verdict scenario_repro(void);
enum verdict scenario_splat(void);
enum verdict scenario_unconverted(void);
enum verdict scenario_stress(void);
enum verdict scenario_cost(void);
enum verdict scenario_kselftest(void);

#endif
