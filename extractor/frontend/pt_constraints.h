/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_FRONTEND_PT_CONSTRAINTS_H
#define GUPCONV_FRONTEND_PT_CONSTRAINTS_H

#include "frontend/location.h"

/*
 * Objects that keep pages: where they are made, which variables point to them,
 * of which of them a member is, and which functions they are given to be called
 * back. By it dataflow/heap_clone.h splits a struct per allocation site.
 *
 * A place stands for the objects that it points to, and for the object around
 * what it points to: so a parameter of type struct work_struct * has those whose
 * member is that work. Two places are more than that: "new@path:line:column",
 * an object made there, and "any", whatever there is.
 */

#define SOURCES_MAX 4

/**
 * struct sources - the places that an object may be taken from
 * @count: 0 for NULL and error pointers
 */
struct sources {
	int number[SOURCES_MAX];
	int count;
};

/* A struct with a member that keeps pages, or a pointer to one. */
bool type_keeps_pages(struct unit *unit, CXType type);
/* The same for a struct of the whole kernel's as well. */
bool type_has_pages(struct unit *unit, CXType type);
/* A struct that stands for the pages in it: a bio, a fragment of an skb. */
bool type_is_container(struct unit *unit, CXType type);
/* The record behind a type, or behind one pointer; a null cursor for none. */
CXCursor type_record(CXType type);

/* The source of a pointer, or of a pointer within an object. */
struct sources sources_of(struct unit *unit, CXCursor expression);
/* The object that a member expression is of. */
struct sources sources_of_base(struct unit *unit, CXCursor member);
int place_of_any(struct unit *unit);
/* An object that is made at a cursor. */
int place_of_new(struct unit *unit, CXCursor at);
/* A variable that stands for objects. */
bool is_object_variable(struct unit *unit, CXCursor decl);

void pt_constraint_assign(struct unit *unit, CXCursor assign);
void pt_constraint_variable(struct unit *unit, CXCursor variable);
void pt_constraint_return(struct unit *unit, CXCursor statement);
/* The call's arguments; function: the callee, or what a call through a pointer names. */
void pt_constraint_call(struct unit *unit, CXCursor call, CXCursor function);
/* &pointer: code that has it may set it. */
void pt_constraint_address(struct unit *unit, CXCursor operator);
/* expression, a member of an object, is where pages are kept. */
void pt_constraint_member(struct unit *unit, CXCursor expression, int place);

/* A function's name, or what else may hold a function, is left in a member of an object. */
void fnptr_callback_store(struct unit *unit, CXCursor member, CXCursor value, unsigned int line);
/* The same in a variable. */
void fnptr_callback_variable(struct unit *unit, CXCursor decl, CXCursor value, unsigned int line);
/* Functions among the arguments of a call, and the objects beside them. */
void fnptr_callback_arguments(struct unit *unit, CXCursor call, CXCursor function,
			      unsigned int line);
/* A table of functions is left in a member of an object. */
void fnptr_callback_table(struct unit *unit, CXCursor member, CXCursor value, unsigned int line);
/*
 * The name of a function, or of a table of them, anywhere: unless seen before, anybody
 * may call it for anything. table: that it stands in, or a null cursor.
 */
void fnptr_callback_reference(struct unit *unit, CXCursor ref, CXCursor table);
/* This name of a function is understood. */
void fnptr_callback_understood(struct unit *unit, CXCursor ref);
bool type_is_function_pointer(CXType type);

void pt_constraint_flow(struct unit *unit, int dst, const struct sources *src,
			enum object_kind kind, unsigned int line);

#endif
