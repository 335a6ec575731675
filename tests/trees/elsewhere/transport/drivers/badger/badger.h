/* SPDX-License-Identifier: GPL-2.0 */
struct badger_mr {
	struct device *dev;
	struct scatterlist *sg;
	unsigned int sg_len;
};

struct badger_transport {
	void *(*get_mr)(struct scatterlist *sg, unsigned long nents);
	void (*free_mr)(void *trans_private);
};

struct badger {
	const struct badger_transport *transport;
	void *trans_private;
};

extern const struct badger_transport badger_sett;
