@@
expression e;
symbol dio;
@@
- put_page(e)
+ dio_put_page(dio, e)

@@
symbol dio, sdio;
@@
(
- get_page(sdio->cur_page)
+ dio_dup_page(dio, sdio->cur_page)
)

@@
symbol dio, sdio, page;
@@
submit_page_section(...)
{
	<...
-	get_page(page)
+	dio_dup_page(dio, page)
	...>
}

@@
symbol dio, sdio;
@@
- dio_bio_add_page(struct dio_submit *sdio)
+ dio_bio_add_page(struct dio *dio, struct dio_submit *sdio)
{ ... }

@@
symbol dio, sdio;
@@
dio_send_cur_page(...)
{
	<...
-	dio_bio_add_page(sdio)
+	dio_bio_add_page(dio, sdio)
	...>
}

@@
symbol dio, bio;
@@
dio_bio_alloc(...)
{
	...
	bio = bio_alloc(...);
+	if (dio_user_pages(dio))
+		bio_set_gup_pages(bio);
	...
}

@@
symbol dio, iter;
expression e;
@@
	dio->should_dirty = e;
+	dio_set_user_pages(dio, iter);
