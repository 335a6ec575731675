// SPDX-License-Identifier: GPL-2.0-only
/*
 * Users of iov_iter_extract_pages() that a guest reaches by itself: data is compared, and the
 * pins that the kernel counts have to meet afterwards.
 */
#include <arpa/inet.h>
#include <linux/tls.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "init.h"

#ifndef SOL_TLS
#define SOL_TLS 282
#endif
#define RECORD (16 << 10)	/* the most that one record of TLS holds */
#define RECORDS 24

void fill_words(void *buf, size_t size, uint64_t from)
{
	uint64_t *words = buf;

	for (size_t i = 0; i < size / 8; i++)
		words[i] = pattern(from + i * 8);
}

bool are_words(const void *buf, size_t size, uint64_t from)
{
	for (size_t i = 0; i < size / 8; i++) {
		uint64_t word, want = pattern(from + i * 8);

		memcpy(&word, (const char *)buf + i * 8, 8);
		if (word != want) {
			diag("at %zu: %#llx, not %#llx", i * 8, (unsigned long long)word,
			     (unsigned long long)want);
			return false;
		}
	}
	return true;
}

static void loopback_up(void)
{
	struct ifreq ifr = { .ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	CHECK(fd >= 0 && ioctl(fd, SIOCSIFFLAGS, &ifr) == 0);
	close(fd);
}

/* Two ends of a TCP connection. */
static bool connect_both(int ends[2])
{
	struct sockaddr_in addr = { .sin_family = AF_INET,
				    .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof(addr);
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool done;

	ends[0] = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	done = bind(listener, (void *)&addr, size) == 0 && listen(listener, 1) == 0 &&
	       getsockname(listener, (void *)&addr, &size) == 0 &&
	       connect(ends[0], (void *)&addr, size) == 0;
	ends[1] = done ? accept(listener, NULL, NULL) : -1;
	close(listener);
	return ends[1] >= 0;
}

static bool use_tls(int fd, int way, int key)
{
	struct tls12_crypto_info_aes_gcm_128 info = {
		.info = { TLS_1_2_VERSION, TLS_CIPHER_AES_GCM_128 },
		.iv = "abcdefg", .salt = "xyz",
	};

	memset(info.key, key, sizeof(info.key));
	return setsockopt(fd, SOL_TCP, TCP_ULP, "tls", 4) == 0 &&
	       setsockopt(fd, SOL_TLS, way, &info, sizeof(info)) == 0;
}

/* Writes records until the end of them, or of the connection. */
static int sender(int fd)
{
	char *buf = malloc(RECORD);
	int i;

	for (i = 0; i < RECORDS; i++) {
		fill_words(buf, RECORD, (uint64_t)i * RECORD);
		if (send(fd, buf, RECORD, MSG_NOSIGNAL) != RECORD)
			break;
	}
	return i;
}

/*
 * Records are decrypted into the reader's pages, which begin within a page. With another key at
 * the other end they are not, and the pages are given back on the way of the error.
 */
static bool tls_once(int key)
{
	char *buf = map((RECORDS * RECORD) + PAGE, MAP_PRIVATE | MAP_ANONYMOUS, -1) + 264;
	size_t got = 0, size = RECORDS * RECORD;
	int ends[2];
	ssize_t n;
	pid_t pid;

	CHECK(connect_both(ends));
	if (!use_tls(ends[0], TLS_TX, 1) || !use_tls(ends[1], TLS_RX, key))
		return false;
	pid = fork();
	if (pid == 0)
		_exit(sender(ends[0]) == RECORDS ? 0 : 1);
	close(ends[0]);
	while (got < size && (n = recv(ends[1], buf + got, size - got, 0)) > 0)
		got += n;
	if (key == 1)
		CHECK(got == size && are_words(buf, size, 0));
	else
		CHECK(got == 0 && n < 0 && errno == EBADMSG);
	close(ends[1]);
	waitpid(pid, NULL, 0);
	munmap(buf - 264, (RECORDS * RECORD) + PAGE);
	return true;
}

static bool test_tls(void)
{
	return tls_once(1) && tls_once(2);
}

static void expect_released(const char *what, long before)
{
	long got = read_vmstat("nr_foll_pin_acquired");
	long put = read_vmstat("nr_foll_pin_released");

	diag("%s: %ld pins", what, got - before);
	CHECK(got == put && got > before);
}

enum verdict scenario_iterators(void)
{
	static const struct {
		const char *name;
		bool (*run)(void);
	} tests[] = {
		{ "tls", test_tls }, { "nfs", test_nfs },
	};
	size_t i;

	if (read_vmstat("nr_foll_pin_acquired") < 0)
		return SKIP;
	loopback_up();
	for (i = 0; i < sizeof(tests) / sizeof(tests[0]); i++) {
		long before = read_vmstat("nr_foll_pin_acquired");
		int failed = failures;
		bool ran = tests[i].run();

		if (ran)
			expect_released(tests[i].name, before);
		diag("  %sok %zu %s%s", failures > failed ? "not " : "", i + 1,
		     tests[i].name, ran ? "" : " # SKIP");
	}
	return failures ? FAIL : PASS;
}
