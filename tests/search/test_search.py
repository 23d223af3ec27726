"""search: who finds what, in which order, and how it is shown."""

from typing import Any

import pytest

from tests.boards.places import SECRET, As, Places, done, made, member
from tests.search.conftest import hits, said


def test_nobody_finds_nothing(as_: As) -> None:
    assert as_(None).get("/search", q="card")[0] == 401


def test_a_word_is_found_in_each_text_of_a_card(as_: As, places: Places, found: Any) -> None:
    maya, card = as_("Maya"), places.open.cards[0]
    done(
        maya.patch(
            f"/cards/{card}", {"title": "Hopscotch", "description": "about quicksand", "measure": "fewer puddles"}
        )
    )
    checklist = made(maya.post(f"/cards/{card}/checklists", {"title": "Bramble"}))
    made(maya.post(f"/checklists/{checklist}/items", {"title": "Order thimbles"}))
    label = made(maya.post(f"/boards/{places.open.board}/labels", {"title": "Zephyr", "colour": "red"}))
    done(maya.put(f"/cards/{card}/labels/{label}"))
    done(maya.post(f"/cards/{card}/attachments", {"url": "https://example.org/x", "title": "Marmalade plan"}))
    for word in ("hopscotch", "quicksand", "puddles", "bramble", "thimbles", "zephyr", "marmalade"):
        assert found("Maya", word) == ["card: Hopscotch"], word
        assert found("Maya", word[:4]) == ["card: Hopscotch"], f"the beginning of {word}"
        assert found("Maya", f"{word} hopscotch") == ["card: Hopscotch"], word
        assert found("Maya", f"hopscotch -{word}") == [], word


def test_each_kind_is_found(as_: As, places: Places, found: Any) -> None:
    maya = as_("Maya")
    made(maya.post(f"/threads/{places.open.threads[0]}/comments", {"body": "The **xylophone** is tuned."}))
    done(maya.patch(f"/boards/{places.open.board}", {"title": "Xylophone board"}))
    done(maya.patch(f"/lists/{places.open.lists[0]}", {"title": "Xylophone list"}))
    done(maya.patch(f"/groups/{places.open.group}", {"title": "Xylophone group", "objective": "Play it"}))
    done(as_("Ana").patch(f"/initiatives/{places.initiative}", {"title": "Xylophone initiative"}))
    done(as_("Ana").patch("/me", {"name": "Ana Xylophone"}))
    done(maya.patch(f"/cards/{places.open.cards[0]}", {"title": "Xylophone card"}))
    assert found("Maya", "xyloph") == [
        "board: Xylophone board", "group: Xylophone group", "initiative: Xylophone initiative", "person: Ana Xylophone",
        "list: Xylophone list", "card: Xylophone card", "comment: Xylophone card",
    ]  # fmt: skip
    for kind in ("board", "group", "initiative", "person", "list", "card", "comment"):
        assert [f.split(":")[0] for f in found("Maya", "xyloph", kind=kind)] == [kind]
    assert {f.split(":")[0] for f in found("Maya", "xyloph", board_id=places.open.board)} == {
        "board",
        "list",
        "card",
        "comment",
    }
    assert found("Maya", "play it") == ["group: Xylophone group"]


def test_what_is_shown_of_a_card(as_: As, places: Places) -> None:
    maya, card = as_("Maya"), places.open.cards[1]
    long = "word " * 80 + "then the Turnip comes " + "word " * 80
    done(maya.patch(f"/cards/{card}", {"description": long, "due": "2026-11-27"}))
    (hit,) = maya.get("/search", q="turn").json["data"]
    assert hit["href"] == f"/boards/{places.open.board}/cards/{card}"
    assert hit["board"] == {"id": places.open.board, "title": "Autumn"}
    assert (hit["list"], hit["number"], hit["done"], hit["archived"]) == ("Doing Autumn", 2, False, False)
    assert hits(hit["snippet"]) == ["Turnip"]
    assert (
        said(hit["snippet"]).startswith("… ")
        and said(hit["snippet"]).endswith(" …")
        and len(said(hit["snippet"])) < 220
    )
    assert said(hit["title"]) == "Card 1 Autumn" and not hits(hit["title"])


