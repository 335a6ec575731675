# SPDX-License-Identifier: GPL-2.0-only
"""Builds single objects of a kernel, in a tree of links that stands for the target tree."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from . import preprocess, results
from .arch import Arch, version
from .failure import Exit, Failure
from .owners import Patched, owner
from .preprocess import Kept
from .results import Built
from .store import Owner
from .tree import Tree

ANY = "any"
"""allmodconfig, touched, and one that is searched for."""
GUARDS = "guards"
"""allmodconfig and what the guards of changed lines want, that are not compiled otherwise."""
CONFIGS = ("defconfig", "touched", "allmodconfig")

_FORMAT = "4"
"""Of results.json: part of every key, so that old words are not compared with new ones."""

_STARTED = re.compile(r"^  (?:CC|AS)(?: \[M\])? +(\S+\.o)$")
_OTHER = re.compile(r"^  [A-Z][A-Z0-9_]*(?: \[M\])? +\S")
_WARNING = re.compile(r": warning: |warning: objtool: ")
_ERROR = re.compile(r": (?:fatal )?error: ")
_POSITION = re.compile(r":\d+(?::\d+)?:")
_OFFSET = re.compile(r"\+0x[0-9a-f]+")
_SET = re.compile(r"^(CONFIG_\w+)=[ym]$", re.M)
_FAMILY_LIMIT = re.compile(r"^#if PF_MAX > (\d+)", re.M)


def extended(config: str) -> bool:
    """Whether what the patches touch is turned on in it, too."""
    return config in ("touched", GUARDS) or config.endswith("_defconfig")


@dataclass
class Builder:
    """A tree of links, a build folder beside it, and what was built so far.

    The target tree stays as it is: edited files take the place of their links.
    A file that goes back to its old text is written anew, because make goes by
    time stamps, and those of a link are the old file's.

    watched: headers of which it is told which object includes them; touched: all files that
    will be edited; kconfig: of these, the Kconfig files as they are in the end."""

    tree: Tree
    folder: Path
    arch: Arch
    config: str
    jobs: int
    patched: Patched
    watched: tuple[str, ...] = ()
    touched: frozenset[str] = frozenset()
    kconfig: Mapping[str, bytes | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.source = self.folder / "src"
        self.output = self.folder / "obj"
        self.built = 0
        self._results: dict[str, dict[str, object]] = {}
        self._kept: dict[str, dict[str, object]] = {}
        self._configuration: frozenset[str] | None = None
        self._wishes: Mapping[str, bool] = {}

    # The tree of links.

    def _stamp(self) -> str:
        makefile = self.tree.path / "Makefile"
        return (f"{self.tree.path}\n{self.tree.version()}\n{makefile.stat().st_mtime_ns}\n"
                f"{self.config}\n{version(self.arch.gcc)}\n")

    def configure(self, wishes: Mapping[str, bool]) -> None:
        """Makes the tree of links and the configuration. wishes: symbols that it should set, or
        should not, where it is one that is extended by them."""
        self._wishes = wishes
        stamp = self.folder / "stamp"
        wanted = self._stamp()
        if not stamp.is_file() or stamp.read_text(encoding="utf-8") != wanted:
            self.forget("results.json", "kept.json", "symbols", "prepared", "stamp", "overlay.json")
            for old in (self.source, self.output, self.folder / "configs"):
                shutil.rmtree(old, ignore_errors=True)
        self.link()
        self.adapt()
        if not stamp.is_file():
            stamp.write_text(wanted, encoding="utf-8")
        elif extended(self.config) and self._enable(wishes):
            self.forget("prepared")
            shutil.rmtree(self.folder / "configs")
            self._note()

    def prepare(self) -> None:
        """Makes the generated headers, and knows then what earlier runs have built."""
        done = self.folder / "prepared"
        if not done.is_file():
            self._checked("prepare")
            done.touch()
        self._results = results.loaded(self.folder / "results.json")
        self._kept = results.loaded(self.folder / "kept.json")

    def forget(self, *names: str) -> None:
        for name in names:
            (self.folder / name).unlink(missing_ok=True)

    def could_have(self, config: str, wishes: Mapping[str, bool]) -> None:
        """Makes another configuration in this folder, which then is_set() speaks of."""
        self.config = config
        self._configure(wishes)

    def link(self) -> None:
        """The tree of links, with the Kconfig files as they are in the end."""
        if not self.source.is_dir():
            self._link()
        self.reset()
        for path, data in self.kconfig.items():
            self.put(path, data)

    def adapt(self) -> None:
        """Makes the configuration that goes with the Kconfig files as they are now, or takes it
        from an earlier time: make would ask for new symbols, and forget those that are gone."""
        saved = self.folder / "configs" / self._kconfig_state()
        current = self.output / ".config"
        if not saved.is_file():
            self._configure(self._wishes)
            self._note()
        elif not current.is_file() or current.read_bytes() != saved.read_bytes():
            shutil.copyfile(saved, current)
        self._configuration = None

    def _note(self) -> None:
        saved = self.folder / "configs" / self._kconfig_state()
        saved.parent.mkdir(exist_ok=True)
        shutil.copyfile(self.output / ".config", saved)

    def _kconfig_state(self) -> str:
        """The texts of the Kconfig files that are edited, as one word."""
        texts = [(path, self.text(path)) for path in sorted(self.kconfig)]
        return hashlib.sha256(repr(texts).encode()).hexdigest()[:16]

    def _link(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(["cp", "-rs", "--", str(self.tree.path), str(self.source)],
                              capture_output=True, text=True, check=False)
        if done.returncode:
            raise Failure(Exit.TOOL, f"cp: {done.stderr.strip().splitlines()[-1]}")
        for name in (".git", ".config"):
            link = self.source / name
            shutil.rmtree(link) if link.is_dir() and not link.is_symlink() else \
                link.unlink(missing_ok=True)

    def text(self, path: str) -> bytes | None:
        full = self.source / path
        return full.read_bytes() if full.is_file() else None

    def put(self, path: str, data: bytes | None) -> None:
        """Gives a file this text; None takes it away."""
        full = self.source / path
        if self.text(path) == data:
            return
        if full.is_symlink() or data is None:
            full.unlink(missing_ok=True)
        if data is not None:
            full.parent.mkdir(parents=True, exist_ok=True)
            full.write_bytes(data)

    def reset(self) -> None:
        """Takes back what an earlier run put there and this one does not speak of."""
        known = self._overlaid()
        for path in known - self.touched:
            self.put(path, self.tree.read(path))
        (self.folder / "overlay.json").write_text(json.dumps(sorted(self.touched | known)),
                                                  encoding="utf-8")

    def _overlaid(self) -> set[str]:
        try:
            return set(json.loads((self.folder / "overlay.json").read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return set()

    # make.

    def _command(self, *words: str) -> list[str]:
        shim = self.folder / "host-families.h"
        return ["make", "--no-print-directory", "-C", str(self.source), f"O={self.output}",
                f"ARCH={self.arch.make}", f"CROSS_COMPILE={self.arch.prefix}",
                f"-j{self.jobs}", "HOSTCFLAGS=-fcommon -Wno-error",
                f"HOSTCFLAGS_genheaders.o=-include {shim}", f"HOSTCFLAGS_mdp.o=-include {shim}",
                "WERROR=0", "KCFLAGS=-Wno-error", *words]

    def _make(self, *words: str) -> tuple[int, str]:
        clean = {key: value for key, value in os.environ.items()
                 if key not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "O", "V", "C",
                                "W", "ARCH", "CROSS_COMPILE", "KBUILD_OUTPUT", "CFLAGS")}
        try:
            done = subprocess.run(self._command(*words), stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, text=True, errors="replace",
                                  env={**clean, "LC_ALL": "C"}, check=False,
                                  stdin=subprocess.DEVNULL)
        except FileNotFoundError as error:
            raise Failure(Exit.TOOL, "make: not found; prove needs it") from error
        return done.returncode, done.stdout

    def _checked(self, *words: str) -> None:
        code, said = self._make(*words)
        if code:
            why = next((line for line in said.splitlines()
                        if re.search(r"\berror:|\*\*\* |No rule|not found", line)), "it failed")
            (self.folder / "make.log").write_text(said, encoding="utf-8")
            raise Failure(Exit.TOOL, f"make {words[-1]}: {why.strip()} "
                                     f"(all of it is in {self.folder / 'make.log'})")

    def _configure(self, wishes: Mapping[str, bool]) -> None:
        self._host_families()
        self.forget("symbols")
        base = {"touched": "defconfig", GUARDS: "allmodconfig"}.get(self.config, self.config)
        fragment = Path(base).is_absolute()
        self._checked("defconfig" if fragment else base)
        self._configuration = None
        if fragment:
            self._append(Path(base).read_text(encoding="utf-8"))
        if extended(self.config):
            self._enable(wishes)

    def _host_families(self) -> None:
        """Old trees refuse to build a host tool when the host's libc knows an address
        family that they do not; tell that tool the number that it expects."""
        classmap = self.tree.read("security/selinux/include/classmap.h") or b""
        limit = _FAMILY_LIMIT.search(classmap.decode(errors="replace"))
        lines = ["#include <sys/socket.h>", "#undef PF_MAX", f"#define PF_MAX {limit[1]}"] \
            if limit else []
        (self.folder / "host-families.h").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def _append(self, fragment: str) -> None:
        with (self.output / ".config").open("a", encoding="utf-8") as config:
            config.write("\n" + fragment)
        self._checked("olddefconfig")
        self._configuration = None

    def _enable(self, wishes: Mapping[str, bool]) -> bool:
        """Turns symbols on or off as far as their dependencies allow; false when nothing was to
        do."""
        tried = self.folder / "symbols"
        before = set(tried.read_text(encoding="utf-8").splitlines()) if tried.is_file() else set()
        missing = [_line(symbol, on) for symbol, on in wishes.items() if self.is_set(symbol) != on]
        if before.issuperset(missing):
            return False
        self._append("\n".join(missing) + "\n")
        tried.write_text("\n".join(sorted(before | set(missing))) + "\n", encoding="utf-8")
        return True

    def is_set(self, symbol: str) -> bool:
        if self._configuration is None:
            path = self.output / ".config"
            text = path.read_text(encoding="utf-8") if path.is_file() else ""
            self._configuration = frozenset(_SET.findall(text))
        return symbol in self._configuration

    # Objects.

    def key(self, obj: str, headers: str) -> str:
        """Names everything that an object's making depends on and that may change here."""
        source = self.text(str(Path(obj).with_suffix(".c"))) or b""
        config = (self.output / ".config").read_bytes()
        whole = "\n".join((_FORMAT, obj, headers, version(self.arch.gcc),
                           hashlib.sha256(source).hexdigest(),
                           hashlib.sha256(config).hexdigest(), *self.watched))
        return hashlib.sha256(whole.encode()).hexdigest()

    def objects(self, wanted: list[str], headers: str) -> dict[str, Built]:
        """Builds what no earlier run has built in the same state."""
        keys = {obj: self.key(obj, headers) for obj in wanted}
        missing = [obj for obj in wanted if keys[obj] not in self._results]
        for directory, targets in sorted(self._by_directory(missing).items()):
            for obj, built in self._build(directory, targets).items():
                self._results[keys[obj]] = results.row(built)
        if missing:
            results.save(self.folder / "results.json", self._results)
        return {obj: results.built(self._results[keys[obj]]) for obj in wanted}

    def by_hand(self, wanted: Mapping[str, tuple[str, ...]], headers: str) -> dict[str, Built]:
        """Compiles objects that lie there with these symbols defined, which no configuration
        sets, and leaves the objects as they are."""
        keys = {obj: f"{self.key(obj, headers)} {symbols}" for obj, symbols in wanted.items()}
        missing = [obj for obj in wanted if keys[obj] not in self._results]
        with ThreadPoolExecutor(self.jobs) as pool:
            for obj, (done, said) in zip(missing, pool.map(
                    lambda obj: preprocess.by_hand(self.output, obj, wanted[obj]), missing)):
                lines = [self._normal(line) for line in said.splitlines()]
                self._results[keys[obj]] = results.row(Built(
                    done, tuple(sorted(filter(_WARNING.search, lines))),
                    "" if done else next(filter(_ERROR.search, lines), said)))
        if missing:
            results.save(self.folder / "results.json", self._results)
        return {obj: results.built(self._results[keys[obj]]) for obj in wanted}

    def markers(self, wanted: Mapping[str, tuple[str, ...]], headers: str,
                texts: Mapping[str, bytes]) -> dict[str, Kept]:
        """Of objects that lie there, with symbols that are defined by hand: which markers of
        these texts the preprocessor comes upon."""
        marks = hashlib.sha256(repr(sorted(texts.items())).encode()).hexdigest()
        keys = {obj: f"{self.key(obj, headers)} {marks} {symbols}"
                for obj, symbols in wanted.items()}
        missing = [obj for obj in wanted if keys[obj] not in self._kept]
        if missing:
            with self._instead(texts), ThreadPoolExecutor(self.jobs) as pool:
                for obj, kept in zip(missing, pool.map(
                        lambda obj: preprocess.kept(self.output, obj, wanted[obj]), missing)):
                    self._kept[keys[obj]] = {"numbers": sorted(kept.numbers), "error": kept.error}
            results.save(self.folder / "kept.json", self._kept)
        return {obj: results.kept(self._kept[keys[obj]]) for obj in wanted}

    @contextmanager
    def _instead(self, texts: Mapping[str, bytes]) -> Iterator[None]:
        """With these texts for a while, of which make hears nothing: time stamps stay."""
        saved = {path: (self.text(path), (self.source / path).stat()) for path in texts}
        try:
            for path, data in texts.items():
                self.put(path, data)
            yield
        finally:
            for path, (data, old) in saved.items():
                self.put(path, data)
                os.utime(self.source / path, ns=(old.st_atime_ns, old.st_mtime_ns))

    def _by_directory(self, objects: list[str]) -> dict[str, list[str]]:
        """Old trees build a single object with the flags of its own folder's Makefile, be it
        named there or not; the folder that does name it has to be given. New ones find it."""
        finds = "single-build" in (self.tree.read("Makefile") or b"").decode(errors="replace")
        found: dict[str, list[str]] = {}
        for obj in objects:
            known = self._owner(obj)
            own = str(Path(obj).parent)
            directory = known.directory if known and not finds and known.directory != own else ""
            found.setdefault(directory, []).append(obj)
        return found

    def _build(self, directory: str, objects: list[str]) -> dict[str, Built]:
        for obj in objects:
            (self.output / obj).unlink(missing_ok=True)
        extra = [f"build-dir={directory}"] if directory else []
        _, said = self._make("-k", "-Otarget", *extra, *map(self._spelled, objects))
        self.built += len(objects)
        words = self._by_object(said)
        return {obj: self._judged(obj, words.get(obj, []), said) for obj in objects}

    def _owner(self, obj: str) -> Owner | None:
        return owner(self.patched, str(Path(obj).with_suffix(".c")))

    def _spelled(self, obj: str) -> str:
        known = self._owner(obj)
        return known.spelled(obj) if known else obj

    def _judged(self, obj: str, lines: list[str], said: str) -> Built:
        done = (self.output / obj).is_file()
        error = ""
        if not done:
            error = next((line for line in lines if _ERROR.search(line)), "") or \
                next((line for line in said.splitlines() if obj in line and "***" in line),
                     "make did not say why")
        return Built(done, tuple(sorted(line for line in lines if _WARNING.search(line))), error,
                     self._includes(obj) if done else ())

    def _includes(self, obj: str) -> tuple[str, ...]:
        """The watched headers that went into an object, as Kbuild has noted."""
        path = self.output / obj
        notes = path.parent / f".{path.name}.cmd"
        words = notes.read_text(encoding="utf-8", errors="replace").split() \
            if self.watched and notes.is_file() else []
        return tuple(header for header in self.watched
                     if any(f"/{word}".endswith(f"/{header}") for word in words))

    def _by_object(self, said: str) -> dict[str, list[str]]:
        """make -Otarget keeps the output of one command together: it follows its "CC foo.o"."""
        found: dict[str, list[str]] = {}
        current: list[str] = []
        for line in said.splitlines():
            started = _STARTED.match(line)
            if started:
                current = found.setdefault(os.path.normpath(started[1]), [])
            elif _OTHER.match(line):
                current = []
            else:
                current.append(self._normal(line))
        return found

    def _normal(self, line: str) -> str:
        """Without what moves when a line is added: positions, and offsets in a function."""
        return _OFFSET.sub("", _POSITION.sub(":", line.replace(f"{self.source}/", "").strip()))


def _line(symbol: str, on: bool) -> str:
    return f"{symbol}=y" if on else f"# {symbol} is not set"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Two proofs must not work in one folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w", encoding="utf-8") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Failure(Exit.TOOL, f"{folder}: another 'gupconv prove' is at work there") \
                from error
        yield
