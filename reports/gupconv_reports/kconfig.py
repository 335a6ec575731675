# SPDX-License-Identifier: GPL-2.0-only
"""What symbols of Kconfig need, and which of an architecture's own configurations may have them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from .tree import Tree

_ENTRY = re.compile(r"(?:menu)?config\s+(\w+)$")
_BLOCK = re.compile(r"(?:menu\b|choice\b|if\s+(?P<what>.*))")
_END = re.compile(r"(?:endmenu|endchoice|endif)\b")
_SOURCE = re.compile(r'source\s+"?([^"\s]+)"?')
_NEEDS = re.compile(r"depends\s+on\s+(.*)")
_SELECTS = re.compile(r"select\s+(\w+)")
_PROMPT = re.compile(r"(?:bool|tristate|int|hex|string|prompt)\s+[\"']")
_HELP = re.compile(r"(?:---)?help(?:---)?$")
_WORD = re.compile(r"(?<![!\w])[A-Z0-9][A-Z0-9a-z_]*\b")
_PLAIN = re.compile(r"(!?)\s*(\w+)(?:\s*(!?=)\s*([ymn]))?$")
_SET = re.compile(r"^CONFIG_(\w+)=[ym]$", re.M)
_DEPTH = 3
_FADE = 4
_TRIED = 16


def _conditions(expression: str) -> list[str]:
    """The parts that all have to hold."""
    parts, depth, start = [], 0, 0
    for at, sign in enumerate(expression):
        depth += (sign == "(") - (sign == ")")
        if not depth and expression.startswith("||", at):
            return [expression]
        if not depth and expression.startswith("&&", at):
            parts.append(expression[start:at].strip())
            start = at + 2
    parts.append(expression[start:].strip())
    return parts


def _plain(condition: str) -> tuple[str, bool] | None:
    """A condition on one symbol: its name, and whether it has to be set."""
    found = _PLAIN.match(condition)
    if not found or found[2] in ("y", "n", "m"):
        return None
    on = not found[1]
    if found[3]:
        on = on == ((found[3] == "=") == (found[4] != "n"))
    return found[2], on


@dataclass
class _Reader:
    """Follows the tree's Kconfig files as one architecture has them. needs: of each symbol the
    expressions that it depends on, those of blocks around it as well; chosen: what selects it;
    asked: those that a user may set."""

    tree: Tree
    arch: str
    texts: Mapping[str, bytes | None]
    needs: dict[str, list[str]] = field(default_factory=dict)
    chosen: dict[str, set[str]] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    blocks: list[list[str]] = field(default_factory=list)
    entry: str = ""
    again: bool = False

    def file(self, path: str) -> None:
        data = self.texts[path] if path in self.texts else self.tree.read(path)
        text = (data or b"").decode(errors="replace").replace("\\\n", " ")
        hidden = -1
        for line in text.expandtabs().split("\n"):
            indent = len(line) - len(line.lstrip())
            plain = line.split("#", 1)[0].strip()
            if not plain or (hidden >= 0 and indent > hidden):
                continue
            hidden = indent if _HELP.match(plain) else -1
            if hidden >= 0:
                # The text of a help is indented more than its word, or than what it belongs to.
                continue
            self._line(plain)

    def _line(self, plain: str) -> None:
        entry, block, source = _ENTRY.match(plain), _BLOCK.match(plain), _SOURCE.match(plain)
        if entry:
            self.entry = entry[1]
            self.again = entry[1] in self.needs
            # Of two definitions either will do: what they need is not certain then.
            self.needs[entry[1]] = [] if self.again else \
                [text for texts in self.blocks for text in texts]
        elif _END.match(plain):
            self.entry = ""
            if self.blocks:
                self.blocks.pop()
        elif block:
            self.entry = ""
            self.blocks.append([block["what"]] if block["what"] else [])
        elif plain.startswith("comment "):
            # Its conditions are its own, and no block's.
            self.entry, self.again = plain, True
        elif source:
            name = source[1].replace("$(SRCARCH)", self.arch).replace("$SRCARCH", self.arch)
            self.entry = ""
            self.file(name)
        else:
            self._property(plain)

    def _property(self, plain: str) -> None:
        needs, selects = _NEEDS.match(plain), _SELECTS.match(plain)
        if needs and self.entry and not self.again:
            self.needs[self.entry].append(needs[1])
        elif needs and not self.entry and self.blocks:
            self.blocks[-1].append(needs[1])
        elif selects and self.entry:
            self.chosen.setdefault(selects[1], set()).add(self.entry)
        elif self.entry and _PROMPT.match(plain):
            self.asked.add(self.entry)


@dataclass(frozen=True)
class Kconfig:
    """The symbols of a tree for an architecture, which is a folder below arch/. patched: files
    of Kconfig that are other ones than the tree's."""

    tree: Tree
    arch: str
    patched: Mapping[str, bytes | None] = field(default_factory=dict)

    @cached_property
    def _read(self) -> _Reader:
        reader = _Reader(self.tree, self.arch, self.patched)
        reader.file("Kconfig")
        return reader

    @cached_property
    def texts(self) -> dict[str, frozenset[str]]:
        """Of each NAME_defconfig, as make is given it, what it sets."""
        top = self.tree.path / "arch" / self.arch / "configs"
        return {str(path.relative_to(top)):
                frozenset(_SET.findall(path.read_text(encoding="utf-8", errors="replace")))
                for path in sorted(top.rglob("*_defconfig"))}

    def needed(self, symbols: Iterable[str]) -> dict[str, bool]:
        """The symbols (CONFIG_NAME) and all that they cannot be set without: whether it is to be
        set. Of alternatives (||) none is taken."""
        found = {symbol.removeprefix("CONFIG_"): True for symbol in symbols}
        todo = list(found)
        while todo:
            for expression in self._read.needs.get(todo.pop(), ()):
                for plain in filter(None, map(_plain, _conditions(expression))):
                    if plain[0] not in found:
                        found[plain[0]] = plain[1]
                        todo += [plain[0]] if plain[1] else []
        return {f"CONFIG_{name}": on for name, on in found.items()}

    def possible(self, symbols: Iterable[str]) -> bool:
        """Whether the architecture knows them and all that they cannot be set without; in a tree
        without Kconfig, everything is possible."""
        known = self._read.needs
        return not known or all(name.removeprefix("CONFIG_") in known
                                for name, on in self.needed(symbols).items() if on)

    def _unasked(self, symbols: Iterable[str]) -> list[str]:
        """Those of what they need that cannot be set as one likes, but come of others."""
        on = {name.removeprefix("CONFIG_") for name, on in self.needed(symbols).items() if on}
        return sorted(name for name in on - self._read.asked
                      if not self._read.chosen.get(name, set()) & on)

    def _around(self, symbols: Iterable[str]) -> dict[str, int]:
        """The symbols, what they depend on and what selects these, a few steps far: how far."""
        found = dict.fromkeys(symbols, 0)
        for far in range(_DEPTH):
            edge = [symbol for symbol, steps in found.items() if steps == far]
            for name in {name for symbol in edge for name in self._next(symbol)}:
                found.setdefault(name, far + 1)
        return found

    def _next(self, symbol: str) -> set[str]:
        needs = {name for text in self._read.needs.get(symbol, ()) for name in _WORD.findall(text)}
        return needs | self._read.chosen.get(symbol, set())

    def likely(self, symbols: Iterable[str]) -> list[str]:
        """The configurations that may have the symbols (CONFIG_NAME), the likeliest first. The
        symbols that nobody can set by themselves tell them apart, and those that they come of: one
        counts the more, the nearer it is and the fewer of them set it."""
        around = self._around(self._unasked(symbols))
        weights = self._weights(around)

        def weight(config: str) -> float:
            return sum(weights[name] for name in self.texts[config] & around.keys())
        ranked = sorted(self.texts, key=lambda config: (-weight(config), config))
        return [config for config in ranked if weight(config) > 0][:_TRIED]

    def _weights(self, around: Mapping[str, int]) -> dict[str, float]:
        uses = Counter(name for there in self.texts.values() for name in there & around.keys())
        return {name: math.log((1 + len(self.texts)) / uses[name]) / _FADE ** around[name]
                for name in uses}
