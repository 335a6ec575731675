// SPDX-License-Identifier: GPL-2.0-only
#include "model/path_class.h"

static bool has(const struct knowledge *knowledge, const char *path, unsigned int details)
{
	return knowledge_union(knowledge, KNOW_PATH, path) & details;
}

bool path_is_core(const struct knowledge *knowledge, const char *path)
{
	return has(knowledge, path, KNOWN(CORE));
}

bool path_is_mm(const struct knowledge *knowledge, const char *path)
{
	return has(knowledge, path, KNOWN(MM));
}

bool path_is_public(const struct knowledge *knowledge, const char *path)
{
	return has(knowledge, path, KNOWN(PUBLIC));
}

bool path_is_kernels(const struct knowledge *knowledge, const char *path)
{
	return has(knowledge, path, KNOWN(MM) | KNOWN(PUBLIC));
}

bool path_is_api(const struct knowledge *knowledge, const char *path)
{
	return has(knowledge, path, KNOWN(MM) | KNOWN(PUBLIC) | KNOWN(ARCH));
}

bool path_is_header(const struct knowledge *knowledge, const char *path)
{
	return has(knowledge, path, KNOWN(HEADERS));
}

bool path_is_warning(const struct knowledge *knowledge, const char *path)
{
	return has(knowledge, path, KNOWN(WARNING));
}
