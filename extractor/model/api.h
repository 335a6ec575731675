/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GUPCONV_MODEL_API_H
#define GUPCONV_MODEL_API_H

#include "db/db.h"

/* A row of table api. own: of the user's own tree, from --api */
struct api {
	char *name;
	char *role;
	char *family;
	char *detail;
	bool own;
};

/**
 * struct api_table - tables api and param_role, in memory
 * @by_name: name -> struct api
 * @param_roles: parameter name -> role
 */
struct api_table {
	GHashTable *by_name;
	GHashTable *param_roles;
};

struct api_table *api_table_load(struct db *db, GError **error);
void api_table_free(struct api_table *table);
const struct api *api_find(const struct api_table *table, const char *name);
/* "" when the name says nothing. */
const char *api_param_role(const struct api_table *table, const char *name);
bool api_has_role(const struct api *api, const char *role);

#endif
