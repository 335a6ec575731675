#define BIO_GUP_PAGES	12	/* pages are released by put_user_page() */
