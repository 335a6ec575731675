/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_DECIDE_ERA_RULES_H
#define GUPCONV_DECIDE_ERA_RULES_H

#include "decide/decision.h"

/* The ways to decide, one file each; an era's traits tell which way it goes. */

/* Eras without pins: each release by itself, unless its acquire keeps it back. */
void decide_releases(const struct deciding *d);
/* Eras with pins: acquires and releases of a group change together or not at all. */
void decide_pin_groups(const struct deciding *d);
/*
 * Eras with pins, behind the groups: releases that are not understood, but of which it does not
 * matter. Where all acquires whose pages come to one, or may come unseen, stay as they are, it
 * drops an ordinary reference, whatever else comes; and what is for pins alone is right where
 * those acquires are pins.
 */
void decide_lone_releases(const struct deciding *d);

/* -- shared by them -- */

/* Sets a site that is decided by what it is, whatever its links are; true when it was. */
bool decide_alone(const struct deciding *d, struct decision *site);
/* Sets a site of which a pair is no link; true when it cannot be more than mixed or unknown. */
bool decide_by_pairs(const struct deciding *d, struct decision *site);
/* The state of a site with a pair of this kind, which is no LINK_LINK. */
enum state state_of_link(enum link_kind kind);
/* A release that is right for acquired pages alone. */
bool is_user_release(const struct call_info *call);
guint pairs_of_kind(const struct decision *site, enum link_kind kind);
/* The callee's target in this era, "" for none. */
const char *target_of(const struct deciding *d, const char *callee);
/* The tree's own headers declare it, or the series may bring it (eras without pins). */
bool is_offered(const struct deciding *d, const char *target);
const char *path_of(const struct deciding *d, const struct call_info *call);

#endif