def test_what_is_shown_of_a_comment(as_: As, places: Places) -> None:
    maya = as_("Maya")
    id = made(maya.post(f"/threads/{places.open.threads[0]}/comments", {"body": "Is the turnip\n\n<b>ripe</b>?"}))
    (hit,) = as_("Jon").get("/search", q="ripe turnip").json["data"]
    assert hit["href"].endswith(f"/cards/{places.open.cards[0]}#comment-{id}")
    assert hit["by"] == {"id": member("Maya"), "name": "Maya"}
    assert said(hit["snippet"]) == "Is the turnip <b>ripe</b>?"
    assert hits(hit["snippet"]) == ["turnip", "ripe"]


def test_titles_stand_before_texts_and_new_before_old(as_: As, places: Places, found: Any) -> None:
    maya, first = as_("Maya"), places.open.lists[0]
    for title, description in (("Old lantern", ""), ("Feast", "with a lantern"), ("New lantern", "")):
        made(maya.post(f"/lists/{first}/cards", {"title": title, "description": description}))
    assert found("Maya", "lantern") == ["card: New lantern", "card: Old lantern", "card: Feast"]


def test_all_words_must_be_there_in_any_order(as_: As, places: Places, found: Any) -> None:
    made(as_("Maya").post(f"/lists/{places.open.lists[0]}/cards", {"title": "Red boat", "description": "with oars"}))
    assert found("Maya", "oars red") == ["card: Red boat"]
    assert found("Maya", "boat red") == ["card: Red boat"]
    assert found("Maya", "red sail") == []
    assert found("Maya", "bo red") == []  # only the last word may be a beginning
    assert found("Maya", "bo* red") == ["card: Red boat"]
    assert found("Maya", '"red boat"') == ["card: Red boat"]
    assert found("Maya", '"boat red"') == []
    assert found("Maya", '"boat with"') == []  # a title and a text are two
    assert found("Maya", '-"red boat" oars') == []


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Café crème", "cafe creme"), ("Cafe creme", "Café CRÈME"), ("Straße", "strasse"), ("STRASSE", "straße"), ("Müller", "mueller"),
        ("Mueller", "Müller"), ("Muller", "müller"), ("İstanbul", "istanbul"), ("ISTANBUL", "ıstanbul"), ("Çağrı Işık", "cagri isik"),
        ("Łódź", "lodz"), ("smørrebrød", "smorrebrod"), ("Ελληνικά", "ελληνικα"), ("Ёлка", "елка"), ("職員会議の予定", "会議"),
        ("학교 축제", "학교"), ("ﬁre drill", "fire"), ("don’t panic", "don't panic"), ("e-mail list", "e-mail"), ("e-mail list", "mail"),
        ("Year 6B", "6b"), ("हिन्दी दिवस", "हिन्दी"), ("ﬀ 𝐁𝐨𝐥𝐝", "bold"), ("Việt Nam", "viet nam"),
    ],
)  # fmt: skip
def test_accents_and_scripts(as_: As, places: Places, found: Any, written: str, typed: str) -> None:
    made(as_("Maya").post(f"/lists/{places.open.lists[0]}/cards", {"title": written}))
    assert found("Maya", typed) == [f"card: {written}"]
    (hit,) = as_("Maya").get("/search", q=typed).json["data"]
    assert hits(hit["title"]) and said(hit["title"]) == written


def test_signs_that_stand_alone_are_not_found_apart(as_: As, places: Places, found: Any) -> None:
    made(as_("Maya").post(f"/lists/{places.open.lists[0]}/cards", {"title": "職員会議の予定"}))
    assert found("Maya", "会員") == []
    assert found("Maya", "会 員") == ["card: 職員会議の予定"]


# ── rights ───────────────────────────────────────────────────────────────────────────────────────


def test_what_is_closed_is_found_by_those_inside_only(as_: As, places: Places, found: Any) -> None:
    rose = as_("Rose")
    made(rose.post(f"/threads/{places.closed.threads[0]}/comments", {"body": f"{SECRET} comment"}))
    inside = found("Rose", "hush", limit=50)
    assert {f.split(":")[0] for f in inside} == {"board", "group", "list", "card", "comment"}
    for person in ("Maya", "Jon", "Ana", "Thomas", "Sam", "Olga"):
        for q in (
            "hush",
            '"hush hush"',
            f"in:{SECRET}",
            f"label:{SECRET}",
            "#5",
            "in:figures",
            "by:rose",
            "owner:rose",
        ):
            answer = as_(person).get("/search", q=q).json
            assert SECRET not in str(answer["data"]), (person, q)
            assert answer["next"] is None


def test_another_school_finds_nothing(places: Places, found: Any) -> None:
    assert found("Olga", "card") == found("Olga", "autumn") == found("Olga", "maya") == found("Olga", "is:open") == []
    assert found("Olga", "olga") == ["person: Olga"]


