# SPDX-License-Identifier: GPL-2.0-only
#
#   make run            everything, on Debian's kernel (or TREE=DIR)
#   make test           all tests
#   make                build/gupconv
#   make DEV=1          with -Werror;  SAN=1 adds ASan and UBSan

VERSION := 0.1.0
B ?= build
PYTHON ?= /usr/bin/python3
PREFIX ?= /usr/local

LLVM ?= /usr/lib/llvm-19
CC ?= gcc
CFLAGS ?= -O2 -g
WARN := -Wall -Wextra -Wno-missing-field-initializers $(if $(DEV),-Werror)
SANFLAGS := $(if $(SAN),-fsanitize=address$(comma)undefined -fno-omit-frame-pointer)
comma := ,
ROOMS := base commands tree ast link convert
INC := -Idb $(ROOMS:%=-Iextractor/%) -I$(LLVM)/include \
	$(shell pkg-config --cflags glib-2.0 gio-2.0 sqlite3 2>/dev/null)
LIBS = $(shell pkg-config --libs glib-2.0 gio-2.0 sqlite3) -L$(LLVM)/lib -lclang-19 \
	-Wl,-rpath,$(LLVM)/lib
DEFS := -D_GNU_SOURCE -DGUPCONV_VERSION='"$(VERSION)"' -DGUPCONV_ROOT='"$(CURDIR)"'
DEFS += -DGUPCONV_CLANG_INCLUDE='"$(LLVM)/lib/clang/19/include"'

SQL := $(wildcard db/*.sql db/queries/*.sql)
SRC := $(wildcard extractor/*.c extractor/*/*.c db/*.c)
LIBOBJ := $(filter-out $(B)/extractor/main.o,$(SRC:%.c=$(B)/%.o)) $(B)/gen/queries.o

Q := $(if $(V),,@)
say = $(if $(V),,@printf '  %-7s %s\n' $(1) $(2))

.DELETE_ON_ERROR:
.PHONY: all deps run demo test clean install bench check-style

all: $(B)/gupconv

$(B)/gupconv: $(B)/extractor/main.o $(B)/libgupconv.a
	$(call say,LINK,$@)
	$(Q)$(CC) $(SANFLAGS) -o $@ $^ $(LIBS)

$(B)/libgupconv.a: $(LIBOBJ)
	$(call say,AR,$@)
	$(Q)rm -f $@ && ar rcs $@ $^

$(B)/gen/queries.c: db/embed.sh $(SQL)
	$(call say,GEN,$@)
	$(Q)mkdir -p $(@D) && db/embed.sh $(SQL) >$@

$(B)/%.o: %.c Makefile
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D) && $(CC) -std=gnu11 $(CFLAGS) $(WARN) $(SANFLAGS) $(DEFS) $(INC) -MMD -c -o $@ $<

$(B)/gen/%.o: $(B)/gen/%.c
	$(Q)$(CC) -std=gnu11 $(CFLAGS) $(INC) -c -o $@ $<

include tests/unit/unit.mk tests/fuzz/fuzz.mk
-include $(shell find $(B) -name '*.d' 2>/dev/null)

clean:
	rm -rf $(B)
