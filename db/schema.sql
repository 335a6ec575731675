-- SPDX-License-Identifier: GPL-2.0-only
--
-- The gupconv database. Lines and columns count from 1; paths are relative to
-- the tree's top; every id is given in path, line, column order, so that the
-- same tree gives the same bytes.

-- Properties of the database. Keys: tool (version that wrote it), tree_version
-- ("5.3.0"), era (model/era.h), tree (the path that
-- was indexed), stage (the last that wrote: link | convert), inputs (hash of
-- what the facts depend on besides the files' texts), api (path of --api FILE,
-- if any), kernel (that a module is for), compile_commands (path, if any),
-- build_from (path of the build that a module's flags are of, if any), and what convert adds.
CREATE TABLE meta (
	key	TEXT PRIMARY KEY,
	value	TEXT NOT NULL
) STRICT;

-- A section of MAINTAINERS. status is the S: line.
CREATE TABLE subsystem (
	id	INTEGER PRIMARY KEY,
	name	TEXT NOT NULL UNIQUE,
	status	TEXT NOT NULL
) STRICT;

-- kind: maintainer (M:), reviewer (R:), list (L:), tree (T:)
CREATE TABLE subsystem_contact (
	subsystem_id	INTEGER NOT NULL REFERENCES subsystem(id),
	kind		TEXT NOT NULL CHECK (kind IN ('maintainer', 'reviewer', 'list', 'tree')),
	value		TEXT NOT NULL,
	PRIMARY KEY (subsystem_id, kind, value)
) STRICT, WITHOUT ROWID;

-- A candidate file. status: parsed, or why it was not.
CREATE TABLE file (
	id		INTEGER PRIMARY KEY,
	path		TEXT NOT NULL UNIQUE,
	arch		TEXT NOT NULL,
	subsystem_id	INTEGER REFERENCES subsystem(id),
	status		TEXT NOT NULL CHECK (status IN
			('parsed', 'failed', 'timeout', 'unreadable')),
	reason		TEXT NOT NULL DEFAULT '',	-- 'new': a conversion makes the file
	object		TEXT NOT NULL DEFAULT '',	-- foo.o that Kbuild makes of it
	config		TEXT NOT NULL DEFAULT ''	-- CONFIG_ symbol of that Kbuild line
) STRICT;

-- Of a module: what is not known of how it is built, and files that are no part of it.
-- kind: missing-header (detail: its name; line 0: an option of the compiler), no-rule (no rule that
-- was understood compiles the file), no-source (detail: an object of a rule), not-understood
-- (detail: a construct of a Makefile), passed-over (detail: why).
CREATE TABLE build_note (
	id	INTEGER PRIMARY KEY,
	kind	TEXT NOT NULL CHECK (kind IN
			('missing-header', 'no-rule', 'no-source', 'not-understood', 'passed-over')),
	path	TEXT NOT NULL,
	line	INTEGER NOT NULL,
	detail	TEXT NOT NULL
) STRICT;

-- The control-flow graph of a function, one node a line: docs/ir.md has the grammar,
-- view function_graph the functions. Numbered in the order of the files.
CREATE TABLE cfg (
	id	INTEGER PRIMARY KEY,
	graph	TEXT NOT NULL
) STRICT;

-- key is a hash of everything that the facts depend on (texts of the file and
-- of the headers that it can reach, flags, candidates, the tool's own sources,
-- libclang's version); facts is the worker's answer, kept so that an unchanged
-- file is not parsed again: compressed (zlib), with cfg.id in place of each graph.
CREATE TABLE parse_cache (
	path	TEXT PRIMARY KEY,
	key	TEXT NOT NULL,
	facts	BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE function (
	id		INTEGER PRIMARY KEY,
	file_id		INTEGER NOT NULL REFERENCES file(id),
	name		TEXT NOT NULL,
	line		INTEGER NOT NULL,
	end_line	INTEGER NOT NULL,
	is_static	INTEGER NOT NULL CHECK (is_static IN (0, 1))
) STRICT;
CREATE INDEX function_by_name ON function(name);
CREATE INDEX function_by_file ON function(file_id, line);

-- Which graph a function has: those that acquire, release or dirty pages, three levels of
-- their callers in the same file, and the functions that they call there; and those of a
-- source file that map pages for the CPU or a device.
CREATE TABLE function_cfg (
	function_id	INTEGER PRIMARY KEY REFERENCES function(id),
	cfg_id		INTEGER NOT NULL REFERENCES cfg(id)
) STRICT;

-- Structs that a function works on: "=ib_umem,ib_udata,-" is the tag of the
-- struct that its result points to, then its parameters' tags, '-' for none.
CREATE TABLE signature (
	function_id	INTEGER PRIMARY KEY REFERENCES function(id),
	objects		TEXT NOT NULL
) STRICT;

-- A direct call of any function that is not in table api (nor an inline helper of
-- a header). scope is the path of a static callee, else ''.
CREATE TABLE invoke (
	id	INTEGER PRIMARY KEY,
	file_id	INTEGER NOT NULL REFERENCES file(id),
	line	INTEGER NOT NULL,
	callee	TEXT NOT NULL,
	scope	TEXT NOT NULL,
	UNIQUE (file_id, line, callee, scope)
) STRICT;

-- Where a page reference is kept. name is "struct.member" for a field,
-- "function.variable" for a local, "function(#0)" for the first parameter and
-- "function()" for the return value, the identifier for a global,
-- "callee@path:line:column" for what one acquire call hands out, and "&function" (kind
-- other) for a function as a value. A call through a pointer is one of a function with
-- the name of the pointer behind a "*": "*ops.put(#0)". Names count parameters from 0;
-- what people read counts them from 1 (view place_argument).
-- scope is the path for what no other file can name, for a field the file that
-- defines its struct, else ''.
CREATE TABLE place (
	id	INTEGER PRIMARY KEY,
	kind	TEXT NOT NULL CHECK (kind IN
		('local', 'param', 'return', 'global', 'field', 'result', 'other')),
	name	TEXT NOT NULL,
	scope	TEXT NOT NULL,
	type	TEXT NOT NULL,
	UNIQUE (kind, name, scope)
) STRICT;

-- A call of a function in table api, as the lexer or the AST saw it.
-- status: resolved (AST, and the callee is the API), recovered (seen only after
-- another configuration, by error recovery or as a macro), text-only (lexer alone), dead
-- (under #if 0), homonym (the callee's own declaration is another function).
CREATE TABLE call (
	id		INTEGER PRIMARY KEY,
	file_id		INTEGER NOT NULL REFERENCES file(id),
	function_id	INTEGER REFERENCES function(id),
	line		INTEGER NOT NULL,
	column		INTEGER NOT NULL,
	callee		TEXT NOT NULL,
	role		TEXT NOT NULL,	-- api.role
	status		TEXT NOT NULL CHECK (status IN
			('resolved', 'recovered', 'text-only', 'dead', 'homonym')),
	guard		TEXT NOT NULL,	-- the #if stack in words, '' for none
	config		TEXT NOT NULL,	-- configuration under which it was seen
	macro		TEXT NOT NULL,	-- macro whose expansion holds the call, or ''
	place_id	INTEGER REFERENCES place(id),	-- that takes or gives the pages
	flags		TEXT NOT NULL,	-- gup flags: "FOLL_WRITE|FOLL_LONGTERM", source text when not constant
	character	INTEGER NOT NULL DEFAULT 0,	-- column in characters in place of bytes; 0: the same
	UNIQUE (file_id, line, column, callee)
) STRICT;

-- name is the parameter's name in the tree's own prototype; role is table
-- param_role's word for it, or ''.
CREATE TABLE call_arg (
	call_id	INTEGER NOT NULL REFERENCES call(id),
	seq	INTEGER NOT NULL,	-- from 0
	name	TEXT NOT NULL,
	role	TEXT NOT NULL,
	text	TEXT NOT NULL,		-- source text, white space folded
	value	TEXT NOT NULL,		-- 'bool': gup flags of type _Bool; else ''
	PRIMARY KEY (call_id, seq)
) STRICT, WITHOUT ROWID;

-- Pages go from src to dst at path:line. kind: assign, pass (argument to
-- parameter), return, init, alias (both ways: two names of one array),
-- carry (through an api of role carry), pointer (of a function, src "&name", to
-- what holds it; a call through that is one of "*holder"), iter (dst takes pages
-- of what the iterator src is over; no page goes along).
CREATE TABLE flow (
	id	INTEGER PRIMARY KEY,
	dst	INTEGER NOT NULL REFERENCES place(id),
	src	INTEGER NOT NULL REFERENCES place(id),
	kind	TEXT NOT NULL CHECK (kind IN
		('assign', 'pass', 'return', 'init', 'alias', 'carry', 'pointer', 'iter')),
	file_id	INTEGER NOT NULL REFERENCES file(id),
	line	INTEGER NOT NULL,
	UNIQUE (dst, src, kind, file_id, line)
) STRICT;

-- Objects that keep pages, so that those of one struct can be told apart. dst points
-- to what src points to, or into it (object); dst is a parameter of a function that is
-- left in an object to be called for it (bound); dst is where pages are kept in what
-- src points to (member); each has the content of the other (copy). A function, src
-- "&name" or what holds one, goes to dst, beside an object that it will get (callback)
-- or not (handed). Place "any" is whatever there is, "new@path:line:column" an object
-- that is made there, "*f(#1)(#0)" a parameter of a call through a pointer.
CREATE TABLE object_flow (
	id	INTEGER PRIMARY KEY,
	dst	INTEGER NOT NULL REFERENCES place(id),
	src	INTEGER NOT NULL REFERENCES place(id),
	kind	TEXT NOT NULL CHECK (kind IN
		('object', 'bound', 'member', 'copy', 'callback', 'handed')),
	file_id	INTEGER NOT NULL REFERENCES file(id),
	line	INTEGER NOT NULL,
	UNIQUE (dst, src, kind, file_id, line)
) STRICT;

-- All sentences that give the reason of a link, a decision, an edit or a finding, filled
-- from db/reasons.sql. A row of another table has a code and args, a JSON array: the
-- sentence is the template with {1}, {2} ... replaced by these. An argument is a
-- string, a number, or another reason, an array of its code and its arguments; code
-- list is its arguments with commas between them, clauses the same with semicolons. brief is a form for counting, which
-- leaves out positions and names, '' where that is the template. help: what to do or
-- to know about it. The SQL function reason_text(code, args) makes the sentence: gupconv and its
-- reports have it, another program that reads the views has to bring its own.
CREATE TABLE reason (
	code		TEXT PRIMARY KEY,
	template	TEXT NOT NULL,
	brief		TEXT NOT NULL,
	help		TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- link: kind link, decoy (release_id alone), mixed, unknown. reason, args: table
-- reason.
CREATE TABLE link (
	id		INTEGER PRIMARY KEY,
	acquire_id	INTEGER REFERENCES call(id),
	release_id	INTEGER REFERENCES call(id),
	kind		TEXT NOT NULL CHECK (kind IN ('link', 'decoy', 'mixed', 'unknown')),
	reason		TEXT NOT NULL REFERENCES reason(code),
	args		TEXT NOT NULL DEFAULT '[]',
	CHECK (acquire_id IS NOT NULL OR release_id IS NOT NULL),
	UNIQUE (acquire_id, release_id)
) STRICT;
CREATE INDEX link_by_release ON link(release_id);

-- The chain of a link, from acquire to release.
CREATE TABLE link_step (
	link_id		INTEGER NOT NULL REFERENCES link(id),
	seq		INTEGER NOT NULL,
	place_id	INTEGER NOT NULL REFERENCES place(id),
	file_id		INTEGER NOT NULL REFERENCES file(id),
	line		INTEGER NOT NULL,
	PRIMARY KEY (link_id, seq)
) STRICT, WITHOUT ROWID;

-- A function that takes pages for its callers, or drops what it is given. call_id
-- is the call of the API at the bottom; through the wrapper that the function
-- calls to get there, NULL where it makes that call itself (round 1). carrier
-- says how the pages go in or out: "result", "parameter 2", "struct ib_umem".
CREATE TABLE wrapper (
	id		INTEGER PRIMARY KEY,
	function_id	INTEGER NOT NULL REFERENCES function(id),
	role		TEXT NOT NULL CHECK (role IN ('acquire', 'release')),
	call_id		INTEGER NOT NULL REFERENCES call(id),
	through		INTEGER REFERENCES wrapper(id) DEFERRABLE INITIALLY DEFERRED,
	round		INTEGER NOT NULL,
	carrier		TEXT NOT NULL,
	UNIQUE (function_id, role)
) STRICT;

-- Every direct call of a wrapper in an indexed file; function_id is the caller.
CREATE TABLE wrapper_call (
	id		INTEGER PRIMARY KEY,
	wrapper_id	INTEGER NOT NULL REFERENCES wrapper(id),
	file_id		INTEGER NOT NULL REFERENCES file(id),
	line		INTEGER NOT NULL,
	function_id	INTEGER REFERENCES function(id)
) STRICT;

-- State and target of a site. target: the callee that it should have
-- (put_user_page, pin_user_pages_fast ...) or keep. group_id: sites that
-- change together or not at all (a connected set of links). use_case: CASE 1
-- to 5 of pin_user_pages.rst, NULL in earlier eras or when not known. reason, args:
-- table reason.
CREATE TABLE decision (
	call_id		INTEGER PRIMARY KEY REFERENCES call(id),
	group_id	INTEGER NOT NULL,
	state		TEXT NOT NULL CHECK (state IN ('unconverted', 'converted',
			'keep', 'mixed', 'mismatched', 'unknown')),
	target		TEXT NOT NULL,
	use_case	INTEGER CHECK (use_case BETWEEN 1 AND 5),
	reason		TEXT NOT NULL REFERENCES reason(code),
	args		TEXT NOT NULL DEFAULT '[]',
	adds		TEXT NOT NULL DEFAULT '',	-- FOLL_ flags that an acquire's conversion adds
	adds_reason	TEXT NOT NULL DEFAULT '' REFERENCES reason(code),
	adds_args	TEXT NOT NULL DEFAULT '[]'
) STRICT;

-- The kinds of findings, as the program that linked has them; rank: their order, from 0.
-- level: SARIF's; marks_site: the counts of audit have a site with such a finding in the
-- row of this word, whatever its state.
CREATE TABLE finding_kind (
	word		TEXT PRIMARY KEY,
	rank		INTEGER NOT NULL,
	title		TEXT NOT NULL,
	help		TEXT NOT NULL,
	level		TEXT NOT NULL CHECK (level IN ('none', 'note', 'warning', 'error')),
	marks_site	INTEGER NOT NULL CHECK (marks_site IN (0, 1))
) STRICT, WITHOUT ROWID;

-- The list of audit. mismatched: acquired one way, released the other; missed: a
-- release left as it was where another of the same acquire is converted;
-- unreleased: a path on which pages stay taken; double: a path that drops them
-- twice; mixed, unknown: as the decision of that site; hazard: what a
-- conversion of that release has to look at, where detail is the word that
-- docs/findings.md has it under (else it is '').
-- call_id: the site; other_id: the one that it does not go with. Ids are in
-- path, line order.
CREATE TABLE finding (
	id	INTEGER PRIMARY KEY,
	kind	TEXT NOT NULL REFERENCES finding_kind(word),
	detail	TEXT NOT NULL,
	call_id	INTEGER REFERENCES call(id),
	other_id INTEGER REFERENCES call(id),
	file_id	INTEGER NOT NULL REFERENCES file(id),
	line	INTEGER NOT NULL,
	reason	TEXT NOT NULL REFERENCES reason(code),
	args	TEXT NOT NULL
) STRICT;

-- The path that shows a finding, from where it starts to where it is seen.
CREATE TABLE finding_step (
	finding_id	INTEGER NOT NULL REFERENCES finding(id) ON UPDATE CASCADE,
	seq		INTEGER NOT NULL,	-- from 0
	file_id		INTEGER NOT NULL REFERENCES file(id),
	line		INTEGER NOT NULL,
	reason		TEXT NOT NULL REFERENCES reason(code),
	args		TEXT NOT NULL,
	PRIMARY KEY (finding_id, seq)
) STRICT, WITHOUT ROWID;

-- A release in a static helper, some calls of which hand it pages of acquires
-- (user = 1) and the others none of those (0): it needs a second form.
CREATE TABLE helper_call (
	release_id	INTEGER NOT NULL REFERENCES call(id),
	file_id		INTEGER NOT NULL REFERENCES file(id),
	line		INTEGER NOT NULL,	-- of a call of the helper
	user		INTEGER NOT NULL CHECK (user IN (0, 1)),
	PRIMARY KEY (release_id, file_id, line)
) STRICT, WITHOUT ROWID;

-- The outcome of convert for a site. became: the callee after a conversion by rules, ''
-- where none; reason, args: table reason.
CREATE TABLE edit_site (
	call_id	INTEGER PRIMARY KEY REFERENCES call(id),
	outcome	TEXT NOT NULL CHECK (outcome IN ('converted', 'kept', 'refused')),
	rule	TEXT NOT NULL,	-- file in cocci/ without its ending, or ''
	became	TEXT NOT NULL,
	reason	TEXT NOT NULL REFERENCES reason(code),
	args	TEXT NOT NULL DEFAULT '[]'
) STRICT;

-- The whole text of a changed file; group_id as in decision says what must
-- travel in one patch (a file may carry several groups: then they all do).
CREATE TABLE edit_file (
	file_id	INTEGER PRIMARY KEY REFERENCES file(id),
	before	TEXT NOT NULL,	-- SHA-256 of the tree's file, '' where it has none
	after	BLOB NOT NULL	-- the new text
) STRICT;

-- How many of a file's sites were to be converted, and how many calls of that kind
-- the new text has less; reason, args (table reason): what became of the difference,
-- '' for none.
CREATE TABLE edit_check (
	file_id		INTEGER PRIMARY KEY REFERENCES file(id),
	expected	INTEGER NOT NULL,
	changed		INTEGER NOT NULL,
	reason		TEXT NOT NULL REFERENCES reason(code),
	args		TEXT NOT NULL
) STRICT;

-- source: '' for a conversion, else the patch source below kernel-patches/.
CREATE TABLE patch (
	id		INTEGER PRIMARY KEY,	-- its number in the series, from 1
	name		TEXT NOT NULL UNIQUE,	-- 0001-foo.patch
	subject		TEXT NOT NULL,
	subsystem	TEXT NOT NULL,
	source		TEXT NOT NULL
) STRICT;

CREATE TABLE patch_file (
	patch_id	INTEGER NOT NULL REFERENCES patch(id),
	path		TEXT NOT NULL,
	PRIMARY KEY (patch_id, path)
) STRICT, WITHOUT ROWID;

-- A file that a patch of the series touches, or that is built for the sake of a header that
-- it touches; filled by 'gupconv owners', from the tree with the patches in it. subsystem: its
-- section of MAINTAINERS, '' for none; umbrella: 1 when the section owns it by a folder in
-- which others own parts; arch: the folder below arch/ whose kernel it is built for.
CREATE TABLE patched_file (
	path		TEXT PRIMARY KEY,
	subsystem	TEXT NOT NULL,
	umbrella	INTEGER NOT NULL CHECK (umbrella IN (0, 1)),
	arch		TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Whom the file's section names; kind as in subsystem_contact.
CREATE TABLE patched_contact (
	path	TEXT NOT NULL REFERENCES patched_file(path),
	seq	INTEGER NOT NULL,
	kind	TEXT NOT NULL CHECK (kind IN ('maintainer', 'reviewer', 'list', 'tree')),
	value	TEXT NOT NULL,
	PRIMARY KEY (path, seq)
) STRICT, WITHOUT ROWID;

-- The ways in which Kbuild takes in the object of such a file; any one will do, and the
-- first is the one that it is named by. directory: of the Kbuild file; word: the object as
-- that file names it; module: the composite that it goes into (composite 1), or its own
-- stem; configs: CONFIG_ symbols that all have to be set, with a blank between them.
CREATE TABLE patched_object (
	path		TEXT NOT NULL REFERENCES patched_file(path),
	seq		INTEGER NOT NULL,
	directory	TEXT NOT NULL,
	word		TEXT NOT NULL,
	module		TEXT NOT NULL,
	composite	INTEGER NOT NULL CHECK (composite IN (0, 1)),
	configs		TEXT NOT NULL,
	PRIMARY KEY (path, seq)
) STRICT, WITHOUT ROWID;

-- Architectures that have a compiler, by their folder below arch/, in the order in which prove goes through them.
-- make: what make is given as ARCH=; triple: of Debian's cross compiler.
CREATE TABLE arch (
	name	TEXT PRIMARY KEY,
	rank	INTEGER NOT NULL UNIQUE,
	make	TEXT NOT NULL,
	triple	TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Messages of the tree's own checkpatch.pl about a patch, a row a line; kind is
-- its word: ERROR, WARNING or CHECK.
CREATE TABLE patch_check (
	patch_id	INTEGER NOT NULL REFERENCES patch(id),
	seq		INTEGER NOT NULL,
	kind		TEXT NOT NULL,
	text		TEXT NOT NULL,
	PRIMARY KEY (patch_id, seq)
) STRICT, WITHOUT ROWID;

-- One row a touched object. outcome: proven (compiles, no new warning, and so does every changed
-- line of its source), failed, warned (a new warning), not-compiled (it compiles, but a changed
-- line is left out by the preprocessor), not-proven (not built, for reason). Of a proven one,
-- reason is how: compiler, ARCH, configuration.
CREATE TABLE verdict (
	patch_id	INTEGER NOT NULL REFERENCES patch(id),
	object		TEXT NOT NULL,
	outcome		TEXT NOT NULL CHECK (outcome IN ('proven', 'failed', 'warned', 'not-compiled',
							   'not-proven')),
	reason		TEXT NOT NULL,
	PRIMARY KEY (patch_id, object)
) STRICT, WITHOUT ROWID;

-- The changed lines of the patches that are code, a row for each run of them in one branch of the
-- conditionals (#if) of its file. line is of the file after the patch, lines their number, 0 where
-- some were only removed before that line. guard: the directives above them. reason: the object
-- that they were compiled for, and how; else why they were not.
CREATE TABLE proof_lines (
	seq		INTEGER PRIMARY KEY,
	patch_id	INTEGER NOT NULL REFERENCES patch(id),
	path		TEXT NOT NULL,
	line		INTEGER NOT NULL,
	lines		INTEGER NOT NULL,
	outcome		TEXT NOT NULL CHECK (outcome IN ('compiled', 'not-compiled')),
	guard		TEXT NOT NULL,
	reason		TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The family, as data: filled from db/api.sql and from --api FILE.
-- role: acquire, release, dirty, source (hands out pages of another kind),
-- carry (result is the same page as an argument), use, notifier.
-- detail: for source, the function that releases what it gives, when it is not
-- put_page(); for release, 'either' if an argument tells of which kind the pages are, and the form
-- that conversion rules need: page (one), array (with their number), folio;
-- for use, the kind of use (dma, cpu, direct-io, state).
CREATE TABLE api (
	name	TEXT PRIMARY KEY,
	role	TEXT NOT NULL CHECK (role IN ('acquire', 'release', 'dirty', 'source',
		'carry', 'use', 'notifier')),
	family	TEXT NOT NULL CHECK (family IN ('', 'get', 'put_user', 'pin', 'iter', 'extract', 'vec')),
	detail	TEXT NOT NULL
) STRICT;

-- A function of the tree that takes or drops references of pages by its body, and that table api
-- did not have. role: acquire, release, reference (takes one of a page that it is given). family
-- as in table api, '' where an argument decides it. site: 1: it is in table api now, and its calls
-- are sites; 0: the parameter that has its pages is not known by its name.
CREATE TABLE family_member (
	name	TEXT PRIMARY KEY,
	path	TEXT NOT NULL,
	line	INTEGER NOT NULL,
	role	TEXT NOT NULL CHECK (role IN ('acquire', 'release', 'reference')),
	family	TEXT NOT NULL,
	site	INTEGER NOT NULL CHECK (site IN (0, 1))
) STRICT, WITHOUT ROWID;

-- Knowledge of the kernel besides the family: filled from db/knowledge.sql and from
-- --api FILE. name may have '*' for any characters; a row of that very name comes before
-- the pattern that fits with the most characters, but of a path all that fit hold together.
-- arg: which argument the row is about, from 1, or 0. detail is a set of words, and "not"
-- in it makes an exception of a pattern.
-- alloc: makes memory or an object: zeroed; null (memory or NULL, no ERR_PTR()). arg: how many entries; for
-- none it does not give NULL.
-- free: frees its argument. ref: takes a reference of a page; given: leaves one to its caller, of
-- some page that its arguments tell. unref: lowers the count of a page (family: a release by its
-- body, where the tree has that). downgrade: drops a pin, and
-- leaves an ordinary reference. print: only reads its argument. in-place: its effect on the
-- member of an object that it is given stays in that object. borrow: keeps no page of its
-- arguments, but in what argument arg points to, and where it does not fail (count: where it
-- gives 0); zero, one: its answer for a page that was acquired (weak: not for that of zeroes); shared: it tells whether a pin for
-- reading has to get a page of its own. drops: releases the pages that its argument holds. insert, remove: make an object part of a table of others, and take it out.
-- copy: copies memory.
-- writes: writes to the memory that its argument points to, or to the page that it is. head: gives the first of the
-- pages that belong together. address: gives an address of a page that stays, and that the page
-- is found again by. dirties: of a release: it dirties the pages, too;
-- of an acquire with FOLL_WRITE: the same, at once.
-- page-alloc: allocates pages.
-- result: of a function that returns a number: error (perhaps an errno) or count (never one).
-- error: make (an error pointer), number (of one), test (for one; null: for NULL too).
-- noreturn: does not return. lock: enter and leave a section in which nothing may sleep; try:
-- enters it where the result is not 0; weak: what is in between may sleep, but shows no
-- context that may; test: asks whether anything may sleep. page-lock: takes (enter) or drops (leave) the lock of a page.
-- sleeper: a function or constant of code that may sleep. handler: calls the function that is
-- its argument where nothing may sleep. slot: a member whose function is called where nothing
-- may sleep (atomic) or where it may (process). container: a struct whose value stands for a
-- page (one) or for the pages that it holds (many); a pointer to it is an array that others
-- fill (array); its members belong to each user apart (shared);
-- its pages are released where it is completed, whichever code has it in between (completed);
-- it goes over memory, of which its pages are (iter). global: where the struct pages of all
-- memory begin (memmap), or the page of zeroes (zero). spelling: text that a macro puts
-- around the names of the functions behind it. locked-memory: a function or member that counts
-- pages against their user's limit of locked memory. request: a struct, or functions by their name, of
-- one request to a device, whose pages are released when it is completed. command: a struct, or functions
-- by their name, of one command of the user's, as an ioctl or a close is. calls-back: calls a function
-- that is its argument before it returns. lookup: makes an object found by a key.
-- opens: makes a file of the user's, which keeps an object until it is closed. path: core (part of the memory management and
-- what serves it), mm (of that, mm/ itself), public (headers of the whole kernel), arch (of an
-- architecture), headers (headers for other files at all), warning (what WARN_ON() is made of).
-- family: a file that implements the API, whose functions are read for their role.
-- list: a member of struct page by which the kernel keeps pages on lists.
-- type: a type whose memory is of one use: entries of page tables (table).
-- from-iter: a function that copies from the iterator which is its argument, so that this is a source
-- of data. kernel-iter: a member ("struct.member") that holds iterators over kernel memory alone.
-- ordinary: a struct whose pages are dropped by whoever has it, as ordinary references, and whose data
-- is only read. new-mm: a member ("struct.member") that holds the mm of a program that has not begun.
-- takes-over: a function that keeps the page it is given, and drops its reference later as an ordinary one.
CREATE TABLE knowledge (
	kind	TEXT NOT NULL CHECK (kind IN ('alloc', 'free', 'ref', 'unref', 'downgrade', 'print',
		'in-place', 'borrow', 'drops', 'insert', 'remove', 'copy', 'writes', 'head', 'address', 'dirties',
		'page-alloc', 'result', 'error', 'noreturn', 'lock',
		'page-lock', 'sleeper', 'handler', 'slot', 'container', 'global', 'spelling',
		'locked-memory', 'request', 'command', 'calls-back', 'lookup', 'opens', 'path', 'list', 'type',
		'from-iter', 'kernel-iter', 'ordinary', 'new-mm', 'takes-over')),
	name	TEXT NOT NULL,
	arg	INTEGER NOT NULL CHECK (arg >= 0),
	detail	TEXT NOT NULL,
	PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;

-- Decisions of a person, from --decisions FILE. identity: an acquire, as in view acquire_identity;
-- answer: pin, longterm (a pin with FOLL_LONGTERM) or keep; line: of that file.
CREATE TABLE answer (
	identity	TEXT PRIMARY KEY,
	answer		TEXT NOT NULL CHECK (answer IN ('pin', 'longterm', 'keep')),
	reason		TEXT NOT NULL,
	line		INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Meaning of a parameter by its name in the tree's prototype.
CREATE TABLE param_role (
	name	TEXT PRIMARY KEY,
	role	TEXT NOT NULL CHECK (role IN ('pages', 'count', 'flags', 'write', 'dirty', 'vmas', 'iter'))
) STRICT;

-- The target of a callee in an era; '' as era: in every one.
CREATE TABLE api_target (
	era	TEXT NOT NULL,
	name	TEXT NOT NULL,
	target	TEXT NOT NULL,
	PRIMARY KEY (era, name)
) STRICT, WITHOUT ROWID;

-- Prototypes found in the tree itself, of a module in the headers of its kernel (or brought by an
-- earlier patch of the series: origin 'series').
CREATE TABLE prototype (
	name	TEXT PRIMARY KEY,
	params	TEXT NOT NULL,	-- names, comma separated
	origin	TEXT NOT NULL CHECK (origin IN ('tree', 'series'))
) STRICT;
