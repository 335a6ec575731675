# SPDX-License-Identifier: GPL-2.0-only
# Fuzz targets: tests/fuzz/fuzz_*.c, each for libFuzzer. Part of the top Makefile.
#   make fuzz FUZZ_SECONDS=180; tests/fuzz.sh (lane fuzz) is the short run of all
FUZZ_CC ?= clang
FUZZ_SECONDS ?= 20
FUZZ := $(patsubst tests/fuzz/%.c,$(B)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_SRC := $(wildcard extractor/source/source_overlay.c extractor/kbuild/maintainers.c \
	extractor/kbuild/makefile*.c extractor/kbuild/kbuild*.c extractor/kbuild/kconfig*.c \
	extractor/kbuild/module_objects.c extractor/kbuild/object_chain.c \
	extractor/ctext/*.c extractor/source/path_escape.c extractor/base/diag.c extractor/base/ctype_word.c)

.PHONY: fuzz
fuzz: $(FUZZ)
	$(Q)for target in $(FUZZ); do mkdir -p $$target.corpus && \
		$$target -max_total_time=$(FUZZ_SECONDS) -timeout=10 -print_final_stats=1 \
		$$(d=tests/fuzz/$${target##*/}.dict; [ -e $$d ] && echo -dict=$$d) \
		-artifact_prefix=$$target. $$target.corpus || exit 1; done

$(B)/fuzz/%: tests/fuzz/%.c $(FUZZ_SRC)
	$(call say,FUZZ,$@)
	$(Q)mkdir -p $(@D) && $(FUZZ_CC) -std=gnu11 -g -O1 -fsanitize=fuzzer,address,undefined \
		-fno-sanitize-recover=undefined $(DEFS) $(TOP_INC) -o $@ $< $(FUZZ_SRC) \
		$(shell pkg-config --libs glib-2.0)
