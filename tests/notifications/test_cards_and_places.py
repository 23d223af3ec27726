"""A card of mine was moved or finished by somebody else; I was added to a group, or a board was shared with me."""

from tests.boards.places import done, made, member


def test_a_move_to_another_list_is_told_to_its_owner(desk, lawful):
    desk.own("Jon")
    with lawful("Jon"):
        desk.move("Maya", 1)
    told = desk.told("Jon")[0]
    assert (told["reason"], told["event"], told["detail"]) == ("moved", "card.moved", "Doing Autumn")


def test_not_her_own_nor_one_within_the_list_nor_to_who_is_only_asked(desk):
    desk.own("Jon")
    desk.give("Maya", by="Jon")
    before = desk.told("Jon"), desk.reasons("Maya")
    desk.move("Jon", 1)
    done(
        desk.as_("Maya").put(
            f"/cards/{desk.card}/position", {"list_id": desk.lists[1], "before_id": desk.places.open.cards[1]}
        )
    )
    assert (desk.told("Jon"), desk.reasons("Maya")) == before


def test_several_changes_in_an_hour_are_one(desk, lawful):
    desk.own("Jon")
    before = len(desk.told("Jon"))
    with lawful("Jon"):
        desk.move("Maya", 1)
        desk.move("Maya", 0)
        done(desk.as_("Maya").put(f"/cards/{desk.card}/done"))
    told = desk.told("Jon")
    assert len(told) == before + 1
    assert (told[0]["count"], told[0]["others"], told[0]["event"]) == (3, 0, "card.finished")


def test_finished_and_reopened_at_once_was_nothing(desk, lawful):
    desk.own("Jon")
    before = desk.told("Jon")
    with lawful("Jon"):
        done(desk.as_("Maya").put(f"/cards/{desk.card}/done"))
        done(desk.as_("Maya").delete(f"/cards/{desk.card}/done"))
        assert desk.told("Jon") == before
        done(desk.as_("Maya").put(f"/cards/{desk.card}/done", key="finish-by-mistake"))
        done(desk.as_("Maya").put("/ops/finish-by-mistake/undone"))
    assert desk.told("Jon") == before


def test_who_joins_a_group_is_told(desk, lawful):
    with lawful("Rose"):
        done(desk.as_("Maya").put(f"/groups/{desk.places.open.group}/members/{member('Rose')}", {"role": "member"}))
    told = desk.told("Rose")[0]
    assert (told["reason"], told["group_id"], told["title"]) == ("joined", desk.places.open.group, "Reading week")
    with lawful("Rose"):
        done(desk.as_("Maya").delete(f"/groups/{desk.places.open.group}/members/{member('Rose')}"))
    assert told["id"] not in [n["id"] for n in desk.told("Rose")]


def test_a_guest_is_told_of_the_board(desk):
    done(desk.as_("Maya").delete(f"/boards/{desk.board}/guests/{member('Sam')}"))
    done(desk.as_("Maya").put(f"/boards/{desk.board}/guests/{member('Sam')}", {"right": "read"}))
    (told,) = desk.told("Sam")
    assert (told["reason"], told["board_id"], told["title"], told["read_at"]) == ("joined", desk.board, "Autumn", None)


def test_who_makes_a_group_is_not(desk):
    before = desk.told("Thomas")
    made(desk.as_("Thomas").post("/groups", {"title": "Choir"}))
    assert desk.told("Thomas") == before
