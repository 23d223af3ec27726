"""What the reader makes of each trap of real exports, and of files that are broken or meant to harm."""

import json
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from board.exchange.trello.read import read

FIXTURES = Path(__file__).parent / "fixtures"
SLICE = Path(__file__).parents[2] / "board" / "exchange"


def plan(name: str) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    return parsed((FIXTURES / name).read_bytes())


def parsed(content: bytes) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """The header, and the cards by title in their order."""
    code, out, said = reading(content)
    assert code == 0, said[-1]
    return out[0], {card["title"]: card for card in out[1:]}


def reading(content: bytes) -> tuple[int, list[Any], list[Any]]:
    path = Path(reading.folder) / "export.json"  # type: ignore[attr-defined]
    path.write_bytes(content)
    out, say = BytesIO(), BytesIO()
    code = read(path, out, say)
    return (
        code,
        [json.loads(line) for line in out.getvalue().splitlines()],
        [json.loads(line) for line in say.getvalue().splitlines()],
    )


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> None:
    reading.folder = tmp_path  # type: ignore[attr-defined]


def codes(header: dict[str, Any]) -> set[tuple[str, str]]:
    return {(row["kind"], row["code"]) for row in header["left_out"]}


def test_comments_that_the_export_lacks_are_counted_by_card() -> None:
    header, cards = plan("trap1_comments_missing.json")
    assert header["found"]["comments"] == 2
    assert header["missing_comments"] == 2
    assert [(title, n) for _, title, n in header["missing_by_card"]] == [("Ask the caretaker for tables", 2)]
    assert cards["Print the flyers"]["created_at"] == "2018-11-29T15:04:44.000Z", (
        "from the first 8 hex digits of the id"
    )


def test_an_open_card_of_a_closed_list_stays_open_in_it() -> None:
    header, cards = plan("trap2_closed_list.json")
    assert [(x["title"], x["archived"]) for x in header["lists"]] == [("Last year", True), ("To do", False)]
    assert {title: card["archived"] for title, card in cards.items()} == {
        "Open in an open list": False,
        "Archived in an open list": True,
        "Open in a closed list": False,
        "Archived in a closed list": True,
    }
    assert header["found"]["archived_cards"] == 2
    assert cards["Archived in an open list"]["archived_at"] == "2019-02-20T12:00:00.000Z"


def test_fractional_enormous_and_double_positions_give_one_order() -> None:
    header, cards = plan("trap3_positions.json")
    assert [x["title"] for x in header["lists"]] == ["First", "Second", "Third", "Fourth"]
    assert list(cards) == ["b", "c", "d", "e", "f", "g"]


def test_labels_without_name_colour_id_or_entry() -> None:
    header, cards = plan("trap4_labels_2015.json")
    assert [(label["title"], label["colour"]) for label in header["labels"]] == [
        ("Hall", "green"),
        ("Urgent", "red"),
        ("", ""),
    ]
    hall, urgent, bare = (label["id"] for label in header["labels"])
    assert [card["labels"] for card in cards.values()] == [[hall], [urgent], [bare], [], [urgent, hall]]
    assert codes(header) == {("labels", "label_unknown"), ("labels", "label_unused")}
    assert header["found"]["labels"] == 3


