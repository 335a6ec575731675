# SPDX-License-Identifier: GPL-2.0-only
"""The words of a patch: what changes where, why, and what a reviewer should look at."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import paths
from .changes import Conversion, Effects
from .failure import Exit, Failure
from .store import Site

if TYPE_CHECKING:
    from jinja2 import Environment

WIDTH = 72
_MANY = 5


def fold(text: str, indent: str = "", first: str = "") -> str:
    return textwrap.fill(" ".join(text.split()), WIDTH, initial_indent=indent + first,
                         subsequent_indent=indent + " " * len(first),
                         break_long_words=False, break_on_hyphens=False)


def sentence(text: str) -> str:
    """A reason as a sentence of its own; a name at its head keeps its case."""
    text = " ".join(text.split()).rstrip(".")
    head = text.split(" ", 1)[0]
    if head.isalpha() and head.islower():
        text = text[0].upper() + text[1:]
    return f"{text}."


def listed(names: list[str]) -> str:
    """a, b and c; a long list ends with the number left out."""
    if len(names) > _MANY:
        names = [*names[:_MANY - 1], f"{len(names) - _MANY + 1} more"]
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def calls(names: list[str]) -> str:
    return listed([f"{name}()" for name in dict.fromkeys(names) if name])


def environment() -> Environment:
    try:
        import jinja2
    except ImportError as error:
        raise Failure(Exit.TOOL, "python3-jinja2 is not installed; the texts are made with it") \
            from error
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(paths.root() / "reports" / "templates"),
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        keep_trailing_newline=True, autoescape=False)
    made.filters.update(fold=fold, calls=calls, listed=listed, sentence=sentence)
    made.tests.update(fits=lambda text, length: len(text) <= length)
    return made


@dataclass(frozen=True)
class Taken:
    """Acquires that are spelled alike: the call, and the functions that make it."""

    callee: str
    functions: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One row of the list of changes: f(): put_page() -> put_user_page()."""

    path: str
    function: str
    callee: str
    target: str
    times: int

    @property
    def text(self) -> str:
        """On one line below its path, on two when it would be too long."""
        times = f" ({self.times} times)" if self.times > 1 else ""
        change = f"{self.callee}() -> {self.target}(){times}"
        where = f"    {self.function}():" if self.function else "   "
        whole = f"{where} {change}"
        return whole if len(whole) <= WIDTH else f"{where}\n      {change}"


@dataclass(frozen=True)
class UseCase:
    number: int
    title: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Flags:
    """Flags that pins get or lose, alike in some functions; WHY they do not get them, if they
    could need them."""

    functions: tuple[str, ...]
    became: str
    adds: str = ""
    drops: str = ""
    why: str = ""


@dataclass(frozen=True)
class Left:
    """A site in a touched file that stays as it was, and why."""

    callee: str
    function: str
    why: str


@dataclass(frozen=True)
class Story:
    """All facts of the message of one conversion."""

    subject: str
    pins: bool
    taken: tuple[Taken, ...]
    lines: tuple[Line, ...]
    effects: Effects
    cases: tuple[UseCase, ...]
    flags: tuple[Flags, ...]
    left: tuple[Left, ...]
    answers: tuple[str, ...] = ()
    """Reasons of the decisions file, in its words, for acquires that it decides."""
    header: str = ""
    """The header that the conversion makes for kernels without pins."""

    @property
    def paths(self) -> list[str]:
        return sorted({line.path for line in self.lines})


def taken(acquires: list[Site]) -> tuple[Taken, ...]:
    found: dict[str, list[str]] = {}
    for site in acquires:
        functions = found.setdefault(site.callee, [])
        if site.function not in functions:
            functions.append(site.function)
    return tuple(Taken(callee, tuple(functions)) for callee, functions in found.items())


def lines(changed: list[Conversion]) -> tuple[Line, ...]:
    """Acquires before the releases of the same file."""
    ordered = sorted(changed, key=lambda c: c.role)
    counted = Counter((c.path, c.function, c.callee, c.target) for c in ordered)
    return tuple(Line(*key, times) for key, times in counted.items())


def case_titles(document: str) -> dict[int, str]:
    """The headings "CASE 2: RDMA" of the tree's own pin_user_pages.rst."""
    return {int(number): title.strip() for number, title in
            re.findall(r"^CASE (\d): (.+)$", document, re.M)}


def cases(sites: list[Site], titles: dict[int, str]) -> tuple[UseCase, ...]:
    reasons: dict[int, list[str]] = {}
    for site in sites:
        if site.use_case is not None and site.role == "acquire":
            known = reasons.setdefault(site.use_case, [])
            why = site.reason.parts[1] if site.reason.code == "case" else site.reason.text
            if why and why not in known:
                known.append(why)
    return tuple(UseCase(number, titles.get(number, ""), tuple(reasons[number]))
                 for number in sorted(reasons))


def answers(sites: list[Site]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(site.reason.parts[1] for site in sites
                               if site.role == "acquire" and site.reason.code == "answered"))


def flags(sites: list[Site]) -> tuple[Flags, ...]:
    found: dict[tuple[str, str, str, str], list[str]] = {}
    for site in sites:
        why = site.adds_reason.text if site.adds_reason else ""
        drops = "FOLL_GET" if re.search(r"\bFOLL_GET\b", site.flags) else ""
        if site.role != "acquire" or not (why or drops):
            continue
        functions = found.setdefault((site.became, site.adds, drops, why), [])
        if site.function not in functions:
            functions.append(site.function)
    return tuple(Flags(tuple(functions), *key) for key, functions in found.items())


def left(sites: list[Site]) -> tuple[Left, ...]:
    found = dict.fromkeys(Left(site.callee, site.function, site.why.text) for site in sites
                          if site.role == "release" and site.outcome != "converted" and
                          site.state in ("keep", "mixed", "unknown", "mismatched") and site.why)
    return tuple(found)


def body(story: Story) -> str:
    """Subject and body, without trailers; ends in a newline."""
    name = "pin.txt.j2" if story.pins else "put.txt.j2"
    text = environment().get_template(name).render(story=story)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def with_trailers(text: str, trailers: list[str], signed_off: str, aside: str = "") -> str:
    """aside: for the reader of the mail, not for the history: below a line of dashes."""
    lines = [*trailers, f"Signed-off-by: {signed_off}"]
    below = f"---\n{fold(aside)}\n" if aside else ""
    return text.rstrip("\n") + "\n\n" + "\n".join(lines) + "\n" + below
