"""What an import says when it is done, or why it is not: kept as codes and numbers, told in the reader's language."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _

#: rows of one kind and reason that are named one by one; the others are counted
MOST_NAMED = 200
#: cards that are named for the comments they miss
MOST_CARDS = 2_000

Row = dict[str, Any]


def gathered(
    header: dict[str, Any], made: dict[str, int], changed: dict[str, int], left_out: list[Row], again: bool
) -> Row:
    """The report as it is kept."""
    return {
        "found": header["found"], "made": made, "changed": changed, "again": again,
        "missing": {"comments": header["missing_comments"], "by_card": header["missing_by_card"][:MOST_CARDS]},
        "left_out": _short([*header["left_out"], *left_out]),
    }  # fmt: skip


def told(kept: Row) -> Row:
    """The report as it is answered: ``left_out`` with its reasons in words."""
    missing = kept["missing"]
    by_card = [{"card_id": id, "card": title, "comments": n} for id, title, n in missing["by_card"]]
    left_out = [{"kind": row["kind"], "what": _what(row), "why": _why(row)} for row in kept["left_out"]]
    return {
        "found": kept["found"], "made": kept["made"], "changed": kept["changed"], "again": kept["again"],
        "missing": {"comments": missing["comments"], "by_card": by_card}, "left_out": left_out,
    }  # fmt: skip


def broken(kept: Row, file_name: str) -> str:
    """Why a file was not taken, and where it broke, in a sentence or two. Nothing was changed."""
    why = _BROKEN.get(kept["code"], _BROKEN["reader_died"])(kept)
    if kept.get("byte") is not None and kept["code"] != "empty":
        where = _("It broke at byte %(byte)s", byte=format(kept["byte"], ","))
        if kept.get("reading"):
            where += " " + _("while reading %(reading)s", reading=kept["reading"])
        why = f"{why} {where}."
    return f"{why} {_('Nothing was changed.')}" if kept["code"] != "stopped" else why


def _short(rows: list[Row]) -> list[Row]:
    seen: Counter[tuple[str, str]] = Counter()
    shown = []
    for row in rows:
        if "more" in row:
            shown.append(row)
            continue
        seen[row["kind"], row["code"]] += 1
        if seen[row["kind"], row["code"]] <= MOST_NAMED:
            shown.append(row)
    for (kind, code), n in seen.items():
        if n > MOST_NAMED:
            shown.append({"kind": kind, "code": code, "what": "", "more": n - MOST_NAMED})
    return shown


def _what(row: Row) -> str:
    if "more" in row:
        return str(_("%(n)s more", n=row["more"]))
    if row.get("card"):
        return f"{row['what']} ({row['card']})"
    if row["what"]:
        return str(row["what"])
    return str(_("%(n)s in all", n=row.get("n") or row.get("cards") or 1))


def _why(row: Row) -> str:
    return str(_WHY[row["code"]](row))


_WHY: dict[str, Callable[[Row], str]] = {
    "upload": lambda r: _("It is kept as a link. The file itself lies at Trello and needs a Trello login."),
    "no_address": lambda r: _("It has no address in the export."),
    "not_web": lambda r: _("Its address is not a web address."),
    "no_card": lambda r: _("Its card is not in the export."),
    "no_id": lambda r: _("It has no id in the export."),
    "double_id": lambda r: _("Its id stands twice in the export; the first was taken."),
    "no_list": lambda r: _("Their list is not in the export. They stand in the archived list “Without a list”."),
    "empty": lambda r: _("They have no text."),
    "label_unknown": lambda r: _("The export names this label on a card, but does not say what it is."),
    "label_unused": lambda r: _("No card has this label."),
    "label_colour": lambda r: _("There is no such colour here; the nearest was taken."),
    "template": lambda r: _("It was a template. Here it is an ordinary card."),
    "fields_as_text": lambda r: _(
        "They do not fit into the fields of a board. Their %(n)s values stand at the end of the cards' descriptions.",
        n=r["n"],
    ),
    "votes": lambda r: _("Votes are not taken."),
    "stickers": lambda r: _("Stickers are not taken."),
    "covers": lambda r: _("Covers are not taken."),
    "long_title": lambda r: _("Its title was cut. The whole title stands at the top of the description."),
    "long_text": lambda r: _("Its description was cut: it is longer than a card can hold."),
    "item_person": lambda r: _("Its person is nobody here who sees this board; the name stands in its text."),
    # Of reports that were kept before people and dates were taken.
    "item_details": lambda r: _("Its date and person stand in its text."),
    "too_many_on_card": lambda r: _("%(n)s were left out: there are more than a card can hold.", n=r["n"]),
    "person": lambda r: _("Nobody here was named for this person. Her cards and comments keep her name."),
    "may_not_own": lambda r: _("She does not see this board, so the cards keep her name only."),
    "changed_here": lambda r: _(
        "It was changed both here and there (%(field)s). What stands here was kept.", field=r["field"]
    ),
    "gone_here": lambda r: _("It was deleted or moved away here, and stays so."),
}

_BROKEN: dict[str, Callable[[Row], str]] = {
    "empty": lambda r: _("The file is empty."),
    "ends_early": lambda r: _("The file ends in the middle: it was not copied or downloaded whole."),
    "not_json": lambda r: _("The file is not the JSON that Trello exports."),
    "trailing": lambda r: _("The file goes on after the board's end."),
    "too_deep": lambda r: _("The file is nested deeper than any board."),
    "not_an_object": lambda r: _("The file is JSON, but not a board."),
    "not_a_record": lambda r: _("Something stands where a list, a card or another record should."),
    "surrogate": lambda r: _("A text holds half a character."),
    "number": lambda r: _("A number is larger than any board has."),
    "long_run": lambda r: _("A text or a number has no end."),
    "too_many_parts": lambda r: _("One card has more parts than any board."),
    "too_much": lambda r: _("The file holds more than one board can."),
    "too_many": lambda r: _("The file holds more lists, labels, people or cards than one board can."),
    "not_trello": lambda r: _("The file has neither lists nor cards: it is not a Trello board."),
    "refused": lambda r: str(r["detail"]),
    "reader_died": lambda r: _("The file could not be read."),
    "unexpected": lambda r: _(
        "The server could not finish this. It was written down as %(number)s.", number=r.get("number", "?")
    ),
    "gone": lambda r: _("The file waited too long and was removed. Send it again."),
    "stopped": lambda r: _("The import stopped half way. Import the file again: it goes on from there."),
}
