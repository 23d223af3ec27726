"""Who is given a card is told, and so is who gave it when it is answered."""

from tests.boards.places import done, member


def newest(desk, person):
    return desk.told(person)[0]


def test_the_owner_is_told_that_she_was_asked(desk, lawful):
    with lawful("Jon"):
        desk.give("Jon")
    told = newest(desk, "Jon")
    assert (told["reason"], told["by"], told["by_name"], told["card_id"]) == (
        "asked",
        member("Maya"),
        "Maya",
        desk.card,
    )
    assert told["title"] == "Card 0 Autumn" and told["board_id"] == desk.board and told["read_at"] is None
    assert desk.unread("Jon") == [told["id"]]
    assert "asked" not in desk.reasons("Maya")


def test_also_with_a_new_card(desk, lawful):
    with lawful("Jon"):
        done(desk.as_("Maya").post(f"/lists/{desk.lists[0]}/cards", {"title": "Songs", "owner_ids": [member("Jon")]}))
    assert newest(desk, "Jon")["title"] == "Songs"


def test_who_takes_a_card_is_told_nothing(desk):
    before = desk.told("Jon")
    desk.own("Jon")
    assert desk.told("Jon") == before


def test_yes_is_told_to_who_asked_and_settles_the_question(desk, lawful):
    desk.give("Jon")
    with lawful("Jon"), lawful("Maya"):
        desk.own("Jon")
    told = newest(desk, "Maya")
    assert (told["reason"], told["event"], told["by_name"]) == ("answered", "card.owner_accepted", "Jon")
    assert desk.unread("Jon") == []


def test_not_me_too(desk, lawful):
    desk.give("Jon")
    with lawful("Jon"), lawful("Maya"):
        done(desk.as_("Jon").delete(f"/cards/{desk.card}/owners/{member('Jon')}"))
    told = newest(desk, "Maya")
    assert (told["reason"], told["event"]) == ("answered", "card.owner_left")
    assert desk.unread("Jon") == []


def test_the_answer_goes_to_who_asked_and_not_to_who_asked_others(desk):
    desk.give("Jon", by="Maya")
    done(desk.as_("Ana").put(f"/cards/{desk.card}/owners/{member('Rose')}"))
    desk.own("Jon")
    assert "answered" in desk.reasons("Maya") and "answered" not in desk.reasons("Ana")


def test_what_is_undone_was_not_asked(desk, lawful):
    before = desk.told("Jon")
    with lawful("Jon"):
        desk.give("Jon", key="ask-jon-01")
        assert len(desk.told("Jon")) == len(before) + 1
        done(desk.as_("Maya").put("/ops/ask-jon-01/undone"))
    assert desk.told("Jon") == before


def test_an_answer_that_is_taken_back_was_none(desk, lawful):
    desk.give("Jon")
    with lawful("Maya"), lawful("Jon"):
        done(desk.as_("Jon").put(f"/cards/{desk.card}/owners/{member('Jon')}", key="yes-by-jon"))
        done(desk.as_("Jon").put("/ops/yes-by-jon/undone"))
    assert "answered" not in desk.reasons("Maya")


def test_what_was_read_stays(desk):
    desk.give("Jon", key="ask-jon-02")
    done(desk.as_("Jon").put(f"/notices/{newest(desk, 'Jon')['id']}/read"))
    done(desk.as_("Maya").put("/ops/ask-jon-02/undone"))
    assert newest(desk, "Jon")["reason"] == "asked"


def propose(desk, person, key=None):
    path = f"/cards/{desk.card}/owners/{member(person)}/proposal"
    done(desk.as_(person).put(path, {"due": "2026-12-11"}, key=key))


def test_another_date_is_told_to_who_asked(desk, lawful):
    desk.give("Jon")
    with lawful("Maya"):
        propose(desk, "Jon")
    told = newest(desk, "Maya")
    assert (told["reason"], told["event"], told["detail"]) == ("answered", "card.date_proposed", "2026-12-11")


def test_a_date_that_is_no_longer_proposed_was_not(desk, lawful):
    desk.give("Jon")
    before = desk.told("Maya")
    with lawful("Maya"):
        propose(desk, "Jon", key="another-date")
        done(desk.as_("Jon").put("/ops/another-date/undone"))
    assert desk.told("Maya") == before


def test_who_proposed_it_hears_what_became_of_it(desk, lawful):
    desk.give("Jon")
    propose(desk, "Jon")
    path = f"/cards/{desk.card}/owners/{member('Jon')}/proposal"
    with lawful("Jon"), lawful("Maya"):
        done(desk.as_("Maya").delete(path))
    assert newest(desk, "Jon")["event"] == "card.date_dropped"
    propose(desk, "Jon")
    with lawful("Jon"), lawful("Maya"):
        done(desk.as_("Maya").put(f"{path}/acceptance", key="take-the-date"))
    assert (newest(desk, "Jon")["event"], newest(desk, "Jon")["detail"]) == ("card.date_accepted", "2026-12-11")
    assert "asked" not in [n["reason"] for n in desk.told("Jon") if not n["read_at"]]
    with lawful("Jon"), lawful("Maya"):
        done(desk.as_("Maya").put("/ops/take-the-date/undone"))
    assert "card.date_accepted" not in [n["event"] for n in desk.told("Jon")]
