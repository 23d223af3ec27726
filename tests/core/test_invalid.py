"""What is wrong with a field is said in a sentence that a teacher can follow: never in the words of a library."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from board.core import invalid
from tests.boards.places import settle
from tests.callers import Caller

LIBRARY = re.compile(r"valid|input|pydantic|isoformat|parse|instance|dictionary|\.;|\.\.|Value error", re.I)

#: method, path, body → field, sentence
COMMON: list[tuple[str, str, Any, str, str]] = [
    ("POST", "/groups", {}, "title", "Fill this in: it is needed."),
    ("POST", "/groups", {"title": ""}, "title", "Write something here."),
    ("POST", "/groups", {"title": "x" * 513}, "title", "Make this shorter: at most 512 characters."),
    ("POST", "/groups", {"title": 7}, "title", "Write a text here."),
    ("POST", "/groups", {"title": "\u200b"}, "title", "Write something that can be seen."),
    ("POST", "/groups", {"title": "\u2800"}, "title", "Write something that can be seen."),
    ("POST", "/groups", {"title": "\u3164 \uffa0"}, "title", "Write something that can be seen."),
    ("POST", "/groups", {"title": "\u115f\u1160\u034f\ufe0f"}, "title", "Write something that can be seen."),
    ("POST", "/groups", {"title": "Choir", "id": 7}, "id", "There is no such field."),
    ("POST", "/groups", [], "body", "Send the fields as a JSON object."),
    ("GET", "/groups?limit=0", None, "limit", "Give 1 or more."),
    ("GET", "/groups?limit=201", None, "limit", "Give 200 or less."),
    ("GET", "/groups?limit=many", None, "limit", "Give a whole number."),
    ("PATCH", "/cards/{card}", {"due": "tomorrow"}, "due", "Write a day as in 2026-11-24, or a moment as in 2026-11-24T09:14:00Z."),
    ("PATCH", "/cards/{card}", {"due": "2026-02-30"}, "due", "There is no such day in the calendar."),
    ("PATCH", "/cards/{card}", {"due": "2026-11-24T09:14:00"}, "due", "A moment needs its time zone: end it with Z, as in 2026-11-24T09:14:00Z."),
    ("POST", "/members", {"name": "Lee", "role": "boss"}, "role", "Choose one of these: guest, staff, organizer, admin."),
    ("POST", "/members", {"name": "Lee", "email": "lee"}, "email", "Write a mail address, as in ana@school.example."),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "body", "field", "sentence"), COMMON)
def test_the_commonest(
    as_: Callable[..., Caller], method: str, path: str, body: Any, field: str, sentence: str
) -> None:
    if "{card}" in path:
        path = path.replace("{card}", str(settle(as_).open.cards[0]))
    status, answer = as_("Ana").call(method, path, body)
    assert status == 422, answer
    assert {"field": field, "message": sentence} in answer["errors"]
    assert sentence in answer["detail"] and not LIBRARY.search(answer["detail"].replace("mail address", ""))


def test_several_are_told_one_after_the_other(as_: Callable[..., Caller]) -> None:
    _, answer = as_("Ana").post("/groups", {"title": "", "extra_field": 1})
    assert answer["detail"] == "Title: Write something here. Extra field: There is no such field."


def test_what_nobody_thought_of_is_a_sentence_too() -> None:
    strange = InitErrorDetails(
        type=PydanticCustomError("strange", "Input should be a strange thing"), input=1, loc=("x",)
    )
    found = invalid.invalid(ValidationError.from_exception_data("x", [strange]))
    assert found.errors == [{"field": "x", "message": "This cannot be used here."}]


def test_each_sentence_says_one_thing(app: object) -> None:
    numbers = dict.fromkeys(("min_length", "max_length", "ge", "gt", "le", "lt"), 2)
    for kind, say in invalid._SENTENCES.items():
        text = say({**numbers, "expected": "'a', 'b' or 'c'"})
        assert re.fullmatch(r"[A-Z].*[^.]\.", text), kind
        assert not LIBRARY.search(text), kind
