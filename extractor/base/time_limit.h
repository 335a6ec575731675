/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_BASE_TIME_LIMIT_H
#define GUPCONV_BASE_TIME_LIMIT_H

#include <stdint.h>
#include <sys/types.h>

/*
 * Limits on what a child process may take. They count the child's own CPU time, so that
 * a busy machine, a suspended process or a closed lid is no failure. Only a child that
 * sleeps for good is left to a wall-clock limit, which is WALL_FACTOR times as long.
 */
#define WALL_FACTOR 20

/**
 * struct time_limit - the limit of one piece of work of a child
 * @pid: the child, not waited for yet
 * @cpu_end: CPU time of the child at which the work is stopped, in ns
 * @wall_end: monotonic time at which it is, in ns
 */
struct time_limit {
	pid_t pid;
	int64_t cpu_end;
	int64_t wall_end;
};

enum time_left { TIME_LEFT, TIME_CPU_SPENT, TIME_STALLED };

/* The work begins now and may take so many seconds of CPU time, so many of wall time. */
void time_limit_start(struct time_limit *limit, pid_t pid, unsigned int cpu, unsigned int wall);
/* A child that has ended has time left: its end is seen by other means. */
enum time_left time_limit_check(const struct time_limit *limit);

/*
 * For this process and those that it starts, each: SIGXCPU after so many seconds of CPU
 * time, SIGKILL a few seconds later. Safe between fork() and exec().
 */
void time_limit_self(unsigned int cpu);

#endif
