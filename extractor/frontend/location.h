/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_FRONTEND_LOCATION_H
#define GUPCONV_FRONTEND_LOCATION_H

#include "frontend/tu_walk.h"

#define PLACES_MAX 4

/**
 * struct places - where the pages of an expression are kept
 * @number: place numbers; several for a conditional expression
 * @count: how many
 * @depth: 0: carries no pages; 1: one page (struct page *, struct folio *, a pfn made
 *	of one); 2: an array or a container of pages
 */
struct places {
	int number[PLACES_MAX];
	int count;
	int depth;
};

/*
 * Names the places, for flows. On the way, records which variables have numbers of pages
 * (pfn_taint.h), and which objects the members that it comes by are of (pt_constraints.h).
 */
struct places places_of(struct unit *unit, CXCursor expression);
/* Whether places_of() would have a depth. Changes nothing, however often it is called. */
bool carries_pages(struct unit *unit, CXCursor expression);

/* As struct places.depth, of a type. */
int type_depth(struct unit *unit, CXType type);

int place_of_param(struct unit *unit, CXCursor function, unsigned int index);
int place_of_return(struct unit *unit, CXCursor function);
/* The result of a macro with the name of an API function, used where it has that type. */
int place_of_macro(struct unit *unit, const char *name, CXType type);
int place_of_result(struct unit *unit, CXCursor call);
int place_of_decl(struct unit *unit, CXCursor decl);
/*
 * A call through a pointer (a field, variable or parameter) is one of a function
 * that has the pointer's name behind a '*': its parameter, or its result (-1).
 */
int place_behind_pointer(struct unit *unit, CXCursor pointer, int index);
/* The function as a value: "&name". */
int place_of_function(struct unit *unit, CXCursor function);

/* Absolute path of a file; of one with the bodies of a header, the header's. Caller frees. */
char *path_of_file(CXFile file);
/* Relative path of the file of a declaration, wanted or not; caller frees. */
char *declaring_file(struct unit *unit, CXCursor cursor);
/* Caller frees. */
char *cursor_name(CXCursor cursor);
/* The children of a cursor. */
GArray *cursor_children(CXCursor cursor);
/* false where there is none. */
bool cursor_child(CXCursor cursor, unsigned int index, CXCursor *child);
bool cursor_last_child(CXCursor cursor, CXCursor *child);
/*
 * The name of the struct that a field is of: an anonymous struct or union inside has that of the
 * one around it. Caller frees.
 */
char *record_of_field(CXCursor field);
/* A struct that holds many pages, by its kernel-wide name. */
bool record_is_container(struct unit *unit, const char *record);
/* The details (KNOWN()) of a struct of kind container; 0 for any other. */
unsigned int record_details(struct unit *unit, const char *record);
/* The DeclRefExpr that names a call's callee; a null cursor for a call through a pointer. */
CXCursor call_callee_ref(CXCursor call);
/* The tree's own: static in a file that is not one of the API's headers. */
bool function_is_homonym(struct unit *unit, CXCursor function);
/*
 * A definition that does nothing with what it is given, as a header has in the place of a function
 * of another configuration. It proves nothing, and so stays out of sight in a header that is read
 * for its bodies.
 */
bool function_is_stub(CXCursor function);
/* Index of the parameter with a role, by the prototype's parameter names; -1 for none. */
int call_role_index(struct unit *unit, CXCursor function, enum param_role role);

#endif
