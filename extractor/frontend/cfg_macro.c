// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "frontend/cfg_macro.h"

/* Where the macro is used that the cursor is in the expansion of: offset + 1; 0 for no macro. */
static unsigned int expansion_of(CXCursor at, CXFile *file)
{
	CXSourceLocation location = clang_getCursorLocation(at);
	unsigned int used, written;
	CXFile body;

	clang_getExpansionLocation(location, file, NULL, NULL, &used);
	clang_getSpellingLocation(location, &body, NULL, NULL, &written);
	if (!*file || (used == written && clang_File_isEqual(*file, body)))
		return 0;
	return used + 1;
}

static char *name_at(struct builder *b, CXFile file, size_t offset)
{
	size_t size, length = 0;
	const char *text = clang_getFileContents(b->unit->tu, file, &size);

	while (text && offset + length < size &&
	       (g_ascii_isalnum(text[offset + length]) || text[offset + length] == '_'))
		length++;
	return text ? g_strndup(text + offset, length) : NULL;
}

struct macro_use macro_begin(struct builder *b, CXCursor at)
{
	struct macro_use use = { .outer = b->expansion, .first = b->nodes->len };
	CXFile file;
	unsigned int expansion = expansion_of(at, &file);

	if (!expansion || expansion == b->expansion)
		return use;
	b->expansion = expansion;
	use.name = name_at(b, file, expansion - 1);
	if (use.name && !knowledge_has(b->unit->apis->knowledge, KNOW_LOCK, use.name))
		g_clear_pointer(&use.name, g_free);
	return use;
}

/* A function in the expansion is known as a lock itself. */
static bool has_lock(const struct builder *b, guint first)
{
	for (guint i = first; i < b->nodes->len; i++) {
		const char *callee = builder_node(b, i)->callee;

		if (callee && knowledge_has(b->unit->apis->knowledge, KNOW_LOCK, callee))
			return true;
	}
	return false;
}

void macro_end(struct builder *b, CXCursor at, struct macro_use *use)
{
	b->expansion = use->outer;
	if (use->name && !has_lock(b, use->first))
		builder_emit(b, at, (struct ir_node){
			.kind = IR_CALL, .type = IR_TYPE_OTHER,
			.callee = expr_pool_name(b->pool, use->name),
		});
	g_clear_pointer(&use->name, g_free);
}
