	BIO_GUP_PAGES,		/* pages are released by put_user_page() */
