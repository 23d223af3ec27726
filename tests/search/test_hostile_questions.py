"""Whatever is typed, the answer is clear: a result, a note, or what is wrong with it; never an error of ours."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from board.core import limits
from board.search.question import read
from tests.boards.places import As, Places, made

SIGNS = "\"*()^:+-~{}[]\\/&|!<>@#'`,.;%$_=?"
WORDS = (
    "AND", "OR", "NOT", "NEAR", "NEAR(a b)", "title:x", "{title}:x", "words:", "rank", "search_words", "owner:", "owner:me", "label:\"", "due:x",
    "due:9999-12-31", "due:0001-01-01", "is:", "-is:open", "in:\"", "#1", "#999999999999999", "-#1", "card", "car*", "*", "\"", "\"\"", "-", "--",
    "a:b:c", "owner:owner:me", "label:*", "';--", "<->", "a<->b", ":*", "\\'", "'", "é", "会議", "🎒", "\u200d", "\ufeff", "\x01", "\t", "\n", "ﷺ" * 20,
)  # fmt: skip
typed = st.one_of(
    st.text(
        alphabet=st.one_of(st.sampled_from(SIGNS), st.characters(exclude_categories=("Cs",), exclude_characters="\0")),
        max_size=60,
    ),
    st.lists(st.sampled_from(WORDS), max_size=10).map(" ".join),
    st.lists(st.sampled_from((*SIGNS, "card", "me", " ")), max_size=40).map("".join),
)


@given(typed)
@example("-card")
@example(" ".join(f"-x{n}" for n in range(90)))
@example(" ".join(f"w{n}" for n in range(99)))
@example(" ".join(["owner:me"] * 50))
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_whatever_is_typed(as_: As, app: object, q: str) -> None:
    limits.init_app(app, None, False)  # type: ignore[arg-type]
    status, answer = as_("Maya").get("/search", q=q)
    assert status == 200, (q, answer)
    assert set(answer) == {"data", "next", "notes"}
    for note in answer["notes"]:
        assert note["message"] and note["code"] in ("as_text", "too_many", "nothing_to_find")


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_reading_keeps_its_bounds(q: str) -> None:
    question = read(q)
    assert len(question.terms) <= 12 and len(question.without) <= 12 and len(question.operators) <= 8
    for term in (*question.terms, *question.without):
        for spelling in term.spellings:
            assert spelling and all(word.isalnum() or not word.isascii() for word in spelling)


@pytest.mark.parametrize(
    ("q", "code"),
    [
        ("🎒", "nothing_to_find"), ("-card", "nothing_to_find"), ("...", "nothing_to_find"), ('""', "nothing_to_find"),
        ("owner:nobody", "as_text"), ("due:2026-02-31", "as_text"), ("is:hidden", "as_text"), ("w " * 40, "too_many"),
    ],
)  # fmt: skip
def test_notes(as_: As, places: Places, q: str, code: str) -> None:
    answer = as_("Maya").get("/search", q=q).json
    assert [n["code"] for n in answer["notes"]] == [code]


@pytest.mark.parametrize("q", ["a\0b", "x" * 501, "x" * 10_000, "( " * 5_000])
def test_what_is_refused_says_why(as_: As, q: str) -> None:
    status, answer = as_("Maya").get("/search", q=q)
    assert status == 422 and answer["errors"][0]["field"] == "q"


@pytest.mark.parametrize(
    "query", [{"kind": "secret"}, {"board_id": "0"}, {"limit": "51"}, {"limit": "-1"}, {"what": "1"}, {"board_id": "x"}]
)
def test_malformed(as_: As, query: dict[str, str]) -> None:
    assert as_("Maya").get("/search", q="card", **query)[0] == 422


def test_nothing_typed_finds_nothing(as_: As, places: Places) -> None:
    for q in ("", "   "):
        assert as_("Maya").get("/search", q=q) == (200, {"data": [], "next": None, "notes": []})


def test_what_is_written_is_found_whatever_signs_it_has(as_: As, places: Places) -> None:
    for title in (
        "'; DROP TABLE cards; --",
        'a"b*c(d)e',
        "{title} : AND OR NOT",
        "\\ ' : & | ! <-> hall",
        "<script>alert(1)</script>",
    ):
        id = made(as_("Maya").post(f"/lists/{places.open.lists[0]}/cards", {"title": title}))
        found = as_("Maya").get("/search", q=title).json["data"]
        assert id in [hit["id"] for hit in found], title
        assert "".join(p["text"] for p in found[0]["title"]) == title
