/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_MODEL_KNOWLEDGE_KIND_H
#define GUPCONV_MODEL_KNOWLEDGE_KIND_H

#include "model/words.h"

/* knowledge.kind: what a row is about. The order is that of the CHECK in db/schema.sql. */
#define KNOWLEDGE_KINDS(X) \
	X(KNOW_ALLOC, "alloc")		/* makes memory or an object */ \
	X(KNOW_FREE, "free")		/* frees its argument */ \
	X(KNOW_REF, "ref")		/* takes a reference of a page */ \
	X(KNOW_UNREF, "unref")		/* lowers a page's count, whatever frees it then */ \
	X(KNOW_DOWNGRADE, "downgrade")	/* drops a pin, leaves an ordinary reference */ \
	X(KNOW_PRINT, "print")		/* only reads what it is given */ \
	X(KNOW_IN_PLACE, "in-place")	/* keeps nothing but in the member it is given */ \
	X(KNOW_BORROW, "borrow")	/* keeps no page that it is given, but where its row says */ \
	X(KNOW_DROPS, "drops")		/* releases the pages that its argument holds */ \
	X(KNOW_INSERT, "insert")	/* makes an object part of a table or list of others */ \
	X(KNOW_REMOVE, "remove")	/* takes it out again */ \
	X(KNOW_COPY, "copy")		/* copies memory */ \
	X(KNOW_WRITES, "writes")	/* writes to the memory behind its argument */ \
	X(KNOW_HEAD, "head")		/* the first of the pages that belong together */ \
	X(KNOW_ADDRESS, "address")	/* an address that the page is found again by */ \
	X(KNOW_DIRTIES, "dirties")	/* a release that dirties the pages, too */ \
	X(KNOW_PAGE_ALLOC, "page-alloc") /* allocates pages */ \
	X(KNOW_RESULT, "result")	/* returns a number */ \
	X(KNOW_ERROR, "error")		/* makes, reads or tests error pointers */ \
	X(KNOW_NORETURN, "noreturn")	/* does not return */ \
	X(KNOW_LOCK, "lock")		/* bounds a section in which nothing may sleep */ \
	X(KNOW_PAGE_LOCK, "page-lock")	/* takes or drops the lock of a page */ \
	X(KNOW_SLEEPER, "sleeper")	/* stands in code that may sleep */ \
	X(KNOW_HANDLER, "handler")	/* its argument is called where nothing may sleep */ \
	X(KNOW_SLOT, "slot")		/* a member that holds a function */ \
	X(KNOW_CONTAINER, "container")	/* a struct that stands for pages */ \
	X(KNOW_GLOBAL, "global")	/* a variable that stands for pages */ \
	X(KNOW_SPELLING, "spelling")	/* text that a macro puts around a name */ \
	X(KNOW_LOCKED_MEMORY, "locked-memory") /* counts pages as locked by their user */ \
	X(KNOW_REQUEST, "request")	/* is of one request to a device, until it is completed */ \
	X(KNOW_COMMAND, "command")	/* is of one command of the user's */ \
	X(KNOW_CALLS_BACK, "calls-back") /* calls a function of its arguments before it returns */ \
	X(KNOW_LOOKUP, "lookup")	/* makes an object found by a key */ \
	X(KNOW_OPENS, "opens")		/* makes a file of the user's, which keeps an object */ \
	X(KNOW_PATH, "path")		/* files of the kernel */ \
	X(KNOW_LIST, "list")		/* a member of a page that lists of it are kept by */ \
	X(KNOW_TYPE, "type")		/* a type whose memory is of one use */ \
	X(KNOW_FROM_ITER, "from-iter")	/* copies from its iterator, which is a source then */ \
	X(KNOW_KERNEL_ITER, "kernel-iter") /* a member that holds iterators over kernel memory */ \
	X(KNOW_ORDINARY, "ordinary")	/* a struct whose pages are ordinary references, only read */ \
	X(KNOW_NEW_MM, "new-mm")	/* a member with the mm of a program that has not begun */ \
	X(KNOW_TAKES_OVER, "takes-over") /* keeps the page it is given, and drops its reference later */

enum knowledge_kind { KNOWLEDGE_KINDS(WORDS_NAME) KNOW_KINDS };

WORDS_DECLARE(knowledge_kind);

/* The words of knowledge.detail; db/schema.sql has the meaning of each for its kind. */
#define KNOWN_DETAILS(X) \
	X(KNOWN_DETAIL_NOT, "not") \
	X(KNOWN_DETAIL_ZEROED, "zeroed") \
	X(KNOWN_DETAIL_OR_NULL, "null") \
	X(KNOWN_DETAIL_ERROR, "error") \
	X(KNOWN_DETAIL_COUNT, "count") \
	X(KNOWN_DETAIL_MAKE, "make") \
	X(KNOWN_DETAIL_NUMBER, "number") \
	X(KNOWN_DETAIL_TEST, "test") \
	X(KNOWN_DETAIL_ENTER, "enter") \
	X(KNOWN_DETAIL_LEAVE, "leave") \
	X(KNOWN_DETAIL_TRY, "try") \
	X(KNOWN_DETAIL_WEAK, "weak") \
	X(KNOWN_DETAIL_ATOMIC, "atomic") \
	X(KNOWN_DETAIL_PROCESS, "process") \
	X(KNOWN_DETAIL_ONE, "one") \
	X(KNOWN_DETAIL_MANY, "many") \
	X(KNOWN_DETAIL_ARRAY, "array") \
	X(KNOWN_DETAIL_SHARED, "shared") \
	X(KNOWN_DETAIL_COMPLETED, "completed") \
	X(KNOWN_DETAIL_ITER, "iter") \
	X(KNOWN_DETAIL_MEMMAP, "memmap") \
	X(KNOWN_DETAIL_ZERO, "zero") \
	X(KNOWN_DETAIL_CORE, "core") \
	X(KNOWN_DETAIL_MM, "mm") \
	X(KNOWN_DETAIL_PUBLIC, "public") \
	X(KNOWN_DETAIL_ARCH, "arch") \
	X(KNOWN_DETAIL_HEADERS, "headers") \
	X(KNOWN_DETAIL_WARNING, "warning") \
	X(KNOWN_DETAIL_CACHE, "cache") \
	X(KNOWN_DETAIL_GIVEN, "given") \
	X(KNOWN_DETAIL_FAMILY, "family") \
	X(KNOWN_DETAIL_TABLE, "table")

enum known_detail { KNOWN_DETAILS(WORDS_NAME) };

WORDS_DECLARE(known_detail);

/* Sets of them. */
#define KNOWN(name) (1u << KNOWN_DETAIL_##name)

#endif
