// SPDX-License-Identifier: GPL-2.0-only
#include <gio/gio.h>
#include <string.h>

#include "model/fact_archive.h"
#include "model/facts.h"

/* The fastest level: the answers shrink to a quarter, the best one would make it a fifth. */
#define LEVEL 1

/* All of the input through a converter; NULL when it does not take it. */
static GByteArray *convert(GConverter *converter, const void *data, gsize size)
{
	GByteArray *out = g_byte_array_new();
	guint8 buffer[16384];
	gsize at = 0, read, written;

	for (;;) {
		GConverterResult result = g_converter_convert(converter, (const char *)data + at,
							      size - at, buffer, sizeof(buffer),
							      G_CONVERTER_INPUT_AT_END, &read,
							      &written, NULL);

		if (result == G_CONVERTER_ERROR)
			break;
		g_byte_array_append(out, buffer, written);
		at += read;
		if (result == G_CONVERTER_FINISHED)
			return out;
	}
	g_byte_array_unref(out);
	return NULL;
}

GBytes *fact_archive_pack(const char *kept)
{
	g_autoptr(GZlibCompressor)
		zlib = g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_ZLIB, LEVEL);

	return g_byte_array_free_to_bytes(convert(G_CONVERTER(zlib), kept, strlen(kept)));
}

/* "G NAME LINE number" -> "G NAME LINE graph" */
static bool put_graph(GString *text, const char *line, size_t length, const GPtrArray *graphs)
{
	const char *cell = g_strrstr_len(line, length, "\t");
	guint64 number = cell ? g_ascii_strtoull(cell + 1, NULL, 10) : 0;

	if (!number || number > graphs->len)
		return false;
	g_string_append_len(text, line, cell + 1 - line);
	facts_append_cell(text, graphs->pdata[number - 1]);
	g_string_append_c(text, '\n');
	return true;
}

char *fact_archive_unpack(GBytes *bytes, const GPtrArray *graphs)
{
	g_autoptr(GZlibDecompressor) zlib = g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
	gsize size;
	const void *data = g_bytes_get_data(bytes, &size);
	g_autoptr(GByteArray) kept = convert(G_CONVERTER(zlib), data, size);
	GString *text;
	const char *line;

	if (!kept)
		return NULL;
	g_byte_array_append(kept, (const guint8 *)"", 1);
	text = g_string_sized_new(kept->len);
	for (line = (const char *)kept->data; *line;) {
		size_t length = strcspn(line, "\n");

		if (!line[length] || (*line == 'G' && !put_graph(text, line, length, graphs))) {
			g_string_free(text, TRUE);
			return NULL;
		}
		if (*line != 'G')
			g_string_append_len(text, line, length + 1);
		line += length + 1;
	}
	return g_string_free(text, FALSE);
}
