struct tls_msg {
	struct strp_msg rxm;
	u8 control;
};

static inline struct tls_msg *tls_msg(struct sk_buff *skb)
{
	return (struct tls_msg *)strp_msg(skb);
}
