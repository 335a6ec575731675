/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_PIPELINE_LINK_H
#define GUPCONV_PIPELINE_LINK_H

#include "db/db.h"

/*
 * Fills link, link_step, decision and finding from place, flow and call, in
 * one transaction of its own.
 */
bool link_stage(struct db *db, GError **error);

#endif
