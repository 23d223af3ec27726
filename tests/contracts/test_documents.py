"""The papers and locks say what is so."""

import re
from pathlib import Path

import pytest

from tests.contracts.source_files import ROOT, texts

pytestmark = pytest.mark.once

LOCKS = sorted(ROOT.glob("requirements*.lock"))
PINNED = re.compile(r"^([a-z0-9][a-z0-9-]*)==([^\s;\\]+)", re.MULTILINE)
LINK = re.compile(r"\]\((?!\w+:|#)([^)#\s]+)")


def pinned(lock: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, version in PINNED.findall(lock.read_text()):
        found.setdefault(name, set()).add(version)
    return found


def needed(name: str) -> set[str]:
    lines = (ROOT / name).read_text().splitlines()
    return {re.split(r"[<>=\[ ;]", line)[0] for line in lines if line and not line.startswith(("#", "-"))}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_package_of_a_lock_has_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text()
    assert "://" not in text
    entries = re.split(r"\n(?=[a-z0-9])", text)
    assert all("--hash=sha256:" in entry for entry in entries if "==" in entry.splitlines()[0])


def test_the_locks_agree() -> None:
    """The tests run what is served."""
    served, tested = pinned(ROOT / "requirements.lock"), pinned(ROOT / "requirements-dev.lock")
    assert served.items() <= tested.items()


def test_the_servers_environment_stays_small() -> None:
    """The socket library imports these when they are there, which costs at every start."""
    assert not {"aiohttp", "requests", "apiflask", "flask-limiter"} & set(pinned(ROOT / "requirements.lock"))


def test_the_socket_packages_are_pinned_exactly() -> None:
    text = (ROOT / "requirements.in").read_text()
    for name in ("eventlet", "flask-socketio", "python-socketio", "python-engineio"):
        assert re.search(rf"^{name}==[\d.]+$", text, re.MULTILINE), name


@pytest.mark.parametrize(
    "name", ["requirements.in", "requirements-dev.in", "requirements-audit.in", "requirements-bench.in"]
)
def test_every_dependency_has_its_reason(name: str) -> None:
    text = (ROOT / "docs/dependencies.md").read_text()
    assert not {package for package in needed(name) if not re.search(rf"\b{re.escape(package)}\b", text)}


def test_links_between_documents_lead_somewhere() -> None:
    broken = [
        f"{name} → {link}"
        for name, text in texts(".md")
        for link in LINK.findall(text)
        if not (ROOT / name).parent.joinpath(link).exists()
    ]
    assert not broken


def test_the_readme_stays_short() -> None:
    assert len((ROOT / "README.md").read_text().splitlines()) <= 80
