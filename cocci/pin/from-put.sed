# SPDX-License-Identifier: GPL-2.0-only
# A rule of cocci/ for arrays that put_page() gives back, as a rule for trees from v5.6 on: there
# pin_user_pages*() gives what unpin_user_page() takes back, one by one or as an array.
s/put_user_page/unpin_user_page/g
s/\bput_page\b/unpin_user_page/g
/^identifier get =~ /s/"[^"]*"/"^(__)?pin_user_pages|^iov_iter_extract_pages$"/
s/get_user_pages\*/pin_user_pages*/g
s/"unpin_user_page(" in open/"unpin_user_page(" not in open/
/^\/\/ A tree that has .*is going to/s|.*|// Is it a tree that has unpin_user_page()?|
/^\/\/ Comments: /d
