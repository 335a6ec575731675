/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_MODEL_API_H
#define GUPCONV_MODEL_API_H

#include "model/detail.h"
#include "model/family.h"
#include "model/knowledge.h"
#include "model/param_role.h"
#include "model/role.h"

/**
 * struct api - a row of table api
 * @taker: of a source: the function that takes its pages back, or NULL for put_page()
 * @own: of the user's own tree, from --api
 */
struct api {
	char *name;
	enum role role;
	enum family family;
	enum detail detail;
	char *taker;
	bool own;
};

/**
 * struct api_table - tables api, param_role and knowledge, in memory
 * @by_name: name -> struct api
 * @param_roles: parameter name -> enum param_role
 */
struct api_table {
	GHashTable *by_name;
	GHashTable *param_roles;
	struct knowledge *knowledge;
};

struct api_table *api_table_load(struct db *db, GError **error);
void api_table_free(struct api_table *table);
const struct api *api_find(const struct api_table *table, const char *name);
/* PARAM_NONE when the name has no meaning. */
enum param_role api_param_role(const struct api_table *table, const char *name);
/* false of NULL */
bool api_has_role(const struct api *api, enum role role);
/* A call of it is a site: an acquire or a release. false of NULL */
bool api_is_site(const struct api *api);
/* The function only prints, tests or frees what it is given, or looks at struct page. */
bool api_is_harmless(const struct api_table *table, const char *function);

#endif
