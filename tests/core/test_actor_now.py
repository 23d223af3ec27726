"""Between the moment a request comes in and its transaction, a person may have lost her role, or left the school."""

from collections.abc import Callable

import pytest
from flask import Flask

from board.core import command
from board.core.access import Actor
from board.core.command import Change
from board.core.db import writing
from board.core.errors import NotSignedIn
from board.people.models import Member


def seen_role(change: Change) -> dict[str, str]:
    return {"role": change.actor.role}


def test_a_command_sees_the_role_of_now(app: Flask, actor: Callable[[str], Actor]) -> None:
    thomas = actor("Thomas")
    with app.app_context():
        with writing() as tx:
            tx.update(Member, thomas.member_id, role="staff")
        assert command.perform(thomas, seen_role).record == {"role": "staff"}


def test_who_left_the_school_does_nothing_more(app: Flask, actor: Callable[[str], Actor]) -> None:
    thomas = actor("Thomas")
    with app.app_context():
        with writing() as tx:
            tx.update(Member, thomas.member_id, active=False)
        with pytest.raises(NotSignedIn):
            command.perform(thomas, seen_role)
