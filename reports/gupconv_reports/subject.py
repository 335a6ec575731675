# SPDX-License-Identifier: GPL-2.0-only
"""Subject lines, as the subsystems write theirs: derived from paths by rule."""

from __future__ import annotations

import os
import re
from pathlib import PurePosixPath

from .owners import Patched, owner

LONGEST = 72
_TWO_NAMES = 32

# How a part of the tree begins its subjects. "driver" is the module or the
# file; the first rule that matches wins, and what none matches goes by its path.
_PREFIXES = tuple((re.compile(pattern), form) for pattern, form in (
    (r"arch/powerpc/kvm/", "KVM: PPC"),
    (r"arch/(?P<arch>[^/]+)/kvm/", "KVM: {arch}"),
    (r"virt/kvm/", "KVM"),
    (r"arch/(?P<arch>[^/]+)/platforms/(?P<part>[^/]+)/", "{arch}/{part}"),
    (r"arch/(?P<arch>[^/]+)/(?P<part>[^/]+)/", "{arch}/{part}"),
    (r"drivers/gpu/drm/(?P<part>[^/]+)/", "drm/{part}"),
    (r"drivers/gpu/drm/", "drm"),
    (r"drivers/infiniband/core/", "RDMA/core"),
    (r"drivers/infiniband/[^/]+/(?P<part>[^/]+)/", "RDMA/{part}"),
    (r"drivers/staging/media/(?P<part>[^/]+)/", "media: staging: {part}"),
    (r"drivers/staging/(?P<part>[^/]+)/", "staging: {part}"),
    (r"drivers/media/", "media: {driver}"),
    (r"drivers/video/fbdev/", "fbdev: {driver}"),
    (r"drivers/net/", "net: {driver}"),
    (r"drivers/(?P<part>[^/]+)/", "{part}: {driver}"),
    (r"sound/", "ALSA: {driver}"),
    (r"net/core/", "net: {driver}"),
    (r"net/(?P<part>[^/]+)/", "net/{part}"),
    (r"fs/(?P<part>[^/]+)/", "{part}"),
    (r"(?P<part>fs|mm|lib|crypto|block)/$", "{part}"),
    (r"(?P<part>fs|mm|lib|crypto|block)/", "{part}/{driver}"),
    (r"security/(?P<part>[^/]+)/", "{part}"),
    (r"kernel/events/core", "perf/core"),
    (r"kernel/events/$", "perf"),
    (r"kernel/events/", "{driver}"),
    (r"kernel/(?P<part>[^/]+)/", "{part}"),
    (r"(kernel|init|ipc)/", "{driver}"),
))


def _driver_name(paths: tuple[str, ...], patched: Patched) -> str:
    """The one module or file that the paths make up, else their folder's name."""
    owners = [owner(patched, path) for path in paths if path.endswith(".c")]
    modules = {known.module for known in owners if known}
    if len(modules) == 1 and all(owners):
        return modules.pop()
    if len(paths) == 1:
        return PurePosixPath(paths[0]).stem
    return PurePosixPath(common_folder(paths)).name


def common_folder(paths: tuple[str, ...]) -> str:
    return os.path.commonpath([str(PurePosixPath(path).parent) for path in paths])


def _without_echo(prefix: str) -> str:
    """"tee: tee" is tee, and "vfio: vfio_iommu_type1" is vfio/iommu_type1."""
    part, separator, driver = prefix.partition(": ")
    if driver == part:
        return part
    stem = re.sub(rf"^{re.escape(part)}[_-]", "", driver)
    return f"{part}/{stem}" if separator and stem != driver else prefix


def _prefix_of(where: str, driver: str) -> str:
    for pattern, form in _PREFIXES:
        found = pattern.match(where)
        if found:
            return _without_echo(form.format(driver=driver, **found.groupdict()))
    return "treewide" if where == "/" else re.sub(r"/$|\.c$", "", where)


def prefix(paths: tuple[str, ...], patched: Patched) -> str:
    """The name that all of the files share, else two names, else the folder that they share."""
    each = list(dict.fromkeys(_prefix_of(path, _driver_name((path,), patched))
                              for path in paths if path.endswith(".c") or len(paths) == 1))
    joined = ", ".join(each)
    if len(each) == 1 or len(each) == 2 and len(joined) <= _TWO_NAMES:
        return joined
    return _prefix_of(common_folder(paths) + "/", _driver_name(paths, patched))


def _family(names: list[str]) -> str:
    """Several members of a family by what they have in common: put_user_page*()."""
    if len(set(names)) == 1:
        return f"{names[0]}()"
    common = os.path.commonprefix(names).rstrip("_")
    return f"{common}*()" if common else f"{names[0]}()"


def title(changes: list[tuple[str, str]]) -> str:
    """"convert put_page() to put_user_page*()", of (callee, target) pairs; in the
    pin era the acquires say what happens, and the releases follow."""
    pairs = list(dict.fromkeys(changes))
    if not pairs:
        return "follow the release of user pages"
    callees = sorted({callee for callee, _ in pairs})
    if len(callees) > 1 and _family(callees) == f"{callees[0]}()":
        callees = ["put_page"] if "put_page" in callees else callees[:1]
    targets = sorted({target for _, target in pairs})
    return f"convert {_family(callees)} to {_family(targets)}"


def subject(first: str, changes: list[tuple[str, str]]) -> str:
    """first: what it begins with, such as prefix() of the paths."""
    text = f"{first}: {title(changes)}"
    if len(text) <= LONGEST or not changes:
        return text
    return f"{first}: convert to {_family(sorted({t for _, t in changes}))}"
