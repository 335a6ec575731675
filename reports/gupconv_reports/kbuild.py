# SPDX-License-Identifier: GPL-2.0-only
"""Reads Kbuild files: which driver an object goes into, and what must be configured for it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

_ASSIGNMENT = re.compile(r"^\s*([\w./-]+?)(-objs)?-?(\$\((CONFIG_\w+)\)|[yml])?\s*[:+?]?=\s*(.*)$")
_VARIABLE = re.compile(r"\$[({]([\w-]+)[)}]")
_INCLUDE = re.compile(r"^\s*-?include \$\(srctree\)/(\S+)\s*$", re.M)
_PLAIN = re.compile(r"^\s*([\w.-]+)\s*[:+?]?=\s*(.*)$")


@dataclass(frozen=True)
class Rule:
    """One assignment of a Kbuild file: "tee-$(CONFIG_X) += a.o b.o"."""

    variable: str
    name: str
    config: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Owner:
    """Where Kbuild builds an object: directory is the Kbuild file's, module the
    composite (or the object's own stem), configs everything that must be set."""

    directory: str
    module: str
    configs: tuple[str, ...]
    composite: bool
    word: str = ""

    def spelled(self, obj: str) -> str:
        """The object as make has to be asked for it."""
        return f"{self.directory}/{self.word}" if self.word.startswith("../") else obj


def _logical_lines(text: str) -> list[str]:
    joined = re.sub(r"\\\n[ \t]*", " ", text)
    return [line.split("#", 1)[0] for line in joined.splitlines()]


def parse(text: str) -> list[Rule]:
    rules = []
    for line in _logical_lines(text):
        found = _ASSIGNMENT.match(line)
        plain = _PLAIN.match(line)
        if plain and not found:
            rules.append(Rule(plain[1], plain[1], "", tuple(plain[2].split())))
        elif found:
            variable = line.split("=", 1)[0].strip(" \t:+?")
            rules.append(Rule(variable, found[1], found[4] or "", tuple(found[5].split())))
    return rules


def _expanded(rules: list[Rule]) -> list[Rule]:
    """With the folders in variables written out: $(KVM)/kvm_main.o."""
    folders = {f"$({rule.name})": rule.words[0] for rule in rules
               if rule.name == rule.variable and len(rule.words) == 1 and "/" in rule.words[0]}

    def written_out(word: str) -> str:
        head, slash, rest = word.partition("/")
        return f"{folders[head]}/{rest}" if slash and head in folders else word
    return [Rule(rule.variable, rule.name, rule.config, tuple(map(written_out, rule.words)))
            for rule in rules]


class Kbuild:
    """The Kbuild files of one tree, read when they are asked for; changed holds the
    texts of those that a series has changed. The Makefiles of the architecture may
    name objects of another part of the tree (virt/kvm)."""

    def __init__(self, tree: Path, changed: Mapping[str, bytes | None] | None = None,
                 arch: str = "x86") -> None:
        self.tree = tree
        self.changed = changed or {}
        self.arch = arch
        self.rules = cache(self._rules)

    def _rules(self, directory: str) -> list[Rule]:
        for name in ("Kbuild", "Makefile"):
            text = self._text(f"{directory}/{name}")
            if text is not None:
                return _expanded(parse(text))
        return []

    def _text(self, path: str) -> str | None:
        def included(found: re.Match[str]) -> str:
            return (self._text(found[1]) or "") if found[1] != path else ""
        full = self.tree / path
        data = self.changed.get(path) or (full.read_bytes() if full.is_file() else None)
        return None if data is None else \
            _INCLUDE.sub(included, data.decode(errors="replace"))

    def owner(self, path: str) -> Owner | None:
        """The owner of the object made of a .c file; None when no Kbuild file names it."""
        return next(iter(self.owners(path)), None)

    def owners(self, path: str) -> list[Owner]:
        """All of them: an object may go into several modules, one of which will do."""
        target = PurePosixPath(path).with_suffix(".o")
        for directory in list(target.parents)[:-1]:
            word = str(target.relative_to(directory))
            found = [self._owner(str(directory), word, *module)
                     for module in self._modules(str(directory), word, ())]
            if found:
                return list(dict.fromkeys(found))
        abroad = self._abroad(str(target))
        return [abroad] if abroad else []

    def _owner(self, directory: str, word: str, module: str, configs: tuple[str, ...]) -> Owner:
        down = self._way_down(PurePosixPath(directory))
        return Owner(directory, PurePosixPath(module).stem, _unique((*down, *configs)),
                     module != word, word)

    def _abroad(self, target: str) -> Owner | None:
        """An object that a Makefile elsewhere names by a way that leads out of its folder."""
        name = PurePosixPath(target).name
        for path in sorted((self.tree / "arch" / self.arch).glob("*/Makefile")):
            directory = str(path.parent.relative_to(self.tree))
            for word in (w for rule in self.rules(directory) for w in rule.words):
                if word.endswith(f"/{name}") and os.path.normpath(f"{directory}/{word}") == target:
                    found = self._module(directory, word, ())
                    return self._owner(directory, word, *found) if found else None
        return None

    def _module(self, directory: str, word: str, seen: tuple[str, ...]
                ) -> tuple[str, tuple[str, ...]] | None:
        return next(self._modules(directory, word, seen), None)

    def _modules(self, directory: str, word: str, seen: tuple[str, ...]
                 ) -> Iterator[tuple[str, tuple[str, ...]]]:
        """From a word of a Kbuild file up to the obj- lines that take it in."""
        for rule in self.rules(directory):
            if word not in rule.words or rule.variable in seen:
                continue
            config = (rule.config,) if rule.config else ()
            if rule.name in ("obj", "lib", "core", "drivers", "net"):
                yield word, config
                continue
            above = (self._module(directory, f"{rule.name}.o", (*seen, rule.variable)) or
                     self._by_variable(directory, rule, word, (*seen, rule.variable)))
            if above:
                yield above[0], (*above[1], *config)

    def _by_variable(self, directory: str, rule: Rule, word: str, seen: tuple[str, ...]
                     ) -> tuple[str, tuple[str, ...]] | None:
        names = {rule.variable, f"{rule.name}-y"}
        for user in self.rules(directory):
            used = {name for text in user.words for name in _VARIABLE.findall(text)}
            if not used & names or user.variable in seen:
                continue
            config = (user.config,) if user.config else ()
            if user.name in ("obj", "lib"):
                return word, config
            above = (self._module(directory, f"{user.name}.o", (*seen, user.variable)) or
                     self._by_variable(directory, user, word, (*seen, user.variable)))
            if above:
                return above[0], (*above[1], *config)
        return None

    def _way_down(self, directory: PurePosixPath) -> tuple[str, ...]:
        """The symbols on the way from the top to a directory."""
        for ancestor in list(directory.parents)[:-1]:
            word = f"{directory.relative_to(ancestor)}/"
            found = [rule.config for rule in self.rules(str(ancestor)) if word in rule.words]
            if found:
                # Named twice means either symbol will do: then neither is a must.
                config = (found[0],) if len(found) == 1 and found[0] else ()
                return (*self._way_down(ancestor), *config)
        return ()


def _unique(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
