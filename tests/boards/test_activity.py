"""GET /boards/{id}/activity and /cards/{id}/activity: what happened, newest first, for people."""

from tests.boards.places import done


def test_newest_first_in_pages(scene):
    jon, card = scene.as_("Jon"), scene.here.cards[0]
    for title in ("One", "Two", "Three"):
        done(jon.patch(f"/cards/{card}", {"title": title}))
    rows, after = [], None
    while True:
        page = jon.get(f"/cards/{card}/activity", limit=2, **({"after": after} if after else {})).json
        rows += page["data"]
        after = page["next"]
        if not after:
            break
    assert [r["type"] for r in rows] == ["card.changed"] * 3 + ["card.added"]
    assert [r["by"] for r in rows] == [4, 4, 4, 3]
    assert page["room"] == scene.room


def test_a_board_tells_of_all_on_it(scene):
    done(scene.as_("Jon").put(f"/cards/{scene.here.cards[1]}/done"))
    newest = scene.as_("Sam").get(f"/boards/{scene.here.board}/activity").json["data"][0]
    assert (newest["type"], newest["by"]) == ("card.finished", 4)


def test_a_card_on_another_board_takes_no_secrets_along(scene):
    """What happened on a closed board is not told to those who see the card on an open one."""
    thomas, rose = scene.as_("Thomas"), scene.as_("Rose")
    done(scene.as_("Maya").put(f"/groups/{scene.here.group}/members/5", {"role": "member"}))
    card = scene.places.closed.cards[0]
    done(rose.patch(f"/cards/{card}", {"description": "Only for us"}))
    done(rose.patch(f"/cards/{card}", {"description": "For all"}))
    done(rose.put(f"/cards/{card}/position", {"list_id": scene.here.lists[0]}))
    status, body = thomas.get(f"/cards/{card}/activity")
    assert status == 200 and "Only for us" not in str(body)
    assert [r["type"] for r in body["data"]] == ["card.moved"]


def test_what_somebody_wrote_and_took_back_is_not_told(scene):
    jon, here = scene.as_("Jon"), scene.here
    comment = done(jon.post(f"/threads/{here.threads[0]}/comments", {"body": "Said in anger"}))["id"]
    done(jon.patch(f"/comments/{comment}", {"body": "Said better"}))
    done(jon.delete(f"/comments/{comment}"))
    for path in (f"/cards/{here.cards[0]}/activity", f"/boards/{here.board}/activity"):
        read = scene.as_("Sam").get(path).json["data"]
        assert {"comment.added", "comment.edited", "comment.deleted"} <= {row["type"] for row in read}
        assert "Said" not in str(read)
