"""environment.yml, pyproject.toml and requirements.lock say the same."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
TESTS_BEGIN = "# --- tests, checks and speed"
CONDA_NAMES = {"matplotlib-base": "matplotlib"}


def locked(text: str) -> dict[str, set[Version]]:
    """Return the versions of a lock; a name has two where Pythons or systems differ."""
    found: dict[str, set[Version]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)", text, re.MULTILINE):
        found.setdefault(canonicalize_name(name), set()).add(Version(version))
    return found


def wanted(*groups: str) -> list[Requirement]:
    extras = PROJECT["project"]["optional-dependencies"]
    return [Requirement(line) for group in groups for line in extras[group]]


RUNTIME = [Requirement(line) for line in PROJECT["project"]["dependencies"]]
BUILD = [Requirement(line) for line in PROJECT["build-system"]["requires"]]
CONDA = [
    Requirement(line)
    for line in re.findall(r"^  - ([a-z][^\s:]*)$", (ROOT / "environment.yml").read_text("utf-8"), re.MULTILINE)
    if line not in ("conda-forge", "pip")
]


@pytest.mark.parametrize("requirement", RUNTIME + BUILD, ids=str)
def test_the_desk_finds_each_requirement_in_its_part_of_the_lock(requirement: Requirement) -> None:
    versions = locked(LOCK.split(TESTS_BEGIN)[0]).get(canonicalize_name(requirement.name))
    assert versions, "run: python workspace.py lock"
    assert all(version in requirement.specifier for version in versions)


@pytest.mark.parametrize("requirement", wanted("test", "check", "bench"), ids=str)
def test_tests_and_checks_find_each_requirement_in_the_lock(requirement: Requirement) -> None:
    versions = locked(LOCK).get(canonicalize_name(requirement.name))
    assert versions, "run: python workspace.py lock"
    assert all(version in requirement.specifier for version in versions)


@pytest.mark.parametrize("requirement", [r for r in CONDA if r.name != "python"], ids=str)
def test_conda_asks_for_what_the_project_asks_for(requirement: Requirement) -> None:
    name = CONDA_NAMES.get(requirement.name, requirement.name)
    assert requirement.specifier == next(r.specifier for r in RUNTIME if r.name == name)


def test_conda_takes_a_python_that_the_project_allows() -> None:
    python = next(r for r in CONDA if r.name == "python")
    assert str(python.specifier) == PROJECT["project"]["requires-python"]


def test_conda_installs_this_folder() -> None:
    assert "      - -e .\n" in (ROOT / "environment.yml").read_text("utf-8")


def test_every_line_of_the_lock_has_a_hash_and_none_names_a_host() -> None:
    entries = re.split(r"^(?=[A-Za-z0-9])", LOCK, flags=re.MULTILINE)[1:]
    assert len(entries) > 100
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in LOCK


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_readme_names_both_commands(readme: str) -> None:
    path = ROOT / readme
    if not path.is_file() or not path.read_text("utf-8").strip():
        pytest.skip(f"{readme} is not written yet")
    text = path.read_text("utf-8")
    assert "python workspace.py lab" in text
    assert "python workspace.py test" in text
