"""What the import-linter contracts of pyproject.toml cannot say: between slices, only what one offers to the others."""

import ast
from collections.abc import Iterator
from functools import cache

import pytest

from tests.contracts.source_files import trees

pytestmark = pytest.mark.once

NOT_SLICES = {"core", "sockets", "migrations", "static", "templates", "translations"}
#: a slice's tables, its rights and the shapes of its records may be built upon; its verbs, screens and feeds may not
OFFERED = {"models", "abilities", "schemas"}
#: who is given more, and why
ALSO = {
    "exchange": {"commands"},  # brings records in through the very verbs that people use
    "guide": {"commands"},  # starts a school by the same verbs
    "home": {"queries"},  # shows what stands in every slice
}


@cache
def slices() -> set[str]:
    """The folders of board/ that hold nouns of the domain."""
    return {name.split("/")[1] for name, _ in trees() if name.count("/") > 1} - NOT_SLICES


def reaching_in(name: str, tree: ast.Module) -> Iterator[str]:
    parts = name.split("/")
    if len(parts) < 3 or parts[1] in NOT_SLICES:
        return
    here = parts[1]
    for node in ast.walk(tree):
        for line, there, inner in _from_slices(node):
            if there != here and inner not in OFFERED | ALSO.get(here, set()):
                yield f"{name}:{line} reaches into {there}.{inner}"


def _from_slices(node: ast.AST) -> Iterator[tuple[int, str, str]]:
    """(line, slice, module inside it) of each import of a module that stands inside a slice."""
    known = slices()
    if isinstance(node, ast.Import):
        for alias in node.names:
            parts = alias.name.split(".")
            if parts[0] == "board" and len(parts) > 2 and parts[1] in known:
                yield node.lineno, parts[1], parts[2]
    if isinstance(node, ast.ImportFrom) and node.module:
        parts = node.module.split(".")
        if parts[0] == "board" and len(parts) > 2 and parts[1] in known:
            yield node.lineno, parts[1], parts[2]
        if parts[0] == "board" and len(parts) == 2 and parts[1] in known:
            for alias in node.names:
                if alias.name in {"commands", "queries", "routes", "pages", "feed"}:
                    yield node.lineno, parts[1], alias.name


def test_slices_use_only_what_others_offer() -> None:
    assert not [fault for name, tree in trees() for fault in reaching_in(name, tree)]


def test_reaching_in_is_found() -> None:
    for code in (
        "from board.initiatives.commands import make_group",
        "from board.initiatives import queries",
        "import board.people.routes",
    ):
        assert list(reaching_in("board/boards/routes.py", ast.parse(code))), code
    assert not list(reaching_in("board/boards/routes.py", ast.parse("from board.people.models import Member")))


def test_no_module_without_a_subject() -> None:
    vague = {
        "utils",
        "util",
        "helpers",
        "helper",
        "services",
        "service",
        "managers",
        "manager",
        "common",
        "misc",
        "lib",
    }
    assert not [name for name, _ in trees() if vague & set(name.removesuffix(".py").split("/"))]
