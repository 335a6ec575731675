@@
expression page;
symbol dio;
@@
- put_page(page)
+ dio_put_page(dio, page)

@@
expression page;
symbol dio;
@@
- get_page(page)
+ dio_dup_page(dio, page)

@@
symbol sdio;
@@
- dio_bio_add_page(struct dio_submit *sdio)
+ dio_bio_add_page(struct dio *dio, struct dio_submit *sdio)
{ ... }

@@
symbol dio, sdio;
@@
- dio_bio_add_page(sdio)
+ dio_bio_add_page(dio, sdio)