def test_fields_of_newer_exports() -> None:
    header, cards = plan("trap5_newer_fields.json")
    card = cards["Book the choir"]
    assert (card["start"], card["due"], card["done"]) == (
        "2019-03-01T08:00:00.000Z",
        "2019-03-08T15:30:00.000Z",
        "2019-03-07T11:11:11.000Z",
    )
    assert card["facts"] == [["Location", "Main hall, 1 School Lane"]]
    of = {field["id"]: field for field in header["fields"]}
    said = {of[id]["title"]: value for id, value in card["values"].items()}
    high = of[next(id for id in of if of[id]["title"] == "Priority")]["options"][0]
    assert high == {"id": said.pop("Priority"), "title": "High", "colour": ""}
    assert said == {"Cost": 12.5, "Confirmed": True, "Visit": "2019-03-05T10:00:00.000Z", "Room": "B 12"}
    (checklist,) = card["checklists"]
    assert [(i["title"], i["done"], i["due"]) for i in checklist["items"]] == [
        ("Count the chairs", "2019-03-02T13:00:00.000Z", None),
        ("Write to the parents", None, "2019-03-04T10:00:00.000Z"),
    ]
    assert header["lists"][0]["wip_limit"] == 4
    assert header["found"] | {"custom_fields": 5, "checklists": 1, "items": 2} == header["found"]
    assert codes(header) == {
        ("cards", "template"),
        ("votes", "votes"),
        ("covers", "covers"),
    }


def test_an_export_with_hardly_any_key() -> None:
    header, cards = parsed(
        b'{"cards": [{"id": "5c00000b000000000000000b", "name": "Alone", "idList": "5c000001000000000000dead"}]}'
    )
    assert [(x["title"], x["archived"]) for x in header["lists"]] == [("Without a list", True)]
    assert cards["Alone"]["list_id"] == header["lists"][0]["id"]
    assert ("lists", "no_list") in codes(header)
    assert header["found"]["lists"] == 0


def test_attachments_are_links_and_uploads_say_so() -> None:
    header, cards = plan("trap6_attachments.json")
    assert [(a["title"], a["url"], a["upload"]) for a in cards["Flyer"]["attachments"]] == [
        ("https://example.org/prices", "https://example.org/prices", False),
        ("flyer.pdf", "https://files.example.org/flyer.pdf", True),
        ("A script", "javascript:alert(1)", False),
    ]
    assert header["found"]["attachments"] == 4
    assert [(row["code"], row["what"]) for row in header["left_out"]] == [
        ("upload", "flyer.pdf"),
        ("no_address", "No address"),
    ]


def test_comments_copied_edited_and_by_people_who_left() -> None:
    header, cards = plan("trap7_comments.json")
    comments = cards["Choose the day"]["comments"]
    people = {person["id"]: person for person in header["people"]}
    assert [people[c["by"]]["name"] for c in comments] == ["Ida Berg", "Tom Reyes", "Ida Berg"]
    assert comments[1]["edited_at"] == "2019-02-04T10:30:00.000Z"
    assert len(comments[1]["body"]) > 2400
    assert ("comments", "no_card") in codes(header)
    assert header["found"]["comments"] == 4


def test_reading_twice_gives_the_same_bytes() -> None:
    content = (FIXTURES / "trap8_newer.json").read_bytes()
    assert reading(content)[1] == reading(content)[1]


GOOD = json.dumps({"lists": [{"id": "5c0000010000000000000001", "name": "To do"}], "cards": []}).encode()

