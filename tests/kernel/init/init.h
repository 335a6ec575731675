/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUP_INIT_H
#define GUP_INIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gup_pins.h"		/* of the patch series: diag(), pin() and the like */

/* A scenario runs in a process of its own; its return value is its verdict. */
enum verdict { PASS = 0, FAIL = 1, SKIP = 4 };

struct scenario {
	const char *name;
	enum verdict (*run)(void);
	unsigned int seconds;		/* then it is killed and has failed */
};

extern const struct scenario scenarios[];

/* A named number on the results port: "# metric NAME VALUE". */
void metric(const char *name, long long value);

bool load_module(const char *path);

/* Runs a program with its output on the results port; its exit code, or -1. */
int run_program(const char *const argv[]);

/* NAME=VALUE on the kernel's command line, as gup.NAME=VALUE. */
long param(const char *name, long otherwise);

void drop_caches(int what);

/* The content of the raw disk at OFFSET, see run.py: disk_pattern(). */
uint64_t pattern(uint64_t offset);

/* Run FN in a thread (CLONE_VM, no libc threads); join with waitpid(). */
int thread(int (*fn)(void *), void *arg);

/* The pattern as words, from an offset on; SIZE is a multiple of 8. */
void fill_words(void *buf, size_t size, uint64_t from);
bool are_words(const void *buf, size_t size, uint64_t from);

/* A part of scenario_iterators(); false: this kernel has no such thing. */
bool test_nfs(void);

enum verdict scenario_boot(void);
enum verdict scenario_selftest(void);
enum verdict scenario_kinds(void);
enum verdict scenario_direct(void);
enum verdict scenario_repro(void);
enum verdict scenario_splat(void);
enum verdict scenario_unconverted(void);
enum verdict scenario_unbalanced(void);
enum verdict scenario_forgotten(void);
enum verdict scenario_stress(void);
enum verdict scenario_cost(void);
enum verdict scenario_iterators(void);
enum verdict scenario_kselftest(void);

#endif
