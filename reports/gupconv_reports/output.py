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
from pathlib import Path

from .failure import Exit, Failure

MANIFEST = ".gupconv-series"
"""Names what is ours in the folder, so that a later run takes away only that."""


def _ours(folder: Path) -> dict[str, str]:
    try:
        known = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(k): str(v) for k, v in known.items()} if isinstance(known, dict) else {}


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _same(folder: Path, files: dict[str, bytes]) -> bool:
    ours = _ours(folder)
    if ours != {name: _digest(data) for name, data in files.items()}:
        return False
    return all((folder / name).is_file() and (folder / name).read_bytes() == data
               for name, data in files.items())


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """A temporary folder on the same file system, gone at the end if it is still there."""
    made = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _check_foreign(folder: Path, files: dict[str, bytes]) -> None:
    """A file of somebody else's under a name that we need is his, not ours to replace."""
    ours = _ours(folder)
    for name, data in files.items():
        path = folder / name
        if name not in ours and path.exists() and not (path.is_file() and
                                                       path.read_bytes() == data):
            raise Failure(Exit.INPUT, f"{path}: is there already and was not written by gupconv")


def _replace(made: Path, folder: Path, files: dict[str, bytes]) -> None:
    stale = set(_ours(folder)) - set(files)
    for name in (*sorted(files), MANIFEST):
        os.replace(made / name, folder / name)
    for name in stale:
        (folder / name).unlink(missing_ok=True)


def _current(folder: Path, files: dict[str, bytes]) -> bool:
    return folder.is_dir() and _same(folder, files)


def check_folder(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise Failure(Exit.USAGE, f"{folder}: is no folder")


def publish(folder: Path, files: dict[str, bytes]) -> bool:
    """True when something was written. The new files are complete on disk before
    the first of them takes the place of an old one."""
    folder = Path(os.path.abspath(folder))
    check_folder(folder)
    if _current(folder, files):
        return False
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.is_dir():
        _check_foreign(folder, files)
    with _beside(folder) as made:
        for name, data in files.items():
            (made / name).write_bytes(data)
        digests = {name: _digest(data) for name, data in sorted(files.items())}
        (made / MANIFEST).write_text(json.dumps(digests, indent=0) + "\n", encoding="utf-8")
        if folder.is_dir():
            _replace(made, folder, files)
        else:
            made.chmod(0o755)
            os.rename(made, folder)
    return True
