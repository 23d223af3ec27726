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


def test_nobodys_cards_tell_nobody(desk, pushed):
    batch(desk, position={"list_id": desk.lists[1]})
    assert {room for room, _ in pushed.events} == {f"board:{desk.board}"}