def test_a_guest_finds_what_is_shared_with_her(as_: As, places: Places, found: Any) -> None:
    assert {f.split(":")[0] for f in found("Sam", "autumn", limit=50)} == {"board", "list", "card"}
    assert found("Sam", "maya") == found("Sam", "reading") == found("Sam", "literacy") == []
    assert found("Sam", "sam") == ["person: Sam"]
    (board,) = [h for h in as_("Sam").get("/search", q="autumn").json["data"] if h["kind"] == "board"]
    assert board["within"] is None
    (board,) = [h for h in as_("Jon").get("/search", q="autumn").json["data"] if h["kind"] == "board"]
    assert board["within"] == "Reading week"
    # A name that she could not see is the same as one that nobody has.
    done(as_("Maya").put(f"/cards/{places.open.cards[0]}/owners/{member('Maya')}"))
    assert found("Sam", "owner:maya") == ["card: Card 0 Autumn"]
    notes = [as_("Sam").get("/search", q=f"owner:{name}").json["notes"][0]["code"] for name in ("rose", "nobody")]
    assert notes == ["as_text", "as_text"]


def test_what_is_put_away(as_: As, places: Places, found: Any) -> None:
    maya, card = as_("Maya"), places.open.cards[0]
    comment = made(maya.post(f"/threads/{places.open.threads[0]}/comments", {"body": "pumpernickel"}))
    done(maya.patch(f"/cards/{card}", {"title": "Pumpernickel"}))
    both = ["card: Pumpernickel", "comment: Pumpernickel"]
    assert found("Maya", "pumper") == both
    done(maya.put(f"/cards/{card}/archive"))
    assert found("Maya", "pumper") == both
    assert [h["archived"] for h in maya.get("/search", q="pumper").json["data"]] == [True, True]
    done(maya.delete(f"/cards/{card}"))
    assert found("Maya", "pumper") == []
    done(maya.delete(f"/cards/{card}/bin"))
    assert found("Maya", "pumper") == both
    done(maya.delete(f"/comments/{comment}"))
    assert found("Maya", "pumper") == both[:1]
    done(maya.put(f"/lists/{places.open.lists[1]}/archive"))
    assert "list: Doing Autumn" not in found("Maya", "doing autumn")
    done(as_("Maya").delete(f"/groups/{places.open.group}/members/{member('Jon')}"))
    done(as_("Maya").patch(f"/groups/{places.open.group}", {"closed": True}))
    assert found("Jon", "pumper") == []
    assert found("Maya", "pumper") == both[:1]


def test_who_left_is_not_found(as_: As, places: Places, found: Any) -> None:
    assert found("Maya", "rose") == ["person: Rose"]
    done(as_("Ana").delete(f"/members/{member('Rose')}/active"))
    assert found("Maya", "rose") == []
    done(as_("Ana").put(f"/members/{member('Rose')}/active"))
    assert found("Maya", "rose") == ["person: Rose"]


# ── operators ────────────────────────────────────────────────────────────────────────────────────


def test_operators(as_: As, places: Places, found: Any) -> None:
    maya, (zero, one, two, three) = as_("Maya"), places.open.cards
    done(maya.put(f"/cards/{zero}/owners/{member('Maya')}"))
    done(maya.put(f"/cards/{one}/owners/{member('Jon')}"))
    done(maya.put(f"/cards/{one}/labels/{places.open.labels[0]}"))
    done(maya.patch(f"/cards/{two}", {"due": "2026-11-20"}))
    done(maya.patch(f"/cards/{three}", {"due": "2026-11-20T23:30:00Z"}))
    done(maya.put(f"/cards/{three}/done"))
    made(as_("Jon").post(f"/threads/{places.open.threads[2]}/comments", {"body": "from Jon"}))
    name = "card: Card {} Autumn".format
    assert found("Maya", "owner:me") == [name(0)]
    assert found("Jon", "owner:me") == found("Maya", "owner:jon") == [name(1)]
    assert found("Maya", "label:autumn") == [name(1)]
    assert found("Maya", "card -label:autumn is:open") == [name(2), name(0)]
    assert found("Maya", "due:2026-11-20") == [name(3), name(2)]
    assert found("Maya", "due:none") == [name(1), name(0)]
    assert found("Maya", "due:late") == [name(2)]
    assert found("Maya", "is:done") == [name(3)]
    assert found("Maya", "#3") == [name(2)]
    assert found("Maya", "by:jon") == ["comment: Card 2 Autumn"]
    assert found("Maya", 'in:"autumn" card due:none') == [name(1), name(0)]
    assert found("Rose", "in:figures is:open") == ["card: Card 3 Figures hush-hush", "card: Card 2 Figures hush-hush", "card: Card 1 Figures hush-hush", "card: Card 0 Figures hush-hush"]  # fmt: skip
    assert found("Maya", "is:archived") == []
    done(maya.put(f"/cards/{two}/archive"))
    assert found("Maya", "is:archived") == [name(2)]
    assert found("Maya", "OWNER:Me IS:Open") == [name(0)]


