# SPDX-License-Identifier: GPL-2.0-only
"""What symbols need, and which configurations may have them."""

from __future__ import annotations

from pathlib import Path

import pytest
from gupconv_reports.kconfig import Kconfig
from gupconv_reports.tree import Tree

TOP = """\
mainmenu "Linux"
source "arch/$(SRCARCH)/Kconfig"

menu "Drivers"
	depends on HAS_IO

menuconfig VIRT
	bool "Virtual machines"
	help
	  config WORDS
	  if help texts count, this goes wrong

if VIRT

config GUEST
	tristate "A guest" if EXPERT
	depends on CHIP && !OLD_CHIP
	depends on (ONE || OTHER) && \\
		   NET!=n
	select GUEST_CORE

endif
comment "No board"
	depends on NO_BOARD
endmenu

menu "More"
comment "More"
	depends on NO_MORE

config INSIDE
	bool "Inside"
endmenu

config OUTSIDE
	bool "Outside"
"""

ARCH = """\
config CHIP
	bool

choice
	prompt "Board"

config BOARD_A
	bool "Board A"
	select CHIP

config BOARD_B
	bool "Board B"

endchoice

config GUEST
	bool "Another one of that name"
	depends on NOTHING
"""


@pytest.fixture
def kconfig(tmp_path: Path) -> Kconfig:
    configs = {"a_defconfig": "BOARD_A", "old/b_defconfig": "BOARD_B", "c_defconfig": "OUTSIDE"}
    for name, symbol in configs.items():
        path = tmp_path / "arch/toy/configs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"CONFIG_{symbol}=y\n# CONFIG_CHIP is not set\nCONFIG_NET=m\n")
    (tmp_path / "Kconfig").write_text(TOP)
    (tmp_path / "arch/toy/Kconfig").write_text(ARCH.split("config GUEST")[0])
    return Kconfig(Tree(tmp_path), "toy")


def test_what_a_symbol_needs(kconfig: Kconfig) -> None:
    assert kconfig.needed(["CONFIG_GUEST"]) == {
        "CONFIG_GUEST": True, "CONFIG_HAS_IO": True, "CONFIG_VIRT": True, "CONFIG_CHIP": True,
        "CONFIG_OLD_CHIP": False, "CONFIG_NET": True}
    assert kconfig.needed(["CONFIG_INSIDE"]) == {"CONFIG_INSIDE": True}
    assert kconfig.needed(["CONFIG_OUTSIDE"]) == {"CONFIG_OUTSIDE": True}
    assert kconfig.needed(["CONFIG_WORDS"]) == {"CONFIG_WORDS": True}


def test_what_is_possible(kconfig: Kconfig, tmp_path: Path) -> None:
    """GUEST stands in a menu that needs HAS_IO, which no Kconfig file has."""
    assert kconfig.possible(["CONFIG_OUTSIDE", "CONFIG_BOARD_A"])
    assert not kconfig.possible(["CONFIG_GUEST"])
    assert not kconfig.possible(["CONFIG_ELSEWHERE"])
    assert Kconfig(Tree(tmp_path / "nothing"), "toy").possible(["CONFIG_ELSEWHERE"])


def test_likely_configurations(kconfig: Kconfig) -> None:
    assert kconfig.likely(["CONFIG_GUEST"])[0] == "a_defconfig"
    assert kconfig.texts["old/b_defconfig"] == {"BOARD_B", "NET"}


def test_of_two_definitions_nothing_is_certain(kconfig: Kconfig) -> None:
    (kconfig.tree.path / "arch/toy/Kconfig").write_text(ARCH)
    assert kconfig.needed(["CONFIG_GUEST"]) == {"CONFIG_GUEST": True}


def test_a_tree_without_kconfig(tmp_path: Path) -> None:
    assert Kconfig(Tree(tmp_path), "toy").needed(["CONFIG_A"]) == {"CONFIG_A": True}
    assert not Kconfig(Tree(tmp_path), "toy").likely(["CONFIG_A"])
