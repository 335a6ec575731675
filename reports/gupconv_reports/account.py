# SPDX-License-Identifier: GPL-2.0-only
"""The account of a conversion, site by site: its state, its change, its proof."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from . import outcome, table
from .store import Site, Store, VerdictRow

COLUMNS = ("site", "function", "call", "role", "before", "outcome", "by", "patches", "verdict",
           "releases", "proof", "reason")

IN_TEXT = COLUMNS.index("verdict") + 1
"""How many of them a reader of text gets: the rest is long."""

_IN_PART = "in part"
_WORST_FIRST = ("failed", "warned", "not-compiled", "not-proven", "proven")


@dataclass
class Account:
    """sites by number; joined: of each acquire, the releases that its pages come to."""

    sites: dict[int, Site]
    words: dict[int, str]
    joined: dict[int, list[int]]
    patches: dict[str, list[int]]
    verdicts: dict[str, list[VerdictRow]]

    def releases(self, site: Site) -> list[Site]:
        return [self.sites[number] for number in self.joined.get(site.id, ())]

    def outcome(self, site: Site) -> str:
        word = self.words[site.id]
        if word == outcome.LEFT and any(r.outcome == "converted" for r in self.releases(site)):
            return _IN_PART
        return word

    def changed(self, site: Site) -> list[Site]:
        """The site and its releases, as far as the series changes them."""
        return [s for s in (site, *self.releases(site)) if s.outcome == "converted"]

    def proofs(self, site: Site) -> list[VerdictRow]:
        objects = {_object(changed.path): None for changed in self.changed(site)}
        found = [verdict for name in objects for verdict in self.verdicts.get(name, ())]
        return sorted(found, key=lambda v: (_WORST_FIRST.index(v.outcome), v.object, v.patch_id))

    def row(self, site: Site) -> list[table.Cell]:
        changed = self.changed(site)
        proofs = self.proofs(site)
        told = dict.fromkeys(f"{v.object}: {v.reason}" for v in proofs)
        numbers = sorted({n for s in changed for n in self.patches.get(s.path, ())})
        return [f"{site.path}:{site.line}", site.function, site.callee, site.role, site.state,
                self.outcome(site), " ".join(sorted({s.rule for s in changed if s.rule})),
                " ".join(map(str, numbers)), proofs[0].outcome if proofs else "",
                " ".join(_release(r) for r in self.releases(site)), "; ".join(told), site.why.text]


def _object(path: str) -> str:
    """As verdicts name it; a header stands for itself."""
    return path if path.endswith(".h") else str(PurePosixPath(path).with_suffix(".o"))


def _release(site: Site) -> str:
    return f"{site.path}:{site.line}" + ("" if site.outcome == "converted" else f"({site.state})")


def _account(store: Store) -> Account:
    sites = {site.id: site for site in store.sites()}
    found = outcome.outcomes(list(sites.values()), store.links())
    joined: dict[int, list[int]] = {}
    for acquire, release in store.joined():
        if acquire in sites and release in sites:
            joined.setdefault(acquire, []).append(release)
    patches: dict[str, list[int]] = {}
    for patch in store.patches():
        for path in patch.paths:
            patches.setdefault(path, []).append(patch.id)
    verdicts: dict[str, list[VerdictRow]] = {}
    for verdict in store.verdicts():
        verdicts.setdefault(verdict.object, []).append(verdict)
    return Account(sites, {s.site.id: s.word for s in found}, joined, patches, verdicts)


def rows(store: Store) -> list[list[table.Cell]]:
    made = _account(store)
    ordered = sorted(made.sites.values(), key=lambda site: (site.path, site.line, site.id))
    return [made.row(site) for site in ordered]
