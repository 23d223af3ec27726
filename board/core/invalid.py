"""What a validation found, as sentences for people: each says what to do, in the place where it is to be done."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from pydantic import ValidationError

from board.core.errors import Invalid

MOST = 20
#: how many are told in the one text that stands for all
_TOLD = 3
_OWN = "Value error, "


def invalid(e: ValidationError) -> Invalid:
    found = [{"field": _field(item["loc"]), "message": _sentence(item)} for item in e.errors(include_url=False)[:MOST]]
    return Invalid(" ".join(f"{_name(f['field'])}: {f['message']}" for f in found[:_TOLD]), errors=found)


def _field(where: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in where) or "body"


def _name(field: str) -> str:
    """``works_on`` → Works on."""
    words = field.replace("_", " ")
    return words[:1].upper() + words[1:]


def _sentence(item: Any) -> str:
    kind, context = item["type"], item.get("ctx", {})
    if kind == "value_error":
        text: str = item["msg"].removeprefix(_OWN).strip()
        return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")
    say = _SENTENCES.get(kind)
    return say(context) if say else _("This cannot be used here.")


_SENTENCES: dict[str, Callable[[Any], str]] = {
    "missing": lambda c: _("Fill this in: it is needed."),
    "extra_forbidden": lambda c: _("There is no such field."),
    "string_type": lambda c: _("Write a text here."),
    "string_too_short": lambda c: (
        _("Write something here.")
        if c["min_length"] == 1
        else _("Write at least %(count)s characters.", count=c["min_length"])
    ),
    "string_too_long": lambda c: _("Make this shorter: at most %(count)s characters.", count=c["max_length"]),
    "string_pattern_mismatch": lambda c: _("This is not written as it should be."),
    "int_type": lambda c: _("Give a whole number."),
    "int_parsing": lambda c: _("Give a whole number."),
    "int_from_float": lambda c: _("Give a whole number."),
    "float_type": lambda c: _("Give a number."),
    "float_parsing": lambda c: _("Give a number."),
    "bool_type": lambda c: _("Say true or false."),
    "bool_parsing": lambda c: _("Say true or false."),
    "greater_than_equal": lambda c: _("Give %(number)s or more.", number=c["ge"]),
    "greater_than": lambda c: _("Give more than %(number)s.", number=c["gt"]),
    "less_than_equal": lambda c: _("Give %(number)s or less.", number=c["le"]),
    "less_than": lambda c: _("Give less than %(number)s.", number=c["lt"]),
    "list_type": lambda c: _("Give a list."),
    "dict_type": lambda c: _("Give names with their values."),
    "model_type": lambda c: _("Send the fields as a JSON object."),
    "model_attributes_type": lambda c: _("Send the fields as a JSON object."),
    "too_short": lambda c: _("Give at least %(count)s.", count=c["min_length"]),
    "too_long": lambda c: _("Give at most %(count)s.", count=c["max_length"]),
    "literal_error": lambda c: _("Choose one of these: %(choices)s.", choices=_choices(c["expected"])),
    "enum": lambda c: _("Choose one of these: %(choices)s.", choices=_choices(c["expected"])),
    "none_required": lambda c: _("Leave this empty."),
}


def _choices(expected: str) -> str:
    """``'a', 'b' or 'c'`` → a, b, c."""
    return expected.replace(" or ", ", ").replace("'", "")
