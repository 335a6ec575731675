/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_FRONTEND_RENAMED_CALL_H
#define GUPCONV_FRONTEND_RENAMED_CALL_H

#include "frontend/tu_walk.h"

/*
 * A compatibility header of a module may give a name of table api to a function of the module's
 * own: "#define unpin_user_pages my_put_pages". The call that the text has there is no site: the
 * releases in that function are. Notes it as a function of the same name.
 */
void renamed_call_note(struct unit *unit, CXCursor call, CXCursor function);

#endif
