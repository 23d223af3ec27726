"""docs/rights.md, made from the code: `.venv/bin/python -m tests.contracts.rights` writes it anew."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from board.boards import abilities as boards
from board.core.access import Actor
from board.discussions import abilities as comments
from board.guide import abilities as guide
from board.initiatives import abilities as initiatives
from board.people import abilities as people
from tests.contracts.source_files import ROOT

DOCUMENT = ROOT / "docs/rights.md"
HEAD = """# Who may do what
Made from `abilities.py` of each slice, which guards the commands and tells the pages what to offer (`can`); a test compares. The names are those of the
commands, as in `/api/docs`. Whoever may do something must see it first: open initiatives, groups and boards are seen by all staff of the school,
closed ones by their members only (no role in the school opens them), anything by a guest only where it is shared. Unknown and hidden look the same.
"""

#: column → role, her part in the initiative, in the group, and what is shared with her
PEOPLE: dict[str, tuple[str, str | None, str | None, str | None]] = {
    "admin": ("admin", None, None, None),
    "organizer": ("organizer", None, None, None),
    "owner of the initiative": ("staff", "owner", None, None),
    "lead of the group": ("staff", None, "lead", None),
    "member of the group": ("staff", None, "member", None),
    "other staff": ("staff", None, None, None),
    "guest, may edit": ("guest", None, None, "edit"),
    "guest, may comment": ("guest", None, None, "comment"),
    "guest, may read": ("guest", None, None, "read"),
}
Abilities = Callable[[Actor, Any], frozenset[str]]
SECTIONS: dict[str, Abilities] = {
    "In the school": lambda actor, row: (
        people.own_in_school(actor) | initiatives.in_school(actor) | guide.in_school(actor)
    ),
    "A colleague": lambda actor, row: people.on_member(actor, SimpleNamespace(id=2, active=True)),
    "A colleague who is no longer active": lambda actor, row: people.on_member(
        actor, SimpleNamespace(id=2, active=False)
    ),
    "Herself": lambda actor, row: people.on_member(actor, SimpleNamespace(id=1, active=True)),
    "An initiative": lambda actor, row: initiatives.on_initiative(
        actor, SimpleNamespace(my_role=row.my_initiative_role)
    ),
    "A group of the initiative": initiatives.on_group,
    "A board of the group, and all on it": boards.on_board,
    "Her own comment there": lambda actor, row: frozenset(comments.by_whose(boards.on_board(actor, row))["own"]),
    "The comment of another": lambda actor, row: frozenset(comments.by_whose(boards.on_board(actor, row))["others"]),
}


def rows(of: Abilities) -> list[tuple[list[str], list[bool]]]:
    """Commands that the same people may use stand together, those of most people last."""
    allowed = []
    for role, in_initiative, in_group, right in PEOPLE.values():
        row = SimpleNamespace(
            my_initiative_role=in_initiative,
            my_role=in_group,
            my_right=right,
            of_initiative=False,
            by_place=role != "guest",
        )
        allowed.append(of(Actor(1, 1, role), row))
    found: dict[tuple[bool, ...], list[str]] = {}
    for name in sorted(set().union(*allowed)):
        found.setdefault(tuple(name in abilities for abilities in allowed), []).append(name)
    return [(names, list(marks)) for marks, names in sorted(found.items(), key=lambda item: (sum(item[0]), item[1]))]


def document() -> str:
    text = HEAD
    for title, of in SECTIONS.items():
        text += f"\n## {title}\n| | {' | '.join(PEOPLE)} |\n| --- |{' :-: |' * len(PEOPLE)}\n"
        for names, marks in rows(of):
            text += f"| {', '.join(names)} | {' | '.join('✓' if mark else '–' for mark in marks)} |\n"
    return text


if __name__ == "__main__":
    DOCUMENT.write_text(document())
