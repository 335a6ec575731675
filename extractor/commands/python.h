/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_COMMANDS_PYTHON_H
#define GUPCONV_COMMANDS_PYTHON_H

/*
 * Becomes "python3 -m gupconv_reports.MODULE" with the arguments after the
 * command's own name. Returns only when that fails, with the exit code.
 */
int python_become(const char *module, char **argv);

#endif
