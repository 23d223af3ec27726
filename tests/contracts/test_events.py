"""Every event type that the code can record: well named, for somebody, and of records that the browser keeps."""

import ast
import hashlib
import json
import re
from collections.abc import Iterator

import pytest

from tests.contracts.source_files import ROOT, dotted, trees

pytestmark = pytest.mark.once

VENDOR = ROOT / "board/static/vendor"
NAME = re.compile(r"^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$")


def recorded(tree: ast.Module) -> Iterator[tuple[int, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and dotted(node.func).endswith("change.record"):
            yield node.lineno, node


def types_of(call: ast.Call) -> set[str]:
    """The constants among which the first argument chooses; empty when it is handed on from elsewhere."""
    return {
        n.value
        for n in ast.walk(call.args[0])
        if isinstance(n, ast.Constant) and isinstance(n.value, str) and n.value.find(".") > 0
    }


def collections_of(call: ast.Call) -> set[str]:
    return {
        key.value
        for keyword in call.keywords
        if keyword.arg in ("put", "drop")
        for literal in ast.walk(keyword.value)
        if isinstance(literal, ast.Dict) and literal is keyword.value
        for key in literal.keys
        if isinstance(key, ast.Constant)
    }


def kept_by_the_browser() -> set[str]:
    text = (ROOT / "board/static/js/core/store.js").read_text()
    block = re.search(r"const PARENT = \{(.*?)\};", text, re.DOTALL)
    assert block
    return set(re.findall(r"^\s*(\w+):", block[1], re.MULTILINE))


def test_types_are_a_noun_and_what_happened_to_it() -> None:
    found = {type for _, tree in trees() for _, call in recorded(tree) for type in types_of(call)}
    assert len(found) > 20
    assert not {type for type in found if not NAME.match(type)}


def test_every_event_has_an_audience() -> None:
    silent = [
        f"{n}:{line}"
        for n, tree in trees()
        for line, call in recorded(tree)
        if len(call.args) < 2 and not any(k.arg == "where" for k in call.keywords)
    ]
    assert not silent


def test_what_is_put_on_a_board_is_kept_by_the_browser() -> None:
    kept = kept_by_the_browser()
    rows = [
        (f"{n}:{line}", collections_of(call))
        for n, tree in trees("board/boards/commands/")
        for line, call in recorded(tree)
    ]
    assert any("cards" in names for _, names in rows)
    others = {"boards"}  # of the rooms around the board: the school, the group
    assert not [(where, names - kept - others) for where, names in rows if names - kept - others]


def test_an_event_for_nobody_is_found() -> None:
    tree = ast.parse("change.record('Card moved')\nchange.record('card.moved', room, put={'kards': []})")
    first, second = (call for _, call in recorded(tree))
    assert len(first.args) < 2
    assert collections_of(second) == {"kards"} and not collections_of(second) & kept_by_the_browser()


def test_bundles_are_the_ones_that_were_looked_at() -> None:
    """A changed bundle that nobody listed is refused; each has its packages, versions and licences."""
    listed = {entry["file"]: entry for entry in json.loads((VENDOR / "manifest.json").read_text())}
    bundles = {path.name for path in VENDOR.glob("*.js")}
    assert bundles == set(listed)
    for name, entry in listed.items():
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == entry["sha256"], name
        assert entry["packages"] and all(p["name"] and p["version"] and p["licence"] for p in entry["packages"]), name
