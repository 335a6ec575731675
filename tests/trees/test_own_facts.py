# SPDX-License-Identifier: GPL-2.0-only
"""What is learnt from a file depends on that file and what it includes, not on the files that
are indexed with it: those only decide which headers are parsed beforehand, and once for all."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import connect, copy_tree, index

ERA = "pin_user_pages"
HOME = "arch/arm64/ortolan"

# Asked of a header that is parsed beforehand.
HEADER = """
#ifdef CONFIG_ORTOLAN
#define ortolan_drop(page)    put_page(page)
#else
#define ortolan_drop(page)    do { } while (0)
#endif
#define ortolan_tidy(page)    ortolan_drop(page)
#ifdef CONFIG_ORTOLAN
struct page *ortolan_besides(struct page *page);
#endif
#ifdef ORTOLAN_LOUD
#define ortolan_say(page)    dump_ortolan(page)
#else
#define ortolan_say(page)    do { } while (0)
#endif
struct page *ortolan_first(struct page *page, int much);
static inline int ortolan_last(struct page *page)
{
    return 0;
}
"""

FILE = """// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>

int ortolan_NAME(unsigned long start)
{
    struct page *page;

    if (get_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
        return -EFAULT;
    USE;
    put_page(page);
    return 0;
}
"""

NAMING = FILE.replace("\nint", "\n#ifdef CONFIG_ORTOLAN\nint ortolan_NAME_on;\n#endif\nint")

FILES = {
    # Sees the headers as they are.
    "plain": FILE.replace("USE", "ortolan_drop(page); ortolan_say(page)"),
    # Names the symbol.
    "on": NAMING.replace("USE", "ortolan_drop(page)"),
    # Names it, and uses nothing that depends on it.
    "deaf": NAMING.replace("USE", "ortolan_last(page)"),
    # Uses it by another macro of the header, by one of its own header, or has no prototype without.
    "indirect": NAMING.replace("USE", "ortolan_tidy(page)"),
    "beside": NAMING.replace("USE", "ortolan_beside(page)").replace(
        "mm.h>", 'mm.h>\n#include "ortolan.h"'),
    "more": NAMING.replace("USE", "put_page(ortolan_besides(page))"),
    # Includes what only a build makes.
    "built": FILE.replace("USE", "ortolan_last(page)").replace(
        "mm.h>", 'mm.h>\n#include <linux/ortolan_made.h>\n#include "ortolan_made.h"'),
    # Defines a macro that the header tests.
    "loud": "#define ORTOLAN_LOUD\n" + FILE.replace("USE", "ortolan_say(page)"),
    # Declares what the header declares otherwise, and does not include that header.
    "own": """// SPDX-License-Identifier: GPL-2.0
struct page;
static struct page *ortolan_first(unsigned long start)
{
    struct page *page;

    get_user_pages_fast(start, 1, 1, &page);
    return page;
}
void ortolan_own(unsigned long start)
{
    put_page(ortolan_first(start));
}
""",
    # The same, and would include it under another configuration.
    "guarded": """// SPDX-License-Identifier: GPL-2.0
#ifdef ORTOLAN_NEVER
#include <linux/mm.h>
#endif
struct page;
static struct page *ortolan_first(unsigned long start)
{
    struct page *page;

    get_user_pages_fast(start, 1, 1, &page);
    return page;
}
void ortolan_own(unsigned long start)
{
    put_page(ortolan_first(start));
}
""",
    # Defines what the header that it includes defines: the same mistake with and without others.
    "again": """// SPDX-License-Identifier: GPL-2.0
#include <linux/mm.h>

int ortolan_last(struct page *page)
{
    struct page *got;

    if (get_user_pages_fast(0, 1, FOLL_WRITE, &got) != 1)
        return -EFAULT;
    put_page(got);
    return 0;
}
""",
    # Knows no function of the kernel.
    "user": """// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>
int main(void)
{
    get_user_pages_fast(0, 1, 1, malloc(8));
    return 0;
}
""",
}

FACTS = {
    "function": "SELECT t.line, t.name, t.end_line FROM function AS t",
    "call": "SELECT t.line, t.column, t.callee, t.status, t.config FROM call AS t",
    "invoke": "SELECT t.line, t.callee, t.scope FROM invoke AS t",
    "flow": "SELECT t.line, t.kind, dst.name, src.name FROM flow AS t"
            " JOIN place AS dst ON dst.id = t.dst JOIN place AS src ON src.id = t.src",
}
GRAPHS = "SELECT line, function, graph FROM function_graph WHERE path = ?"


def ortolans(folder: Path, names: list[str]) -> Path:
    tree = copy_tree(ERA, folder)
    header = tree / "include/linux/mm.h"
    text = header.read_text()
    end = text.rindex("#endif")
    header.write_text(text[:end] + HEADER + text[end:])
    (tree / HOME).mkdir(parents=True)
    (tree / HOME / "ortolan.h").write_text("#define ortolan_beside(page)    ortolan_drop(page)\n")
    for name in names:
        (tree / HOME / f"{name}.c").write_text(FILES[name].replace("NAME", name))
    return tree


def facts(db: Path, path: str) -> dict[str, list[tuple[object, ...]]]:
    of_file = " JOIN file AS f ON f.id = t.file_id WHERE f.path = ?"
    with connect(db) as connection:
        found = {kind: sorted(connection.execute(query + of_file, (path,)))
                 for kind, query in FACTS.items()}
        found["graph"] = sorted(connection.execute(GRAPHS, (path,)))
    return found


@pytest.mark.parametrize("name", sorted(FILES))
def test_other_files_change_nothing(name: str, tmp_path: Path) -> None:
    path = f"{HOME}/{name}.c"
    index(ortolans(tmp_path / "alone", [name]), tmp_path / "alone.db")
    index(ortolans(tmp_path / "all", sorted(FILES)), tmp_path / "all.db")
    alone = facts(tmp_path / "alone.db", path)
    assert alone["call"]
    assert alone == facts(tmp_path / "all.db", path)


def test_the_macro_and_the_symbol_matter(tmp_path: Path) -> None:
    """The files of the test above do differ by what they set."""
    index(ortolans(tmp_path / "all", sorted(FILES)), tmp_path / "all.db")
    loud = facts(tmp_path / "all.db", f"{HOME}/loud.c")
    assert any("dump_ortolan" in str(row) for row in loud["invoke"] + loud["graph"])
    plain = facts(tmp_path / "all.db", f"{HOME}/plain.c")
    assert not any("dump_ortolan" in str(row) for row in plain["invoke"] + plain["graph"])
    assert len([row for row in plain["call"] if row[2] == "put_page"]) == 1
