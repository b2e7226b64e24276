"""setup.cfg lists every package of the tree, and nothing else."""

import configparser
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_setup_lists_every_package() -> None:
    settings = configparser.ConfigParser()
    settings.read(ROOT / "setup.cfg")
    listed = settings["options"]["packages"].split()
    present = [
        ".".join(path.parent.relative_to(ROOT / root).parts)
        for root in ("framework", "backends", "languages")
        for path in (ROOT / root).rglob("__init__.py")
    ]
    assert listed == sorted(listed)
    assert sorted(present) == listed


def test_every_root_package_is_mapped_and_typed() -> None:
    settings = configparser.ConfigParser()
    settings.read(ROOT / "setup.cfg")
    mapped = dict(line.split(" = ") for line in settings["options"]["package_dir"].strip().splitlines())
    for package in settings["options"]["packages"].split():
        if "." not in package:
            assert (ROOT / mapped[package] / "__init__.py").exists()
            assert (ROOT / mapped[package] / "py.typed").exists()
