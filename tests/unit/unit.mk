# SPDX-License-Identifier: GPL-2.0-only
# Unit tests: tests/unit/test_*.c, each a cmocka program. Part of the top Makefile.
UNIT := $(patsubst tests/unit/%.c,$(B)/unit/%,$(wildcard tests/unit/test_*.c))

.PHONY: unit
unit: $(UNIT)
	$(Q)for test in $(UNIT); do CMOCKA_MESSAGE_OUTPUT=TAP $$test || exit 1; done

$(B)/unit/%: tests/unit/%.c $(ROOM_LIBS)
	$(call say,LINK,$@)
	$(Q)mkdir -p $(@D) && $(CC) -std=gnu11 $(CFLAGS) $(WARN) $(SANFLAGS) $(DEFS) $(TOP_INC) -o $@ $^ \
		$(LIBS) -lcmocka
