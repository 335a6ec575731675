// SPDX-License-Identifier: GPL-2.0-only
#include "base/ctype_word.h"

const unsigned char text_word_class[256] = {
	['a' ... 'z'] = 1, ['A' ... 'Z'] = 1, ['_'] = 1, ['$'] = 1, [0x80 ... 0xff] = 1,
	['0' ... '9'] = 2,
};
