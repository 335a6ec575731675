@@
identifier ibmr, page;
@@
__rds_ib_teardown_mr(struct rds_ib_mr *ibmr)
{
	<+...
-	put_page(page);
+	put_user_page(page);
	...+>
}
