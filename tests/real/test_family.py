# SPDX-License-Identifier: GPL-2.0-only
"""Table api has every function that a real tree exports to take or release user pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support import ROOT

EXPORT = re.compile(r"^EXPORT_SYMBOL(?:_GPL)?\((\w+)\);", re.M)
# Where they are defined, and what of the exports there hands out or drops references.
PLACES = (("mm/gup.c", re.compile(r"(get|pin|put|unpin)_(user|folio|dump)|_pin_folios")),
          ("mm/swap.c", re.compile(r"^(put_page|release_pages|put_user_\w+|unpin_\w+)$")),
          ("lib/iov_iter.c", re.compile(r"_(get|extract)_pages")),
          ("mm/frame_vector.c", re.compile(r"^(get|put)_vaddr_frames$")),
          ("drivers/media/common/videobuf2/frame_vector.c",
           re.compile(r"^(get|put)_vaddr_frames$")))


def family() -> set[str]:
    text = (ROOT / "db" / "api.sql").read_text(encoding="utf-8")
    return {name for name, role in re.findall(r"\('(\w+)',\s*'(\w+)'", text)
            if role in ("acquire", "release")}


def exported(tree: Path) -> set[str]:
    found = set()
    for path, wanted in PLACES:
        if (tree / path).is_file():
            text = (tree / path).read_text(encoding="utf-8", errors="replace")
            found |= {name for name in EXPORT.findall(text) if wanted.search(name)}
    return found


def test_family_is_complete(indexed) -> None:
    names = exported(indexed.tree)
    assert len(names) > 8
    if names - family():
        pytest.fail(f"db/api.sql lacks {', '.join(sorted(names - family()))}")
