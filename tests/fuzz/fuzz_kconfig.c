// SPDX-License-Identifier: GPL-2.0-only
#include <stddef.h>
#include <stdint.h>

#include "kbuild/kconfig.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct kconfig *k = kconfig_new(NULL);

	kconfig_parse(k, "drivers/Kconfig", (const char *)data, size);
	g_free(kconfig_arch(k, "A"));
	g_free(kconfig_arch(k, "TEE"));
	kconfig_free(k);
	return 0;
}
