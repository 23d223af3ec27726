"""GET and PUT /boards/{id}/view, PUT and DELETE /boards/{id}/star: hers alone"""

import pytest

from tests.boards.places import done


def test_kept_part_by_part_and_told_to_nobody(scene, pushed):
    maya, path = scene.as_("Maya"), f"/boards/{scene.here.board}/view"
    begin = {"id": scene.here.board, "starred": False, "collapsed": [], "filter": None, "view": "board"}
    assert maya.get(path).json == {"data": begin}
    pushed.events.clear()
    seq = scene.snapshot()["seq"]
    assert maya.put(path, {"collapsed": scene.here.lists}).json == {
        "data": {**begin, "collapsed": scene.here.lists},
        "events": [],
    }
    body = {"filter": {"text": "hall", "label_ids": scene.here.labels}, "view": "table"}
    kept = done(maya.put(path, body))
    assert kept["collapsed"] == scene.here.lists and kept["view"] == "table" and kept["filter"]["text"] == "hall"
    assert maya.get(path).json["data"] == kept
    assert done(maya.put(path, {"filter": None, "collapsed": []})) == {**begin, "view": "table"}
    assert scene.as_("Jon").get(path).json["data"] == begin, "another's is her own"
    assert not pushed.events and scene.snapshot()["seq"] == seq


@pytest.mark.parametrize(
    "body", [{"collapsed": None}, {"collapsed": ["1"]}, {"collapsed": list(range(1, 502))}, {"view": "wall"}, {"filter": {"x": 1}}, {"stars": 1}]
)  # fmt: skip
def test_malformed(scene, body):
    for board in (scene.here.board, 999_999):
        assert scene.as_("Maya").put(f"/boards/{board}/view", body)[0] == 422


def test_starred_boards_come_first(scene, sign_in):
    rose, star = scene.as_("Sam"), f"/boards/{scene.here.board}/star"
    assert done(rose.put(star))["starred"] and done(rose.put(star))["starred"]
    assert rose.get(f"/boards/{scene.here.board}/view").json["data"]["starred"]
    assert not done(rose.delete(star))["starred"] and not done(rose.delete(star))["starred"]
    maya = scene.as_("Maya")
    other = done(maya.post("/boards", {"title": "Starred one", "group_id": scene.here.group}))["id"]
    done(maya.put(f"/boards/{other}/star"))
    client = sign_in("Maya")
    for page in ("/boards", "/"):
        text = client.get(page).text.split("<main")[1]
        assert text.index(f'href="/boards/{other}"') < text.index(f'href="/boards/{scene.here.board}"'), page
    side = client.get("/").text.split("<main")[0]
    assert side.index(f'href="/boards/{other}"') < side.index(f'href="/boards/{scene.here.board}"')


def test_who_may(scene):
    for path in ("view", "star"):
        for person, expected in ((None, 401), ("Olga", 404), ("Sam", 200), ("Rose", 200)):
            body = {"view": "table"} if path == "view" else None
            assert scene.as_(person).put(f"/boards/{scene.here.board}/{path}", body)[0] == expected, (path, person)
