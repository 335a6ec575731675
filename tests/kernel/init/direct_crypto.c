// SPDX-License-Identifier: GPL-2.0-only
/* Sockets of the kernel's crypto API, and requests that a user makes himself. */
#define _GNU_SOURCE
#include <linux/if_alg.h>
#include <scsi/sg.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "direct.h"
#include "init.h"

#define BYTES (15 * PAGE)
#define SECTORS 24

static int algorithm(const char *type, const char *name, const char *key)
{
	struct sockaddr_alg sa = { .salg_family = AF_ALG };
	int fd = socket(AF_ALG, SOCK_SEQPACKET | SOCK_CLOEXEC, 0), op;

	strcpy((char *)sa.salg_type, type);
	strcpy((char *)sa.salg_name, name);
	if (fd < 0 || bind(fd, (struct sockaddr *)&sa, sizeof(sa))) {
		close(fd);
		return -1;
	}
	if (key)
		CHECK(setsockopt(fd, SOL_ALG, ALG_SET_KEY, key, 16) == 0);
	op = accept4(fd, NULL, NULL, SOCK_CLOEXEC);
	close(fd);
	return op;
}

/* The hash reads the sender's pages, sixteen at a time. */
static void hash_of(int op, const char *data, size_t bytes, size_t step, unsigned char *hash)
{
	size_t at;

	for (at = 0; at < bytes; at += step)
		CHECK(send(op, data + at, step < bytes - at ? step : bytes - at, MSG_MORE) > 0);
	CHECK(recv(op, hash, 32, 0) == 32);
}

/* One direction of a cipher; the result is written to pages of the receiver. */
static void cipher(int op, int direction, struct iovec *in, struct iovec *out, int nr)
{
	char control[CMSG_SPACE(4) + CMSG_SPACE(4 + 16)] = { 0 };
	struct msghdr msg = { .msg_control = control, .msg_controllen = sizeof(control),
			      .msg_iov = in, .msg_iovlen = 1 };
	struct msghdr to = { .msg_iov = out, .msg_iovlen = nr };
	struct cmsghdr *c = CMSG_FIRSTHDR(&msg);

	c->cmsg_level = SOL_ALG;
	c->cmsg_type = ALG_SET_OP;
	c->cmsg_len = CMSG_LEN(4);
	memcpy(CMSG_DATA(c), &direction, 4);
	c = CMSG_NXTHDR(&msg, c);
	c->cmsg_level = SOL_ALG;
	c->cmsg_type = ALG_SET_IV;
	c->cmsg_len = CMSG_LEN(4 + 16);
	((struct af_alg_iv *)CMSG_DATA(c))->ivlen = 16;
	CHECK(sendmsg(op, &msg, 0) == (ssize_t)in->iov_len);
	CHECK(recvmsg(op, &to, 0) == (ssize_t)in->iov_len);
}

bool test_crypto(void)
{
	static const unsigned char abc[] = { 0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea };
	int hash = algorithm("hash", "sha256", NULL);
	int aes = algorithm("skcipher", "cbc(aes)", "0123456789abcdef");
	char *data = direct_memory(BYTES), *p = direct_memory(BYTES), *q = direct_memory(BYTES);
	struct iovec in = { data + 100, 12 * PAGE }, odd = { q + 32, 12 * PAGE };
	struct iovec out[] = { { p, 16 }, { p + 16, PAGE }, { p + 16 + PAGE, 11 * PAGE - 16 } };
	unsigned char one[32], many[32];

	if (hash < 0 || aes < 0)
		return false;
	direct_fill(data, BYTES, 3);
	hash_of(hash, "abc", 3, 3, one);
	CHECK(!memcmp(one, abc, sizeof(abc)));
	hash_of(hash, data + 700, 13 * PAGE, 13 * PAGE, one);
	hash_of(hash, data + 700, 13 * PAGE, 4000, many);
	CHECK(!memcmp(one, many, 32));
	cipher(aes, ALG_OP_ENCRYPT, &in, out, 3);
	CHECK(memcmp(p, data + 100, 64));
	in.iov_base = p;
	cipher(aes, ALG_OP_DECRYPT, &in, &odd, 1);
	CHECK(!memcmp(q + 32, data + 100, 12 * PAGE));
	/* A request without a receiver, and memory that cannot be written. */
	in.iov_base = data;
	CHECK(send(hash, data, 5000, MSG_MORE) == 5000);
	CHECK(send(aes, data, 64, 0) < 0 || recv(aes, (void *)PAGE, 64, 0) < 0);
	close(hash);
	close(aes);
	munmap(data, BYTES);
	munmap(p, BYTES);
	munmap(q, BYTES);
	return true;
}

/* READ(10) or WRITE(10) of the first sectors, to or from a user's segments. */
static int request(int fd, int opcode, struct iovec *iov, int nr)
{
	unsigned char cdb[10] = { opcode, [8] = SECTORS }, sense[32];
	sg_io_hdr_t io = { .interface_id = 'S', .cmd_len = sizeof(cdb), .cmdp = cdb,
			   .iovec_count = nr, .dxferp = iov, .dxfer_len = SECTORS * 512,
			   .mx_sb_len = sizeof(sense), .sbp = sense, .timeout = 20000 };

	io.dxfer_direction = opcode == 0x2a ? SG_DXFER_TO_DEV : SG_DXFER_FROM_DEV;
	return ioctl(fd, SG_IO, &io) || io.status;
}

/*
 * Two segments of one page make one vector of the bio, for which the page is obtained twice. They
 * are larger than what is mapped without an array of its own.
 */
bool test_requests(void)
{
	int fd = open("/dev/sda", O_RDWR | O_CLOEXEC), i;
	char *p = direct_memory(64 * PAGE), *q = direct_memory(8 * PAGE);
	struct iovec whole = { q, SECTORS * 512 }, iov[SECTORS];

	if (fd < 0)
		return false;
	direct_fill(p, 64 * PAGE, 5);
	for (i = 0; i < SECTORS; i++)
		iov[i] = (struct iovec){ p + i / 8 * PAGE + i % 8 * 512, 512 };
	CHECK(request(fd, 0x2a, iov, SECTORS) == 0);
	CHECK(request(fd, 0x28, &whole, 1) == 0);
	CHECK(!memcmp(p, q, SECTORS * 512));
	/* A page for each. */
	for (i = 0; i < SECTORS; i++)
		iov[i] = (struct iovec){ p + (2 * i + 1) * PAGE, 512 };
	CHECK(request(fd, 0x28, iov, SECTORS) == 0);
	for (i = 0; i < SECTORS; i++)
		CHECK(!memcmp(q + i * 512, iov[i].iov_base, 512));
	iov[3].iov_base = (void *)PAGE;
	CHECK(request(fd, 0x28, iov, SECTORS) != 0);
	munmap(p, 64 * PAGE);
	munmap(q, 8 * PAGE);
	close(fd);
	return true;
}
