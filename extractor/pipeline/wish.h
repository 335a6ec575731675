/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_PIPELINE_WISH_H
#define GUPCONV_PIPELINE_WISH_H

#include "link/page_source.h"

/**
 * enum wish_use - how a file has to use a word
 * @USE_MEMBER: x->word, x.word
 * @USE_SET: x->word = f, .word = f
 * @USE_MEMBER_CALL: x->word(...)
 * @USE_CALL: word(...), which hands pages out
 * @USE_RELEASE: word(...), which releases what it is given: acquired pages, as is seen
 * @USE_MATE: word(...), which releases what it is given, whatever that is
 * @USE_PACK: word(...), which acquires, and returns a container of its own (a bio)
 * @USE_UNPACK: word(...), which releases the pages of a container that it is given
 * @USE_KEEP: word(...) { ... }, which may keep an array in an object that it is released from
 * @USE_BODY: word(...) { ... }
 * @USE_CORE: the same in a file of mm/, where an acquire's own function there gives it the pages
 * @USE_HEADER: the same in @header, of an inline function that may keep the pages
 * @USE_DROP: the same of one that is given an object, and may release pages of it
 */
enum wish_use {
	USE_MEMBER, USE_SET, USE_MEMBER_CALL, USE_CALL, USE_RELEASE, USE_MATE, USE_PACK,
	USE_UNPACK, USE_KEEP, USE_BODY, USE_CORE, USE_HEADER, USE_DROP
};

/**
 * struct wish - a word whose users are wanted, since acquired pages go there
 * @tag: of the struct that the member is of, else ""
 * @header: that declares the struct, "" where that is no matter
 * @dir: the one directory that the users are in, or NULL for any
 * @from: the directory that the pages come from
 * @hands_on: a function of that directory may hand them on, without a release
 * @users: of char *, for discover.c
 * @everywhere: files that may use it at all
 */
struct wish {
	char *word;
	char *tag;
	char *header;
	char *dir;
	char *from;
	enum wish_use use;
	bool hands_on;
	GPtrArray *users;
	guint everywhere;
};

/* Without any text yet. */
struct wish *wish_new(void);
/* An empty list of struct wish *, which frees them. */
GPtrArray *wish_list_new(void);

/* Of struct wish *, each once, in the order of the feeds. */
GPtrArray *wishes_of(const struct graph *graph, const GPtrArray *feeds);

/* true when the text uses the word like this */
bool wish_text_uses(const struct wish *wish, const char *text, size_t size);

#endif
