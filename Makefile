# SPDX-License-Identifier: GPL-2.0-only
#
#   make run            everything, on Debian's kernel (or TREE=DIR), into OUT=DIR
#   make demo           the same on a small made-up kernel, in seconds
#   make test           all tests; make test-fast leaves the real kernels out
#   make test-kernel    boots Debian's kernel in QEMU (kernel-test TREE=DIR: any)
#   make bench          what it costs, as ratios to spatch and grep
#   make install        below PREFIX (/usr/local), staged in DESTDIR
#   make                build/gupconv
#   make DEV=1          with -Werror;  SAN=1 adds ASan and UBSan (give a B=DIR of its own)

VERSION := 0.1.0
B ?= build
PYTHON ?= /usr/bin/python3
PREFIX ?= /usr/local

LLVM ?= /usr/lib/llvm-19
CC ?= gcc
CFLAGS ?= -O2 -g
WARN := -Wall -Wextra -Wno-missing-field-initializers $(if $(DEV),-Werror)
comma := ,
SANFLAGS := $(if $(SAN),-fsanitize=address$(comma)undefined -fno-omit-frame-pointer)
ROOMS := base commands tree parse ast index link audit findings convert
INC := -Idb $(ROOMS:%=-Iextractor/%) -I$(LLVM)/include \
	$(shell pkg-config --cflags glib-2.0 gio-2.0 sqlite3 2>/dev/null)
LIBS = $(shell pkg-config --libs glib-2.0 gio-2.0 sqlite3) -L$(LLVM)/lib -lclang-19 \
	-Wl,-rpath,$(LLVM)/lib
# Where cocci/, kernel-patches/ and reports/ are found when GUPCONV_DATA does not say.
DATA ?= $(CURDIR)
DEFS := -D_GNU_SOURCE -DGUPCONV_VERSION='"$(VERSION)"' -DGUPCONV_ROOT='"$(DATA)"'
DEFS += -DGUPCONV_CLANG_INCLUDE='"$(LLVM)/lib/clang/19/include"'

SQL := $(wildcard db/*.sql db/queries/*.sql)
SRC := $(wildcard extractor/*.c extractor/*/*.c db/*.c)
LIBOBJ := $(filter-out $(B)/extractor/main.o,$(SRC:%.c=$(B)/%.o)) $(B)/gen/queries.o $(B)/gen/build.o
HASHED := $(SQL) $(SRC) $(wildcard extractor/*.h extractor/*/*.h db/*.h)

Q := $(if $(V),,@)
say = $(if $(V),,@printf '  %-7s %s\n' $(1) $(2))

.DELETE_ON_ERROR:
.PHONY: all deps run demo test test-fast clean install bench check-style
.PHONY: kernel-test test-kernel kernel-bisect

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

$(B)/gen/build.c: extractor/base/build.sh $(HASHED)
	$(call say,GEN,$@)
	$(Q)mkdir -p $(@D) && extractor/base/build.sh $(HASHED) >$@

$(B)/%.o: %.c Makefile
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D) && $(CC) -std=gnu11 $(CFLAGS) $(WARN) $(SANFLAGS) $(DEFS) $(INC) -MMD -MP -c -o $@ $<

# A header that is gone: what named it is compiled anew.
extractor/%.h: ;

$(B)/gen/%.o: $(B)/gen/%.c
	$(Q)$(CC) -std=gnu11 $(CFLAGS) $(INC) -c -o $@ $<

include tests/unit/unit.mk tests/fuzz/fuzz.mk
-include $(shell find $(B) -name '*.d' 2>/dev/null)

deps:
	@packaging/deps.sh

ifdef TREE
OUT ?= $(B)/series/$(notdir $(patsubst %/,%,$(TREE)))
run: TREE_WANTED = $(TREE)
else
OUT ?= $(B)/series/6.1
run: TREE_WANTED = $$(packaging/kernel-source.sh 6.1)
endif

# deps first: without it, nothing can be built.
run:
	@packaging/deps.sh build use prove $(if $(TREE),,kernel)
	@$(MAKE) --no-print-directory $(B)/gupconv
	@tree=$(TREE_WANTED) && mkdir -p $(dir $(OUT)) && \
		{ packaging/with-sender.sh $(B)/gupconv run "$$tree" -o $(OUT) --db $(OUT).db || \
			[ $$? = 1 ]; }

DEMO := $(B)/demo
demo: $(B)/gupconv
	@rm -rf $(DEMO) && mkdir -p $(DEMO)
	@packaging/with-sender.sh $(B)/gupconv run tests/trees/none -o $(DEMO)/series \
		--db $(DEMO)/none.db || [ $$? = 1 ]
	@echo && sed -n '/^-- $$/q; /^diff .*mgold/,$$p' $(DEMO)/series/*mgold*.patch

test: deps
	@$(MAKE) --no-print-directory all
	@$(PYTHON) tests/run.py --build $(B) all

test-fast: deps
	@$(MAKE) --no-print-directory all
	@$(PYTHON) tests/run.py --build $(B) fast

# Build a kernel, boot it in QEMU, judge it: docs/kernel.md. Minutes to an hour, so
# none of these is part of `make test`; the kernel lane there has what needs no kernel.
KERNEL_TEST = $(MAKE) --no-print-directory -C tests/kernel
kernel-test:
	@packaging/deps.sh build use prove emulate
	@$(MAKE) --no-print-directory $(B)/gupconv
	@$(KERNEL_TEST) TREE=$(abspath $(TREE)) GUPCONV=$(abspath $(B)/gupconv)

# The part that needs no old tree: Debian's kernel, with the API that it has.
test-kernel:
	@packaging/deps.sh build prove kernel emulate
	@tree=$$(packaging/kernel-source.sh 6.1) && $(KERNEL_TEST) TREE=$$tree

# TREE: a git repository with the series applied on top of the commit BASE.
kernel-bisect:
	@packaging/deps.sh build prove emulate
	@$(KERNEL_TEST) bisect TREE=$(abspath $(TREE)) BASE=$(BASE)

check-style:
	@$(PYTHON) tests/run.py --build $(B) style

bench: $(B)/gupconv
	@$(PYTHON) tests/bench.py --gupconv $(B)/gupconv $(TREE)

# The installed binary knows its data by another path, so it is compiled for it.
SHARE := $(PREFIX)/share
install:
	@$(MAKE) --no-print-directory B=$(B)/install DATA=$(SHARE)/gupconv $(B)/install/gupconv
	install -D -m 755 $(B)/install/gupconv $(DESTDIR)$(PREFIX)/bin/gupconv
	for room in cocci kernel-patches reports db; do \
		find $$room -type f ! -name '*.pyc' ! -path 'db/*.[ch]' -print | while read -r file; do \
			install -D -m 644 "$$file" "$(DESTDIR)$(SHARE)/gupconv/$$file" || exit 1; \
		done || exit 1; \
	done
	for page in docs/man/*.1; do \
		install -D -m 644 $$page $(DESTDIR)$(SHARE)/man/man1/$${page##*/} || exit 1; \
	done

clean:
	rm -rf $(B)
