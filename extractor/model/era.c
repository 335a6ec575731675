// SPDX-License-Identifier: GPL-2.0-only
#include "model/era.h"

const struct era_traits *era_traits(enum era era)
{
	static const struct era_traits traits[] = {
		[ERA_NONE] = { 0 },
		[ERA_PUT_USER_PAGE] = { .marker = "put_user_page" },
		[ERA_PIN_USER_PAGES] = { .marker = "pin_user_pages", .pins = true },
	};

	return &traits[era];
}

enum era era_of(const char *word)
{
	int era = word ? era_find(word) : -1;

	return era < 0 ? ERA_NONE : (enum era)era;
}
