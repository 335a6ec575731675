// SPDX-License-Identifier: GPL-2.0-only
/* Time limits count CPU time: load and suspension fail nobody. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <glib.h>

#include "base/time_limit.h"
#include "pipeline/pool.h"

#define POLL_US 20000

static void burn(void)
{
	for (volatile unsigned long i = 0;; i++)
		;
}

/* Longer than the limit of one second, by a helper that continues this process. */
static void be_stopped(void)
{
	pid_t self = getpid();

	if (!fork()) {
		g_usleep(2500000);
		kill(self, SIGCONT);
		_exit(0);
	}
	raise(SIGSTOP);
}

enum job { JOB_QUICK, JOB_BURNS, JOB_IS_STOPPED, JOB_DIES, JOB_QUICK_TOO, JOBS };

static char *work(size_t job, void *data)
{
	(void)data;
	if (job == JOB_BURNS)
		burn();
	if (job == JOB_IS_STOPPED)
		be_stopped();
	if (job == JOB_DIES)
		_exit(1);
	return g_strdup_printf("%zu", job);
}

static void test_pool(void **state)
{
	const struct pool pool = { .workers = 2, .timeout = 1, .label = "test", .work = work };
	enum pool_outcome outcome[JOBS];
	g_autoptr(GPtrArray) texts = pool_run(&pool, JOBS, outcome, NULL);

	(void)state;
	assert_non_null(texts);
	assert_int_equal(outcome[JOB_QUICK], POOL_DONE);
	assert_int_equal(outcome[JOB_BURNS], POOL_TIMEOUT);
	assert_int_equal(outcome[JOB_IS_STOPPED], POOL_DONE);
	assert_string_equal(texts->pdata[JOB_IS_STOPPED], "2");
	assert_int_equal(outcome[JOB_DIES], POOL_CRASHED);
	assert_int_equal(outcome[JOB_QUICK_TOO], POOL_DONE);
}

static pid_t child_of(void (*act)(void))
{
	pid_t pid = fork();

	if (!pid) {
		act();
		_exit(0);
	}
	return pid;
}

static void doze(void)
{
	for (;;)
		pause();
}

static enum time_left ends_with(const struct time_limit *limit)
{
	enum time_left left;

	while ((left = time_limit_check(limit)) == TIME_LEFT)
		g_usleep(POLL_US);
	kill(limit->pid, SIGKILL);
	waitpid(limit->pid, NULL, 0);
	return left;
}

static void test_kinds(void **state)
{
	struct time_limit limit;

	(void)state;
	time_limit_start(&limit, child_of(burn), 1, 3600);
	assert_int_equal(ends_with(&limit), TIME_CPU_SPENT);
	time_limit_start(&limit, child_of(doze), 3600, 1);
	assert_int_equal(ends_with(&limit), TIME_STALLED);
}

static void test_ended_child_has_time_left(void **state)
{
	pid_t pid = child_of(burn);
	struct time_limit limit;

	(void)state;
	time_limit_start(&limit, pid, 0, 3600);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	assert_int_equal(time_limit_check(&limit), TIME_LEFT);
}

static void limited_burn(void)
{
	time_limit_self(1);
	burn();
}

static void limited_stop(void)
{
	time_limit_self(1);
	be_stopped();
}

static void test_self(void **state)
{
	int status;

	(void)state;
	waitpid(child_of(limited_burn), &status, 0);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGXCPU);
	waitpid(child_of(limited_stop), &status, 0);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pool),
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_ended_child_has_time_left),
		cmocka_unit_test(test_self),
	};

	return cmocka_run_group_tests_name("time_limit", tests, NULL, NULL);
}
