"""PUT and DELETE /boards/{id}/archive: out of sight, still to be read, and not to be changed"""

from tests import laws
from tests.boards.places import done, made, member
from tests.boards.test_every_verb import VERBS, ids, request  # noqa: F401 (the fixture)


def test_away_from_where_boards_are_listed_and_back(scene, as_):
    maya, board = scene.as_("Maya"), scene.here.board
    around = (scene.room, f"group:{scene.here.group}", "school:1")
    record = next(b for b in maya.get("/boards").json["data"] if b["id"] == board)
    with laws.kept(as_("Ana"), *around):
        status, body = maya.put(f"/boards/{board}/archive", key="put-it-away")
    assert status == 200 and body["data"] == {**record, "archived": body["data"]["archived"]}
    assert {e["type"] for e in body["events"]} == {"board.archived"} and {e["room"] for e in body["events"]} == {
        *around
    }
    assert board not in [b["id"] for b in maya.get("/boards").json["data"]]
    assert [b["id"] for b in maya.get("/boards", archived="true").json["data"]] == [board]
    assert maya.put(f"/boards/{board}/archive").json["events"] == []
    for room in around[1:]:
        assert board not in [b["id"] for b in laws.read(as_("Ana"), f"/rooms/{room}")["boards"]]
    with laws.kept(as_("Ana"), *around):
        status, body = maya.delete(f"/boards/{board}/archive")
    assert (status, body["data"]) == (200, record)
    assert [e["put"]["boards"] for e in body["events"] if e["room"] == "school:1"] == [[record]]
    assert maya.delete(f"/boards/{board}/archive").json["events"] == []


def test_who_may(scene):
    path = f"/boards/{scene.here.board}/archive"
    for person, expected in (
        (None, 401),
        ("Olga", 404),
        ("Sam", 403),
        ("Rose", 403),
        ("Jon", 403),
        ("Maya", 200),
        ("Ana", 200),
    ):
        assert scene.as_(person).put(path)[0] == expected, person
    for person, expected in (("Jon", 403), ("Rose", 403), ("Maya", 200)):
        assert scene.as_(person).delete(path)[0] == expected, person


def test_taken_back(scene, as_):
    maya, board = scene.as_("Maya"), scene.here.board
    before = scene.snapshot()["board"]
    done(maya.put(f"/boards/{board}/archive", key="put-it-away"))
    with laws.kept(as_("Ana"), scene.room, "school:1"):
        assert scene.undo("Maya", "put-it-away", "back-again")[0] == 200
    assert scene.snapshot()["board"] == before
    with laws.kept(as_("Ana"), scene.room, "school:1"):
        assert scene.undo("Maya", "back-again")[0] == 200
    done(maya.delete(f"/boards/{board}/archive"))
    assert scene.undo("Maya", "put-it-away")[0] == 409


def test_it_can_be_read_and_nothing_on_it_changed(scene, ids, pushed):  # noqa: F811
    maya, board = scene.as_("Maya"), scene.here.board
    thread = scene.card(ids["card"])["thread_id"]
    mine = made(maya.post(f"/threads/{thread}/comments", {"body": "Hello"}))
    done(scene.as_("Rose").put(f"/cards/{ids['card']}/owners/{member('Rose')}", key="said-yes"))
    done(maya.patch(f"/cards/{ids['card']}", {"title": "Other"}, key="to-be-undone"))
    pushed.rechecked.clear()
    done(maya.put(f"/boards/{board}/archive"))
    assert set(pushed.rechecked) >= {member(name) for name in ("Maya", "Jon", "Sam", "Rose")}, "each may do less now"
    before = scene.snapshot()
    asked = [request(name, ids) for name in VERBS if name != "archive_board"]
    asked += [
        ("PUT", f"/boards/{board}/guests/{member('Sam')}", {"right": "edit"}),
        ("POST", f"/threads/{thread}/comments", {"body": "One more"}),
        ("PATCH", f"/comments/{mine}", {"body": "Hello all"}),
        ("PUT", f"/comments/{mine}/reactions/👍", None),
        ("DELETE", f"/comments/{mine}", None),
        ("PUT", f"/threads/{thread}/resolution", None),
        ("PUT", "/ops/to-be-undone/undone", None),
    ]
    for method, path, body in asked:
        status, answer = maya.call(method, path, body)
        assert status == 409 and "is archived" in answer["detail"], (method, path, status, answer)
    for method, path in (("DELETE", f"/cards/{ids['card']}/owners/{member('Rose')}"), ("PUT", "/ops/said-yes/undone")):
        assert scene.as_("Rose").call(method, path)[0] == 409
    assert scene.snapshot() == before
    for path in ("", "/archive", "/bin", "/activity", "/view"):
        assert scene.as_("Sam").get(f"/boards/{board}{path}")[0] == 200
    assert scene.as_("Sam").get(f"/cards/{ids['card']}")[0] == 200
    can = maya.get(f"/boards/{board}").json["can"]
    assert can["board"] == ["restore_board"] and not can["lists"] and not can["cards"] and not can["comments"]["own"]
    assert scene.as_("Jon").get(f"/boards/{board}").json["can"]["board"] == []
    assert maya.get(f"/cards/{ids['card']}").json["can"] == []
    for person in ("Maya", "Jon", "Sam"):
        can = scene.as_(person).get(f"/threads/{thread}/comments").json["can"]
        assert can == {"own": [], "others": []}, f"{person} is offered what is refused"
    done(maya.delete(f"/boards/{board}/archive"))
    can = maya.get(f"/threads/{thread}/comments").json["can"]
    assert can == {"own": ["delete_comment", "edit_comment"], "others": ["delete_comment"]}


def test_a_card_cannot_be_moved_there_from_elsewhere(scene):
    maya = scene.as_("Maya")
    other = made(maya.post("/boards", {"title": "Another", "group_id": scene.here.group}))
    list_ = made(maya.post(f"/boards/{other}/lists", {"title": "Next"}))
    done(maya.put(f"/boards/{other}/archive"))
    assert maya.put(f"/cards/{scene.here.cards[0]}/position", {"list_id": list_})[0] == 409


def test_people_still_come_and_go(scene, as_):
    """The lists of who belongs there stay true, also where nobody may write."""
    maya, group, board = scene.as_("Maya"), scene.here.group, scene.here.board
    done(maya.put(f"/boards/{board}/archive"))
    with laws.kept(as_("Ana"), scene.room, f"group:{group}", "school:1"):
        done(maya.put(f"/groups/{group}/members/{member('Rose')}", {"role": "member"}))
        done(maya.patch(f"/groups/{group}", {"closed": True}))
        done(maya.patch(f"/groups/{group}", {"closed": False}))
    assert board not in [b["id"] for b in laws.read(as_("Ana"), "/rooms/school:1")["boards"]]


def test_the_pages_say_so(scene, sign_in):
    maya, board = scene.as_("Maya"), scene.here.board
    done(maya.put(f"/boards/{board}/archive"))
    client = sign_in("Maya")
    assert f'href="/boards/{board}"' not in client.get("/").text
    page = client.get("/boards").text
    assert "Archived boards" in page and f'href="/boards/{board}"' in page
    assert client.get(f"/boards/{board}").status_code == 200
