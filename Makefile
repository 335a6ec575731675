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
WARN := -Wall -Wextra -Wshadow -Wmissing-prototypes -Wno-missing-field-initializers $(if $(DEV),-Werror)
comma := ,
SANFLAGS := $(if $(SAN),-fsanitize=address$(comma)undefined -fno-omit-frame-pointer)
# The rooms, from the bottom up: docs/architecture.md. A room may include its own headers
# and those of the rooms before it in this list, and no other.
ROOMS := base db render model ctext source kbuild ir frontend cfg dataflow link decide checkers \
	audit convert pipeline commands
# Rooms up to this one decide what is learnt from a file; build.sh hashes them.
FACT_ROOMS := base db render model ctext source kbuild ir frontend
INC := -I$(B)/gen/inc -I$(LLVM)/include $(shell pkg-config --cflags glib-2.0 gio-2.0 sqlite3 2>/dev/null)
LIBS = $(shell pkg-config --libs glib-2.0 gio-2.0 sqlite3) -L$(LLVM)/lib -lclang-19 \
	-Wl,-rpath,$(LLVM)/lib
# Where cocci/, kernel-patches/ and reports/ are found when GUPCONV_DATA does not say.
DATA ?= $(CURDIR)
DEFS := -D_GNU_SOURCE -DGUPCONV_VERSION='"$(VERSION)"' -DGUPCONV_ROOT='"$(DATA)"'
DEFS += -DGUPCONV_CLANG_INCLUDE='"$(LLVM)/lib/clang/19/include"'

