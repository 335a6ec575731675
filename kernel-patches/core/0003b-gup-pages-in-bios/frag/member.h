#ifdef CONFIG_GUP_PIN_TRACKING
	bool			bi_gup_pages;	/* released by put_user_page() */
#endif
