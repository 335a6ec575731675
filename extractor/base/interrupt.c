// SPDX-License-Identifier: GPL-2.0-only
#include <signal.h>
#include <stddef.h>

#include "base/interrupt.h"

static const int ends[] = { SIGINT, SIGTERM, SIGHUP };

/* An ignored signal (a job in the background, nohup) ends nothing: blocked, it would wait. */
static bool is_ignored(int signal)
{
	struct sigaction action;

	return !sigaction(signal, NULL, &action) && action.sa_handler == SIG_IGN;
}

static sigset_t held_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (!is_ignored(ends[i]))
			sigaddset(&set, ends[i]);
	return set;
}

void interrupt_hold(void)
{
	sigset_t set = held_signals();

	sigprocmask(SIG_BLOCK, &set, NULL);
}

bool interrupted(void)
{
	sigset_t pending;

	sigpending(&pending);
	return sigismember(&pending, SIGINT) || sigismember(&pending, SIGTERM) ||
	       sigismember(&pending, SIGHUP);
}

void interrupt_release(void)
{
	sigset_t set = held_signals();

	sigprocmask(SIG_UNBLOCK, &set, NULL);
}
