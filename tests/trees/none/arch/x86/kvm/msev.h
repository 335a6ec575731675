/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MSEV_H
#define _MSEV_H

int msev_launch_update(unsigned long uaddr, unsigned long ulen);
int msev_firmware(int cmd, unsigned long pfn);
int msev_dbg_crypt(unsigned long src, unsigned long dst, unsigned long len);

#endif
