// SPDX-License-Identifier: GPL-2.0-only
static int hash_sendmsg(struct hash_ctx *ctx, struct msghdr *msg)
{
	int err = 0;

	while (!err && msg_data_left(msg)) {
		err = crypto_wait_req(crypto_ahash_update(&ctx->req),
				      &ctx->wait);
		af_alg_free_sg(&ctx->sgl);
	}
	return err;
}
