// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

#include "base/diag.h"
#include "base/time_limit.h"
#include "pipeline/pool.h"

/* One worker process, and the answer that is coming in from it. */
struct worker {
	pid_t pid;
	int to;
	int from;
	ssize_t job;		/* -1: idle */
	struct time_limit limit;
	GByteArray *answer;
};

static volatile sig_atomic_t interrupted;

static void on_signal(int signal)
{
	interrupted = signal;
}

static bool write_all(int fd, const void *data, size_t size)
{
	const char *at = data;

	while (size) {
		ssize_t n = write(fd, at, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		at += n;
		size -= n;
	}
	return true;
}

/* A worker is killed and never exits, so that its leaks are looked for after each job. */
static void leaks_report(void)
{
#ifdef __SANITIZE_ADDRESS__
	__lsan_do_recoverable_leak_check();
#endif
}

static void worker_loop(const struct pool *pool, int from, int to)
{
	uint32_t job;

	while (read(from, &job, sizeof(job)) == sizeof(job)) {
		g_autofree char *text = pool->work(job, pool->data);
		uint64_t size = strlen(text);

		leaks_report();
		if (!write_all(to, &size, sizeof(size)) || !write_all(to, text, size))
			break;
	}
}

static void worker_child(const struct pool *pool, int from, int to)
{
	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_DFL);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	/* libclang reports its own crashes on stderr; ours are rows in the database */
	worker_loop(pool, from, to);
	_exit(0);
}

static bool worker_start(const struct pool *pool, struct worker *worker, GError **error)
{
	int down[2], up[2];

	if (pipe2(down, O_CLOEXEC) || pipe2(up, O_CLOEXEC)) {
		fail(error, EXIT_TOOL, "no pipe for a worker: %s", g_strerror(errno));
		return false;
	}
	worker->pid = fork();
	if (worker->pid < 0) {
		fail(error, EXIT_TOOL, "no worker process: %s; try -j 1", g_strerror(errno));
		return false;
	}
	if (!worker->pid) {
		close(down[1]);
		close(up[0]);
		worker_child(pool, down[0], up[1]);
	}
	close(down[0]);
	close(up[1]);
	worker->to = down[1];
	worker->from = up[0];
	worker->job = -1;
	worker->answer = g_byte_array_new();
	return true;
}

static void worker_stop(struct worker *worker)
{
	if (worker->pid <= 0)
		return;
	close(worker->to);
	close(worker->from);
	kill(worker->pid, SIGKILL);
	waitpid(worker->pid, NULL, 0);
	g_byte_array_free(worker->answer, TRUE);
	worker->pid = 0;
}

static bool worker_give(const struct pool *pool, struct worker *worker, size_t job)
{
	uint32_t number = job;

	g_byte_array_set_size(worker->answer, 0);
	worker->job = job;
	time_limit_start(&worker->limit, worker->pid, pool->timeout, pool->timeout * WALL_FACTOR);
	return write_all(worker->to, &number, sizeof(number));
}

/* true when the answer is complete */
static bool answer_complete(const struct worker *worker)
{
	uint64_t size;

	if (worker->answer->len < sizeof(size))
		return false;
	memcpy(&size, worker->answer->data, sizeof(size));
	return worker->answer->len == sizeof(size) + size;
}

/* Reads what is there; false when the worker is gone. */
static bool worker_read(struct worker *worker)
{
	char buffer[65536];
	ssize_t n = read(worker->from, buffer, sizeof(buffer));

	if (n < 0 && errno == EINTR)
		return true;
	if (n <= 0)
		return false;
	g_byte_array_append(worker->answer, (guint8 *)buffer, n);
	return true;
}

static char *answer_take(struct worker *worker)
{
	char *text = g_strndup((char *)worker->answer->data + sizeof(uint64_t),
			       worker->answer->len - sizeof(uint64_t));

	worker->job = -1;
	return text;
}

struct run {
	const struct pool *pool;
	struct worker *workers;
	struct pollfd *polls;
	GPtrArray *texts;
	enum pool_outcome *outcome;
	size_t next;
	size_t done;
	size_t count;
};

static bool worker_lost(struct run *run, struct worker *worker, enum pool_outcome why,
			GError **error)
{
	if (worker->job >= 0) {
		run->outcome[worker->job] = why;
		run->done++;
	}
	worker_stop(worker);
	return worker_start(run->pool, worker, error);
}

static bool worker_turn(struct run *run, struct worker *worker, short events, GError **error)
{
	if (events && !worker_read(worker))
		return worker_lost(run, worker, POOL_CRASHED, error);
	if (worker->job >= 0 && answer_complete(worker)) {
		size_t job = worker->job;

		run->texts->pdata[job] = answer_take(worker);
		run->done++;
	}
	if (worker->job >= 0 && time_limit_check(&worker->limit) == TIME_CPU_SPENT)
		return worker_lost(run, worker, POOL_TIMEOUT, error);
	if (worker->job >= 0 && time_limit_check(&worker->limit) == TIME_STALLED)
		return worker_lost(run, worker, POOL_STALLED, error);
	if (worker->job < 0 && run->next < run->count &&
	    !worker_give(run->pool, worker, run->next++))
		return worker_lost(run, worker, POOL_CRASHED, error);
	return true;
}

static bool run_turn(struct run *run, GError **error)
{
	unsigned int workers = run->pool->workers;

	for (unsigned int i = 0; i < workers; i++)
		run->polls[i] = (struct pollfd){ .fd = run->workers[i].from, .events = POLLIN };
	if (run->next || run->done)
		poll(run->polls, workers, 500);
	if (interrupted) {
		fail(error, EXIT_TOOL, "interrupted; the database is as it was");
		return false;
	}
	for (unsigned int i = 0; i < workers; i++)
		if (!worker_turn(run, &run->workers[i], run->polls[i].revents, error))
			return false;
	progress(run->pool->label, run->done, run->count);
	return true;
}

static void signals_watch(struct sigaction old[3])
{
	struct sigaction action = { .sa_handler = on_signal };
	struct sigaction ignore = { .sa_handler = SIG_IGN };

	interrupted = 0;
	sigaction(SIGINT, &action, &old[0]);
	sigaction(SIGTERM, &action, &old[1]);
	sigaction(SIGPIPE, &ignore, &old[2]);
}

static void signals_restore(struct sigaction old[3])
{
	sigaction(SIGINT, &old[0], NULL);
	sigaction(SIGTERM, &old[1], NULL);
	sigaction(SIGPIPE, &old[2], NULL);
}

GPtrArray *pool_run(const struct pool *pool, size_t count, enum pool_outcome *outcome,
		    GError **error)
{
	struct run run = {
		.pool = pool, .count = count, .outcome = outcome,
		.workers = g_new0(struct worker, pool->workers),
		.polls = g_new0(struct pollfd, pool->workers),
		.texts = g_ptr_array_new_with_free_func(g_free),
	};
	struct sigaction old[3];
	bool fine = true;

	g_ptr_array_set_size(run.texts, count);
	memset(outcome, 0, count * sizeof(*outcome));
	signals_watch(old);
	for (unsigned int i = 0; fine && i < pool->workers; i++)
		fine = worker_start(pool, &run.workers[i], error);
	while (fine && run.done < count)
		fine = run_turn(&run, error);
	progress_end();
	for (unsigned int i = 0; i < pool->workers; i++)
		worker_stop(&run.workers[i]);
	signals_restore(old);
	g_free(run.workers);
	g_free(run.polls);
	if (fine)
		return run.texts;
	g_ptr_array_free(run.texts, TRUE);
	return NULL;
}
