// SPDX-License-Identifier: GPL-2.0-only
#include <stddef.h>
#include <stdint.h>

#include "kbuild/maintainers.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct maintainers *m = maintainers_parse((const char *)data, size);

	maintainers_owner(m, "drivers/tee/tee_shm.c");
	maintainers_owner(m, "");
	maintainers_owner_of_text(m, "Makefile", "text", 4);
	maintainers_free(m);
	return 0;
}