def test_days_are_those_of_the_school(as_: As, places: Places, found: Any, monkeypatch: Any) -> None:
    from datetime import UTC, datetime

    from board.core import times

    monkeypatch.setattr(
        times, "clock", lambda: datetime(2026, 11, 24, 22, 30, tzinfo=UTC)
    )  # Wednesday in Tokyo already
    done(as_("Ana").patch("/school", {"time_zone": "Asia/Tokyo"}))
    maya = as_("Maya")
    for card, due in zip(
        places.open.cards, ("2026-11-25", "2026-11-24T14:59:00Z", "2026-11-24T15:00:00Z", "2026-11-29"), strict=True
    ):
        done(maya.patch(f"/cards/{card}", {"due": due}))
    name = "card: Card {} Autumn".format
    assert found("Maya", "due:today") == [name(2), name(0)]
    assert found("Maya", "due:late") == [name(1)]
    assert found("Maya", "due:week") == [name(3), name(2), name(0)]


def test_an_operator_that_means_nothing_is_text(as_: As, places: Places, found: Any) -> None:
    made(
        as_("Maya").post(
            f"/lists/{places.open.lists[0]}/cards", {"title": "Ask owner: nobody", "description": "due: soon, re: you"}
        )
    )
    for q in ("owner:nobody", "due:soon", "owner:nobody due:soon"):
        answer = as_("Maya").get("/search", q=q).json
        assert [said(h["title"]) for h in answer["data"]] == ["Ask owner: nobody"], q
        assert {n["code"] for n in answer["notes"]} == {"as_text"} and answer["notes"][0]["what"] in q
    answer = as_("Maya").get("/search", q="re:you").json
    assert len(answer["data"]) == 1 and answer["notes"] == []


# ── pages ────────────────────────────────────────────────────────────────────────────────────────


def test_pages_hold_everything_once(as_: As, places: Places) -> None:
    maya = as_("Maya")
    for n in range(7):
        made(
            maya.post(
                f"/lists/{places.open.lists[0]}/cards",
                {"title": f"Lantern {n}" if n % 2 else f"Feast {n}", "description": "lantern"},
            )
        )
    whole = maya.get("/search", q="lantern", limit=50).json
    assert len(whole["data"]) == 7 and whole["next"] is None
    for limit in (1, 2, 3, 7):
        pages, after = [], None
        while True:
            answer = maya.get("/search", q="lantern", limit=limit, **({"after": after} if after else {})).json
            pages += answer["data"]
            after = answer["next"]
            if after is None:
                break
            assert len(answer["data"]) == limit
        assert pages == whole["data"], limit


@pytest.mark.parametrize("after", ["x", "WzEsMl0", "!!", "WzksIjEiXQ", "a" * 501, "WzAsIi0xIl0"])
def test_a_cursor_that_is_none_of_ours(as_: As, after: str) -> None:
    assert as_("Maya").get("/search", q="card", after=after)[0] == 422


def test_as_many_statements_for_many_as_for_few(as_: As, places: Places, queries: Any) -> None:
    maya = as_("Maya")
    for n in range(12):
        made(maya.post(f"/lists/{places.open.lists[0]}/cards", {"title": f"Lantern {n}"}))
        made(maya.post(f"/threads/{places.open.threads[0]}/comments", {"body": f"lantern {n}"}))
    with queries(10) as few:
        maya.get("/search", q="lantern", limit=1)
    with queries(12):
        assert len(maya.get("/search", q="lantern", limit=50).json["data"]) == 24
    assert len(few) <= 9


def test_searching_is_limited(as_: As, places: Places) -> None:
    maya = as_("Maya")
    statuses = {maya.get("/search", q="card")[0] for _ in range(185)}
    assert statuses == {200, 429} and maya.last is not None and int(maya.last.headers["Retry-After"]) > 0
