# SPDX-License-Identifier: GPL-2.0-only
"""The rules of SARIF 2.1.0 for the members that gupconv writes, as a JSON schema.

Our own words, since no package of Debian's brings the standard's file: names,
types, what is required, and the words of each enumeration. No member but these
may be there. Where GUPCONV_SARIF_SCHEMA names the standard's own schema, the
tests take that too.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string", "minLength": 1}
COUNT: Schema = {"type": "integer", "minimum": 0}
LEVEL: Schema = {"enum": ["none", "note", "warning", "error"]}


def members(required: str, **properties: Schema) -> Schema:
    return {"type": "object", "required": required.split(), "properties": properties,
            "additionalProperties": False}


def many(items: Schema, least: int = 0) -> Schema:
    return {"type": "array", "items": items, "minItems": least, "uniqueItems": True}


MESSAGE = members("text", text=TEXT)
ARTIFACT = members("uri uriBaseId", uri={"type": "string", "pattern": "^[A-Za-z0-9%._~/!$&'()*+,;=@-]+$"},
                   uriBaseId=TEXT)
REGION = members("startLine", startLine={"type": "integer", "minimum": 1},
                 startColumn={"type": "integer", "minimum": 1})
PHYSICAL = members("artifactLocation region", artifactLocation=ARTIFACT, region=REGION)
LOCATION = members("physicalLocation", id={"type": "integer", "minimum": -1},
                   physicalLocation=PHYSICAL, message=MESSAGE,
                   logicalLocations=many(members("name kind", name=TEXT, kind={"const": "function"}), 1))
# A path may come to a place more than once.
THREAD = members("locations", locations={**many(members("location", location=LOCATION), 1),
                                         "uniqueItems": False})
FLOW = members("threadFlows", threadFlows=many(THREAD, 1))
SUPPRESSION = members("kind", kind={"enum": ["inSource", "external"]}, justification=TEXT,
                      status={"enum": ["accepted", "underReview", "rejected"]})
RESULT = members(
    "message ruleId ruleIndex kind level locations partialFingerprints",
    ruleId=TEXT, ruleIndex=COUNT, level=LEVEL, message=MESSAGE,
    kind={"enum": ["notApplicable", "pass", "fail", "review", "open", "informational"]},
    locations=many(LOCATION, 1), relatedLocations=many(LOCATION, 1), codeFlows=many(FLOW, 1),
    partialFingerprints={"type": "object", "additionalProperties": TEXT, "minProperties": 1},
    suppressions=many(SUPPRESSION), baselineState={"enum": ["new", "unchanged", "updated", "absent"]},
    properties={"type": "object"})
RULE = members("id", id=TEXT, shortDescription=MESSAGE, help=MESSAGE,
               defaultConfiguration=members("level", level=LEVEL))
DRIVER = members("name", name=TEXT, version=TEXT, rules=many(RULE))
RUN = members(
    "tool results", tool=members("driver", driver=DRIVER), results=many(RESULT),
    originalUriBaseIds={"type": "object", "additionalProperties": members("", description=MESSAGE)},
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]}, properties={"type": "object"})
LOG = members("version runs", version={"const": "2.1.0"}, runs=many(RUN, 1),
              **{"$schema": {"type": "string", "format": "uri"}})


def schemas() -> list[Schema]:
    given = os.environ.get("GUPCONV_SARIF_SCHEMA")
    return [LOG, *([json.loads(Path(given).read_text(encoding="utf-8"))] if given else [])]
