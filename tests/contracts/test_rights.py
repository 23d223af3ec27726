"""The table of rights in the documentation is what the code does."""

import pytest
from flask import Flask

from board.core import api
from tests.contracts.rights import DOCUMENT, PEOPLE, SECTIONS, document, rows

#: abilities that say how a command may be used
FINER = {
    "open_initiative": "a field of make_initiative and change_initiative",
    "delete_others_comment": "delete_comment, of somebody else's",
}


def test_the_document_says_what_the_code_does() -> None:
    assert DOCUMENT.read_text() == document(), "write it anew: .venv/bin/python -m tests.contracts.rights"


def test_every_ability_is_the_name_of_a_route(app: Flask) -> None:
    with app.app_context():
        routes = {operation.name for _, operation in api.operations()}
    named = {name for of in SECTIONS.values() for names, _ in rows(of) for name in names}
    assert not named - routes - set(FINER)


def test_every_guarded_route_stands_in_the_table(app: Flask) -> None:
    with app.app_context():
        guarded = {operation.ability for _, operation in api.operations() if operation.ability}
    assert not guarded - {name for of in SECTIONS.values() for names, _ in rows(of) for name in names}


@pytest.mark.parametrize("more, less", [("admin", "organizer"), ("lead of the group", "member of the group"), ("member of the group", "other staff"),
                                        ("guest, may edit", "guest, may comment"), ("guest, may comment", "guest, may read")])  # fmt: skip
def test_who_has_more_rights_has_all_of_the_lesser(more: str, less: str) -> None:
    columns = list(PEOPLE)
    for of in SECTIONS.values():
        for names, marks in rows(of):
            assert marks[columns.index(more)] or not marks[columns.index(less)], names
