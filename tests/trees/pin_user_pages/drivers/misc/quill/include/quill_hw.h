/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _QUILL_HW_H
#define _QUILL_HW_H

#define QUILL_REG_ADDR	0x10
#define QUILL_REG_LEN	0x14
#define QUILL_REG_GO	0x18

#define QUILL_MAX_PAGES	64

#endif
