"""Many cards at once: each is told once, of all of hers."""

from tests.boards.places import done, member


def batch(desk, key=None, cards=None, **what):
    body = {"card_ids": cards or desk.places.open.cards, **what}
    return done(desk.as_("Maya").post(f"/boards/{desk.board}/batch", body, key=key))


def test_asked_for_several(desk, lawful):
    before = len(desk.told("Jon"))
    with lawful("Jon"):
        batch(desk, owner_ids={"add": [member("Jon"), member("Maya")]})
    told = desk.told("Jon")
    assert len(told) == before + 1
    assert (told[0]["reason"], told[0]["count"], told[0]["card_id"], told[0]["title"]) == ("asked", 4, None, "Autumn")
    assert "asked" not in desk.reasons("Maya")


def test_asked_for_one_of_them_she_is_led_to_it(desk):
    batch(desk, cards=[desk.card], owner_ids={"add": [member("Jon")]})
    told = desk.told("Jon")[0]
    assert (told["card_id"], told["title"], told["thread_id"]) == (desk.card, "Card 0 Autumn", desk.thread)


def test_taken_back(desk, lawful):
    before = desk.told("Jon")
    with lawful("Jon"):
        batch(desk, key="ask-for-all", owner_ids={"add": [member("Jon")]})
        done(desk.as_("Maya").put("/ops/ask-for-all/undone"))
    assert desk.told("Jon") == before


def test_several_of_hers_are_moved_and_finished(desk, lawful):
    for card in desk.places.open.cards:
        done(desk.as_("Jon").put(f"/cards/{card}/owners/{member('Jon')}"))
    before = len(desk.told("Jon"))
    with lawful("Jon"):
        batch(desk, position={"list_id": desk.lists[1]})
        batch(desk, done=True)
    told = desk.told("Jon")
    assert [(n["reason"], n["event"], n["count"]) for n in told[: len(told) - before]] == [
        ("moved", "cards.finished", 4),
        ("moved", "cards.moved", 2),
    ]


def finished(desk):
    return [(n["count"], n["card_id"]) for n in desk.told("Jon") if n["event"] == "cards.finished"]


def test_what_is_not_finished_after_all_was_not_told(desk, lawful):
    maya, cards = desk.as_("Maya"), desk.places.open.cards
    for card in cards:
        done(desk.as_("Jon").put(f"/cards/{card}/owners/{member('Jon')}"))
    with lawful("Jon"):
        batch(desk, key="first-two", cards=cards[:2], done=True)
        batch(desk, cards=cards[2:], done=True)
        assert finished(desk) == [(2, None), (2, None)]
        done(maya.put("/ops/first-two/undone", key="first-two-not"))
        assert finished(desk) == [(2, None)]
        done(maya.put("/ops/first-two-not/undone", key="first-two-again"))
        assert finished(desk) == [(2, None), (2, None)]
        done(maya.put("/ops/first-two-again/undone"))
        assert finished(desk) == [(2, None)]
        batch(desk, cards=cards[2:], done=False)
        assert finished(desk) == []


def test_nor_of_one_card_among_many_or_by_itself(desk, lawful):
    maya = desk.as_("Maya")
    desk.own("Jon")
    with lawful("Jon"):
        batch(desk, key="all-four", done=True)
        assert finished(desk) == [(1, desk.card)]
        done(maya.put("/ops/all-four/undone"))
        assert finished(desk) == []
        batch(desk, cards=[desk.card], done=True)
        done(maya.delete(f"/cards/{desk.card}/done"))
        assert finished(desk) == []
        done(maya.put(f"/cards/{desk.card}/done"))
        before = len(desk.told("Jon"))
        batch(desk, done=False)
        assert len(desk.told("Jon")) == before - 1


def test_nobodys_cards_tell_nobody(desk, pushed):
    batch(desk, position={"list_id": desk.lists[1]})
    assert {room for room, _ in pushed.events} == {f"board:{desk.board}"}