HOSTILE = {
    "nothing": (b"", "empty", 0),
    "spaces only": (b" \n ", "empty", 3),
    "a web page": (b"<!doctype html><html>", "not_json", 0),
    "an array": (b'[{"id": 1}]', "not_an_object", None),
    "a number": (b"12", "not_an_object", None),
    "no board": (b'{"name": "x", "rows": []}', "not_trello", None),
    "cut off": (b'{"lists": [{"id": "5c0000010000000000000001", "na', "ends_early", 49),
    "a stray comma": (b'{"lists": [{"id": "5c0000010000000000000001",, "name": "x"}]}', "not_json", 45),
    "more after the end": (GOOD + b' {"more": 1}', "trailing", len(GOOD) + 1),
    "bad UTF-8": (b'{"lists": [{"name": "\xff"}]}', "not_json", 21),
    "NaN": (b'{"lists": [{"pos": NaN}]}', "not_json", None),
    "half a character": (b'{"lists": [{"name": "a\\ud83d"}]}', "surrogate", 22),
    "the other half": (b'{"lists": [{"name": "\\ude00"}]}', "surrogate", 21),
    "a list that is nothing": (b'{"id": "x", "lists": [{"id": "a"}, null, "a"]}', "not_a_record", 38),
    "a text far behind": (b'{"cards": [' + b'{"id": "a"},' * 20_000 + b'"x"]}', "not_a_record", 11 + 12 * 20_000 + 2),
    "deep arrays": (b'{"x": ' + b"[" * 100_000, "too_deep", None),
    "deep objects": (b'{"cards": [' + b'{"labels":' * 100_000, "too_deep", None),
    "an endless number": (b'{"lists": [{"pos": ' + b"9" * 700_000 + b"}]}", "long_run", None),
    "a long number": (b'{"lists": [{"pos": ' + b"9" * 5_000 + b"}]}", "number", None),
    "a number beyond numbers": (b'{"lists": [{"pos": 1e99999}]}', "number", None),
    "an exponent beyond exponents": (b'{"lists": [{"pos": 1e99999999999999999999}]}', "number", None),
    "cards that are texts": (b'{"cards": ["x"]}', "not_a_record", 13),
    "cards that are arrays": (b'{"cards": [["x"]]}', "not_a_record", 11),
    "a card of a million labels": (
        b'{"cards": [{"idLabels": [' + b'"a",' * 1_000_000 + b'"a"]}]}',
        "too_many_parts",
        None,
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_cannot_be_taken_says_why_and_where(name: str) -> None:
    content, code, byte = HOSTILE[name]
    status, out, said = reading(content)
    assert (status, out) == (1, [])
    assert said[-1]["broken"]["code"] == code
    if byte is not None:
        assert said[-1]["broken"]["byte"] == byte


def test_the_place_is_named() -> None:
    cards = [{"id": f"5c0000{n:02x}0000000000000000", "name": f"Card {n}"} for n in range(5)]
    content = json.dumps({"lists": [], "cards": cards}).encode()
    _, _, said = reading(content[:-20])
    assert said[-1]["broken"]["reading"] == "cards[4]"
    _, _, said = reading(content[: content.index(b"Card 2") + 7] + b"?")
    assert said[-1]["broken"] == {
        "code": "not_json",
        "byte": content.index(b"Card 2") + 7,
        "reading": "cards[2] “Card 2”",
    }


def test_an_escape_over_the_edge_of_a_chunk() -> None:
    for pad in range(65_536 - 14, 65_536 + 2):
        start = b'{"lists": [], "cards": [{"id": "5c0000010000000000000001", "desc": "'
        text = start + b"x" * (pad - len(start))
        _, cards = parsed(text + b'\\ud83d\\ude00", "name": "t"}]}')
        assert cards["t"]["description"].endswith("x😀")
        _, _, said = reading(text + b'\\ud83dx", "name": "t"}]}')
        assert said[-1]["broken"]["byte"] == pad
        _, cards = parsed(text + b'\\\\ud83d", "name": "t"}]}')
        assert cards["t"]["description"].endswith("x\\ud83d")


def test_wrong_types_count_as_not_there() -> None:
    odd: list[Any] = [None, 1, 1.5, True, "x", [], [1], {}, {"id": {"id": 1}}, [[]], [{"id": []}]]
    names = [
        "name",
        "desc",
        "closed",
        "pos",
        "due",
        "start",
        "labels",
        "idLabels",
        "idMembers",
        "attachments",
        "badges",
        "checklists",
        "customFieldItems",
        "cover",
    ]
    lists = [{"id": "5c0000010000000000000001", "name": "L"}]
    for name in names:
        for value in odd:
            board = {
                "lists": lists,
                "cards": [{"id": "5c00000b000000000000000b", "idList": lists[0]["id"], name: value}],
                "labelNames": value,
                "actions": [],
            }
            status, out, said = reading(json.dumps(board).encode())
            assert status == 0, (name, value, said)
            assert len(out) == 2


def process(path: Path) -> tuple[int, bytes, list[Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "trello.read", str(path)], cwd=SLICE, capture_output=True, check=False, timeout=120
    )
    return done.returncode, done.stdout, [json.loads(line) for line in done.stderr.splitlines()]


def test_the_process_knows_nothing_of_the_server(tmp_path: Path) -> None:
    code = "import sys; sys.argv = ['read', sys.argv[1]]; from trello import read; read.main(); print({'flask', 'eventlet', 'board', 'sqlalchemy'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code, str(FIXTURES / "trap8_board.json")],
        cwd=SLICE,
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.splitlines()[-1] == b"set()"


def test_a_hundred_megabytes(tmp_path: Path) -> None:
    """Read within bounds when it is a board, with progress on the way; refused at its end when it is cut off."""
    big = tmp_path / "big.json"
    card = {
        "idList": "5c0000010000000000000001",
        "name": "A card",
        "desc": "words " * 300,
        "attachments": [{"id": "x", "url": "https://example.org/a", "previews": [{"url": "y" * 200}] * 40}],
    }
    with big.open("w") as out:
        out.write('{"lists": [{"id": "5c0000010000000000000001", "name": "To do"}], "cards": [')
        line, n = json.dumps(card)[1:], 0
        while out.tell() < 100_000_000:
            out.write(("," if n else "") + f'{{"id": "5c{n:06x}0000000000000000",' + line)
            n += 1
        end = out.tell()
        out.write("]}")
    began = time.monotonic()
    code, stdout, said = process(big)
    assert (code, stdout.count(b"\n")) == (0, n + 1)
    assert len(said) >= 50 and said == sorted(said, key=lambda s: s["progress"])
    assert time.monotonic() - began < 60
    with big.open("r+b") as file:
        file.truncate(end - 100)
    code, stdout, said = process(big)
    assert (code, stdout) == (1, b"")
    assert said[-1]["broken"]["code"] == "ends_early"
    assert said[-1]["broken"]["byte"] == end - 100
    assert said[-1]["broken"]["reading"].startswith(f"cards[{n - 1}]")


def test_a_hundred_megabytes_of_junk(tmp_path: Path) -> None:
    for name, piece in {"zeros": b"\0" * 1_000_000, "spaces": b" " * 1_000_000, "quotes": b'\\"' * 500_000}.items():
        path = tmp_path / name
        with path.open("wb") as out:
            out.write(b'{"name": "')
            for _ in range(100):
                out.write(piece)
        code, stdout, said = process(path)
        assert (code, stdout) == (1, b""), name
        assert said[-1]["broken"]["code"] in ("not_json", "long_run"), name


def test_what_is_left_out_is_counted_beyond_the_first_two_hundred() -> None:
    cards = b",".join([b'{"id": "5c00000b000000000000000b", "name": "Twice"}'] * 5_000)
    header, found = parsed(b'{"cards": [' + cards + b"]}")
    rows = [row for row in header["left_out"] if row["code"] == "double_id"]
    assert (len(found), len(rows), rows[-1]["more"]) == (1, 201, 4_799)


@pytest.mark.parametrize("kind", ["lists", "labels", "members", "customFields"])
def test_more_of_a_kind_than_any_board_has(kind: str) -> None:
    rows = b",".join(b'{"id": "%024x", "name": "n"}' % n for n in range(20_001))
    status, out, said = reading(b'{"lists": [], "' + kind.encode() + b'": [' + rows + b"]}")
    assert (status, out, said[-1]["broken"]["code"]) == (1, [], "too_many")


def test_a_card_of_twenty_megabytes() -> None:
    item = b'{"name": "' + b"x" * 60_000 + b'"}'
    card = (
        b'{"id": "5c00000b000000000000000b", "name": "Fat", "checklists": [{"id": "c", "checkItems": ['
        + b",".join([item] * 300)
        + b"]}]}"
    )
    status, _, said = reading(b'{"cards": [' + card + b"]}")
    assert (status, said[-1]["broken"]["code"], said[-1]["broken"]["reading"]) == (1, "too_many_parts", "“Fat”")