SQL := $(wildcard db/*.sql db/queries/*.sql)
SRC := $(shell find extractor db -name '*.c')
HASHED := $(SQL) $(SRC) $(shell find extractor db -name '*.h')
# room_path ROOM: db/ stands at the top of the project, the others below extractor/.
room_path = $(if $(filter db,$(1)),db,extractor/$(1))
# rooms_below ROOM: the rooms up to and with this one.
rooms_below = $(if $(filter $(1),$(firstword $(2))),$(1),$(firstword $(2)) \
	$(call rooms_below,$(1),$(wordlist 2,$(words $(2)),$(2))))
room_src = $(filter $(call room_path,$(1))/%,$(SRC))
# From the top down: a library is linked before those that it may use, and never after.
reverse = $(if $(1),$(call reverse,$(wordlist 2,$(words $(1)),$(1))) $(firstword $(1)))
ROOM_LIBS := $(patsubst %,$(B)/lib/%.a,$(call reverse,$(ROOMS)))

Q := $(if $(V),,@)
say = $(if $(V),,@printf '  %-7s %s\n' $(1) $(2))

.DELETE_ON_ERROR:
.PHONY: all deps run demo test test-fast clean install bench check-style
.PHONY: kernel-test test-kernel kernel-bisect

all: $(B)/gupconv

$(B)/gupconv: $(B)/extractor/main.o $(ROOM_LIBS)
	$(call say,LINK,$@)
	$(Q)$(CC) $(SANFLAGS) -o $@ $^ $(LIBS)

$(B)/gen/queries.c: db/embed.sh $(SQL)
	$(call say,GEN,$@)
	$(Q)mkdir -p $(@D) && db/embed.sh $(SQL) >$@

# Lists that C takes from elsewhere, as "gen/NAME.h".
GEN_H := $(addprefix $(B)/gen/inc/gen/,reason_codes.h command_list.h)
$(B)/gen/inc/gen/reason_codes.h: db/reason_codes.sh db/reasons.sql
	$(call say,GEN,$@)
	$(Q)mkdir -p $(@D) && $^ >$@

# The commands, in the order of the manual: command_NAME is in commands/NAME.c.
$(B)/gen/inc/gen/command_list.h: docs/man/gupconv.1
	$(call say,GEN,$@)
	$(Q)mkdir -p $(@D) && { echo '#define COMMANDS(X) \'; \
		sed -n '/^\.SH COMMANDS/,/^\.SH [^C]/s/^\.B \([a-z]*\)$$/	X(\1) \\/p' $<; echo; } >$@

$(B)/gen/build.c: extractor/base/build.sh $(HASHED)
	$(call say,GEN,$@)
	$(Q)mkdir -p $(@D) && extractor/base/build.sh '$(FACT_ROOMS)' $(HASHED) >$@

# A room's headers are seen through a folder of links to the rooms that it may use.
define ROOM
$(B)/lib/$(1).a: $(patsubst %.c,$(B)/%.o,$(call room_src,$(1))) \
		$(if $(filter db,$(1)),$(B)/gen/queries.o) $(if $(filter base,$(1)),$(B)/gen/build.o)
	$$(call say,AR,$$@)
	$$(Q)mkdir -p $$(@D) && rm -f $$@ && ar rcs $$@ $$^

$(B)/inc/$(1)/.made: Makefile
	$$(Q)rm -rf $$(@D) && mkdir -p $$(@D) && ln -s $(foreach r,$(call rooms_below,$(1),$(ROOMS)), \
		$(CURDIR)/$(call room_path,$(r))) $$(@D)/ && touch $$@

$(patsubst %.c,$(B)/%.o,$(call room_src,$(1))): INC := -I$(B)/inc/$(1) $(INC)
$(patsubst %.c,$(B)/%.o,$(call room_src,$(1))): $(B)/inc/$(1)/.made
endef
$(foreach room,$(ROOMS),$(eval $(call ROOM,$(room))))

# main.c, the tests and what is generated see every room.
TOP_INC := -I$(B)/inc/$(lastword $(ROOMS)) $(INC)
$(B)/extractor/main.o: INC := $(TOP_INC)
$(B)/extractor/main.o: $(B)/inc/$(lastword $(ROOMS))/.made

$(B)/%.o: %.c Makefile | $(GEN_H)
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D) && $(CC) -std=gnu11 $(CFLAGS) $(WARN) $(SANFLAGS) $(DEFS) $(INC) -MMD -MP -c -o $@ $<

# A header that is gone: what named it is compiled anew.
extractor/%.h db/%.h $(B)/inc/%.h: ;

$(B)/gen/%.o: $(B)/gen/%.c $(B)/inc/$(lastword $(ROOMS))/.made
	$(Q)$(CC) -std=gnu11 $(CFLAGS) $(TOP_INC) -c -o $@ $<

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

# Rules for make coccicheck in trees that have pins: those of loops, and cocci/pin.
PIN_RULES := $(addprefix $(B)/cocci-pin/,loop-up.cocci loop-down.cocci loop-guard.cocci \
	loop-partial.cocci loop-rest.cocci loop-while.cocci dirty-loop.cocci dirty-cond-loop.cocci \
	$(notdir $(wildcard cocci/pin/*.cocci)))
.PHONY: pin-rules
pin-rules: $(PIN_RULES)

$(B)/cocci-pin/%.cocci: cocci/pin/%.cocci
	$(Q)mkdir -p $(@D) && cp $< $@

$(B)/cocci-pin/%.cocci: cocci/%.cocci cocci/pin/from-put.sed
	$(Q)mkdir -p $(@D) && sed -f cocci/pin/from-put.sed $< > $@

# The installed binary knows its data by another path, so it is compiled for it.
SHARE := $(PREFIX)/share
install: pin-rules
	@$(MAKE) --no-print-directory B=$(B)/install DATA=$(SHARE)/gupconv $(B)/install/gupconv
	install -D -m 755 $(B)/install/gupconv $(DESTDIR)$(PREFIX)/bin/gupconv
	for room in cocci kernel-patches reports db; do \
		find $$room -type f ! -name '*.pyc' ! -path 'db/*.[ch]' -print | while read -r file; do \
			install -D -m 644 "$$file" "$(DESTDIR)$(SHARE)/gupconv/$$file" || exit 1; \
		done || exit 1; \
	done
	for rule in $(PIN_RULES); do \
		install -D -m 644 $$rule $(DESTDIR)$(SHARE)/gupconv/cocci/pin/$${rule##*/} || exit 1; \
	done
	for page in docs/man/*.1; do \
		install -D -m 644 $$page $(DESTDIR)$(SHARE)/man/man1/$${page##*/} || exit 1; \
	done

clean:
	rm -rf $(B)
