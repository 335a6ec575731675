struct tls_msg {
	struct strp_msg rxm;
	u8 control;
};
