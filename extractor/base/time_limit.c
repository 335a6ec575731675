// SPDX-License-Identifier: GPL-2.0-only
#include <sys/resource.h>
#include <time.h>

#include "base/time_limit.h"

#define NANOSECONDS 1000000000LL
/* Between the signal that may be handled and the one that may not. */
#define GRACE 5

static int64_t clock_read(clockid_t clock)
{
	struct timespec now;

	return clock_gettime(clock, &now) ? -1 : now.tv_sec * NANOSECONDS + now.tv_nsec;
}

/* CPU time of a process with all its threads; -1 when there is no such process. */
static int64_t cpu_time(pid_t pid)
{
	clockid_t clock;

	return clock_getcpuclockid(pid, &clock) ? -1 : clock_read(clock);
}

void time_limit_start(struct time_limit *limit, pid_t pid, unsigned int cpu, unsigned int wall)
{
	limit->pid = pid;
	limit->cpu_end = cpu_time(pid) + cpu * NANOSECONDS;
	limit->wall_end = clock_read(CLOCK_MONOTONIC) + wall * NANOSECONDS;
}

enum time_left time_limit_check(const struct time_limit *limit)
{
	if (cpu_time(limit->pid) > limit->cpu_end)
		return TIME_CPU_SPENT;
	return clock_read(CLOCK_MONOTONIC) > limit->wall_end ? TIME_STALLED : TIME_LEFT;
}

void time_limit_self(unsigned int cpu)
{
	const struct rlimit limit = { .rlim_cur = cpu, .rlim_max = cpu + GRACE };

	setrlimit(RLIMIT_CPU, &limit);
}
