"""Who wrote on a card is named where the card is: also on another board, after a move of it or of its list, and after an undo."""

import pytest

from tests import laws
from tests.boards.places import done, furnish, made, member


@pytest.fixture
def said(scene):
    """Sam, a guest of this board, and Rose wrote on a card; another board, of a group of Ana's, lists neither."""
    maya, ana, here = scene.as_("Maya"), scene.as_("Ana"), scene.here
    done(maya.put(f"/boards/{here.board}/guests/{member('Sam')}", {"right": "comment"}))
    made(scene.as_("Sam").post(f"/threads/{here.threads[0]}/comments", {"body": "Twelve chairs"}))
    gone = made(scene.as_("Rose").post(f"/threads/{here.threads[0]}/comments", {"body": "Ten"}))
    done(scene.as_("Rose").delete(f"/comments/{gone}"))
    other = furnish(ana, made(ana.post("/groups", {"title": "Concert"})), "Spring", cards=1)
    assert names(ana, other.board) == {"Ana"}
    return other


def names(caller, board):
    return {m["name"] for m in laws.read(caller, f"/boards/{board}")["members"]}


MOVES = {
    "a card": lambda scene, other: (f"/cards/{scene.here.cards[0]}/position", {"list_id": other.lists[0]}),
    "its list": lambda scene, other: (f"/lists/{scene.here.lists[0]}/board", {"board_id": other.board}),
}


@pytest.mark.parametrize("what", MOVES)
def test_who_wrote_is_listed_there_and_after_an_undo_as_before(scene, said, what):
    ana, other = scene.as_("Ana"), said
    before = [laws.comparable(laws.read(ana, f"/boards/{id}"))["members"] for id in (scene.here.board, other.board)]
    page = f"/threads/{scene.here.threads[0]}/comments"
    path, body = MOVES[what](scene, other)
    with laws.kept(ana, scene.room, f"board:{other.board}"):
        done(ana.put(path, body, key="over-there"))
    wrote = {c["by"] for c in laws.read(ana, page)["data"]}
    listed = {m["id"] for m in laws.read(ana, f"/boards/{other.board}")["members"]}
    assert wrote == {member("Sam"), member("Rose")} and wrote <= listed
    assert {"Sam", "Rose"} <= names(ana, scene.here.board), "who wrote here stays listed"
    with laws.kept(ana, scene.room, f"board:{other.board}"):
        assert scene.undo("Ana", "over-there", "and-back").status == 200
    after = [laws.comparable(laws.read(ana, f"/boards/{id}"))["members"] for id in (scene.here.board, other.board)]
    assert after == before
    with laws.kept(ana, scene.room, f"board:{other.board}"):
        assert scene.undo("Ana", "and-back").status == 200
    assert {"Sam", "Rose"} <= names(ana, other.board)


@pytest.mark.parametrize("what", MOVES)
def test_who_wrote_there_as_well_stays_when_it_is_undone(scene, said, what):
    """Rose is staff and may write on the other board too; and who wrote while it was there is named where it comes back."""
    ana, other = scene.as_("Ana"), said
    path, body = MOVES[what](scene, other)
    done(ana.put(path, body, key="over-there"))
    made(scene.as_("Rose").post(f"/threads/{other.threads[0]}/comments", {"body": "Nine"}))
    made(scene.as_("Thomas").post(f"/threads/{scene.here.threads[0]}/comments", {"body": "Eight"}))
    with laws.kept(ana, scene.room, f"board:{other.board}"):
        assert scene.undo("Ana", "over-there").status == 200
    assert {"Rose", "Thomas"} <= names(ana, other.board) and "Sam" not in names(ana, other.board)
    assert {"Sam", "Rose", "Thomas"} <= names(ana, scene.here.board)


def test_a_copy_brings_nobody_along_for_nothing_of_theirs_comes(scene, said):
    ana, other = scene.as_("Ana"), said
    done(scene.as_("Ana").post(f"/cards/{scene.here.cards[0]}/copies", {"list_id": other.lists[0]}))
    done(scene.as_("Ana").post(f"/lists/{scene.here.lists[0]}/copies", {"board_id": other.board}))
    assert names(ana, other.board) == {"Ana"}
