# SPDX-License-Identifier: GPL-2.0-only
"""Puts a set of files into a folder: all of them or none, and nothing that is there already."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from .failure import Exit, Failure

MANIFEST = ".gupconv-series"
"""Names what is ours in the folder, so that a later run takes away only that."""


@dataclass(frozen=True)
class Manifest:
    """inputs: what the files were made of, as one word; files: their names and digests."""

    inputs: str = ""
    files: dict[str, str] = field(default_factory=dict)


def manifest(folder: Path) -> Manifest:
    try:
        known = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return Manifest(str(known["inputs"]), {str(k): str(v) for k, v in known["files"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Manifest()


def intact(folder: Path) -> bool:
    """Whether all that the manifest names is there and as it was written."""
    ours = manifest(folder).files
    return all((folder / name).is_file() and _digest((folder / name).read_bytes()) == digest
               for name, digest in ours.items())


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """A temporary folder on the same file system, gone at the end if it is still there."""
    made = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _check_foreign(folder: Path, files: dict[str, bytes]) -> None:
    """A foreign file under a name that we need is not replaced."""
    ours = manifest(folder).files
    for name, data in files.items():
        path = folder / name
        if name not in ours and path.exists() and not (path.is_file() and
                                                       path.read_bytes() == data):
            raise Failure(Exit.INPUT, f"{path}: is there already and was not written by gupconv")


def _same(one: Path, other: Path) -> bool:
    return other.is_file() and one.read_bytes() == other.read_bytes()


def _replace(made: Path, folder: Path, files: dict[str, bytes]) -> None:
    stale = set(manifest(folder).files) - set(files)
    for name in (*sorted(files), MANIFEST):
        if name == MANIFEST or not _same(made / name, folder / name):
            os.replace(made / name, folder / name)
    for name in stale:
        (folder / name).unlink(missing_ok=True)


def check_folder(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise Failure(Exit.USAGE, f"{folder}: is no folder")


def stamp(folder: Path, inputs: str) -> None:
    """Notes what the files were made of."""
    known = manifest(folder)
    if not known.files or known.inputs == inputs:
        return
    fresh = folder / f"{MANIFEST}.new"
    fresh.write_text(_written(Manifest(inputs, known.files)), encoding="utf-8")
    os.replace(fresh, folder / MANIFEST)


def _written(known: Manifest) -> str:
    return json.dumps(asdict(known), indent=0) + "\n"


def publish(folder: Path, files: dict[str, bytes]) -> bool:
    """True when something was written. The new files are complete on disk before
    the first of them takes the place of an old one."""
    folder = Path(os.path.abspath(folder))
    check_folder(folder)
    wanted = {name: _digest(data) for name, data in sorted(files.items())}
    if folder.is_dir() and manifest(folder).files == wanted and intact(folder):
        return False
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.is_dir():
        _check_foreign(folder, files)
    with _beside(folder) as made:
        for name, data in files.items():
            (made / name).write_bytes(data)
        (made / MANIFEST).write_text(_written(Manifest("", wanted)), encoding="utf-8")
        if folder.is_dir():
            _replace(made, folder, files)
        else:
            made.chmod(0o755)
            os.rename(made, folder)
    return True
