"""Links between cards: said once, shown at both ends, no circle of waiting, and what a card waits for is counted."""

import json
import threading

import pytest

from board.boards.commands import links
from tests import laws
from tests.boards.places import SECRET, done, furnish, made, member


def waiting(scene, card):
    return (scene.shown("cards", card) or {}).get("blocked_count", 0)


def ends(caller, card):
    page = caller.get(f"/cards/{card}").json
    return [(link["card_id"], link["other_id"], link["kind"]) for link in page["links"]]


def test_shown_at_both_ends(scene, lawful):
    jon, (a, b, c, _) = scene.as_("Jon"), scene.here.cards
    with lawful():
        status, body = jon.post(f"/cards/{a}/links", {"other_id": b, "kind": "relates"}, key="they-relate")
        assert (status, [e["put"] for e in body["events"]]) == (201, [{"links": [body["data"]]}])
        assert ends(jon, a) == ends(jon, b) == [(a, b, "relates")]
        assert jon.get(f"/cards/{a}").json["others"][0]["title"] == scene.card(b)["title"]
        again = jon.post(f"/cards/{b}/links", {"other_id": a, "kind": "relates"})
        assert (again.status, again.json["events"], again.json["data"]) == (201, [], body["data"])
        duplicate = made(jon.post(f"/cards/{c}/links", {"other_id": a, "kind": "duplicates"}))
        done(jon.delete(f"/links/{duplicate}"))
        assert jon.delete(f"/links/{duplicate}").status == 404
        assert scene.undo("Jon", "they-relate").status == 200
        assert ends(jon, a) == ends(jon, b) == ends(jon, c) == []


def test_what_a_card_waits_for_is_counted(scene, lawful):
    jon, (a, b, c, _) = scene.as_("Jon"), scene.here.cards
    with lawful():
        body = jon.post(f"/cards/{a}/links", {"other_id": b, "kind": "blocks"}).json
        assert [e["type"] for e in body["events"]] == ["link.added", "card.blocked"]
        assert body["events"][1]["put"] == {"cards": [{"id": b, "blocked_count": 1}]}
        # The same, said from the other end.
        second = done(jon.post(f"/cards/{b}/links", {"other_id": c, "kind": "waits"}))
        assert (second["card_id"], second["other_id"], second["kind"]) == (c, b, "blocks")
        assert waiting(scene, b) == 2
        done(jon.delete(f"/links/{second['id']}", key="no-longer-so"))
        assert waiting(scene, b) == 1
        assert scene.undo("Jon", "no-longer-so").status == 200
        assert waiting(scene, b) == 2


@pytest.mark.parametrize(
    "away, back",
    [
        (("PUT", "/cards/{a}/done"), ("DELETE", "/cards/{a}/done")),
        (("PUT", "/cards/{a}/archive"), ("DELETE", "/cards/{a}/archive")),
        (("DELETE", "/cards/{a}"), ("DELETE", "/cards/{a}/bin")),
        (("PUT", "/lists/{list}/archive"), ("DELETE", "/lists/{list}/archive")),
    ],
)
def test_it_waits_no_more_once_that_is_out_of_the_way(scene, lawful, away, back):
    jon, (a, b, *_) = scene.as_("Jon"), scene.here.cards
    done(jon.post(f"/cards/{a}/links", {"other_id": b, "kind": "blocks"}))
    ids = {"a": a, "list": scene.here.lists[0]}
    with lawful():
        body = jon.call(away[0], away[1].format(**ids), key="out-of-the-way").json
        assert body["events"][-1]["type"] == "card.unblocked" and waiting(scene, b) == 0
        done(jon.call(back[0], back[1].format(**ids), key="and-back-again"))
        assert waiting(scene, b) == 1
        assert scene.undo("Jon", "and-back-again").status == 200
        assert waiting(scene, b) == 0
        done(jon.call(back[0], back[1].format(**ids)))
        assert waiting(scene, b) == 1


def test_counted_on_an_archived_card_too_and_shown_when_it_is_back(scene, lawful):
    jon, (a, b, *_) = scene.as_("Jon"), scene.here.cards
    done(jon.put(f"/cards/{b}/archive"))
    with lawful():
        done(jon.post(f"/cards/{a}/links", {"other_id": b, "kind": "blocks"}))
        done(jon.delete(f"/cards/{b}/archive"))
    assert waiting(scene, b) == 1


def test_no_circle_of_waiting(scene):
    jon, (a, b, c, _) = scene.as_("Jon"), scene.here.cards
    done(jon.post(f"/cards/{a}/links", {"other_id": b, "kind": "blocks"}))
    done(jon.post(f"/cards/{b}/links", {"other_id": c, "kind": "blocks"}, key="b-before-c"))
    answer = jon.post(f"/cards/{c}/links", {"other_id": a, "kind": "blocks"})
    assert answer.status == 409
    path = answer.json["data"]["path"]
    assert [entry["id"] for entry in path] == [c, a, b, c]
    assert path[1] == {"id": a, "number": scene.card(a)["number"], "title": scene.card(a)["title"]}
    assert jon.post(f"/cards/{a}/links", {"other_id": c, "kind": "waits"}).status == 409
    assert jon.post(f"/cards/{a}/links", {"other_id": a, "kind": "relates"}).status == 422
    # An undo cannot make one either.
    done(jon.delete(f"/links/{link_of(jon, b, c)}", key="not-b-before-c"))
    done(jon.post(f"/cards/{c}/links", {"other_id": b, "kind": "blocks"}))
    assert scene.undo("Jon", "not-b-before-c").status == 409


def link_of(caller, card, other):
    page = caller.get(f"/cards/{card}").json
    return next(link["id"] for link in page["links"] if (link["card_id"], link["other_id"]) == (card, other))


def test_no_more_than_a_card_can_show(scene, monkeypatch):
    jon, (a, b, c, _) = scene.as_("Jon"), scene.here.cards
    monkeypatch.setattr(links, "MOST_LINKS", 1)
    done(jon.post(f"/cards/{a}/links", {"other_id": b, "kind": "relates"}))
    assert jon.post(f"/cards/{c}/links", {"other_id": a, "kind": "relates"}).status == 409


def test_between_boards_each_room_hears_of_ids_only(scene, lawful):
    """The card of the closed board has a secret in its title: nobody outside of it hears or reads it."""
    rose, jon, (a, b, *_), closed = scene.as_("Rose"), scene.as_("Jon"), scene.here.cards, scene.places.closed
    done(scene.as_("Maya").put(f"/boards/{scene.here.board}/guests/{member('Rose')}", {"right": "edit"}))
    secret, other = closed.cards[:2]
    with lawful(), laws.kept(rose, f"board:{closed.board}", reads=[f"/cards/{secret}", f"/cards/{other}"]):
        body = rose.post(f"/cards/{secret}/links", {"other_id": a, "kind": "blocks"}, key="across-boards").json
        assert sorted((e["room"], e["type"]) for e in body["events"]) == sorted(
            [(f"board:{closed.board}", "link.added"), (scene.room, "card.linked"), (scene.room, "card.blocked")]
        )
        assert SECRET not in json.dumps([e for e in body["events"] if e["room"] == scene.room])
        page = jon.get(f"/cards/{a}")
        assert page.json["others"] == [] and SECRET not in json.dumps(page.json)
        assert page.json["links"] == [body["data"]]
        assert rose.get(f"/cards/{a}").json["others"][0]["id"] == secret
        assert waiting(scene, a) == 1
        # What happens there is told here as a number.
        done(rose.put(f"/cards/{secret}/done"))
        assert waiting(scene, a) == 0
        done(rose.delete(f"/cards/{secret}/done"))
    # The way of a circle names only what she may see.
    done(jon.post(f"/cards/{a}/links", {"other_id": b, "kind": "blocks"}))
    done(rose.post(f"/cards/{secret}/links", {"other_id": other, "kind": "waits"}))
    answer = rose.post(f"/cards/{b}/links", {"other_id": secret, "kind": "blocks"})
    assert (answer.status, [e["id"] for e in answer.json["data"]["path"]]) == (409, [b, secret, a, b])
    # Jon, who does not see the other card, cannot take the link off it.
    assert jon.delete(f"/links/{body['data']['id']}").status == 404
    with lawful(), laws.kept(rose, f"board:{closed.board}", reads=[f"/cards/{secret}"]):
        answer = rose.delete(f"/links/{body['data']['id']}", key="away-with-it")
        assert answer.status == 200
        assert ends(rose, secret) == [(other, secret, "blocks")]
        assert scene.undo("Rose", "away-with-it").status == 200
    assert waiting(scene, a) == 1


def test_who_may(scene):
    jon, rose, sam, (a, *_) = scene.as_("Jon"), scene.as_("Rose"), scene.as_("Sam"), scene.here.cards
    foreign = scene.places.closed.cards[0]
    missing = jon.post(f"/cards/{a}/links", {"other_id": 999_999, "kind": "relates"})
    hidden = jon.post(f"/cards/{a}/links", {"other_id": foreign, "kind": "relates"})
    assert missing.status == hidden.status == 404 and missing.json == hidden.json
    assert sam.post(f"/cards/{a}/links", {"other_id": scene.here.cards[1], "kind": "relates"}).status == 403
    # Rose reads the open board and edits her own: hers may wait for that card, but not make it wait.
    assert rose.post(f"/cards/{foreign}/links", {"other_id": a, "kind": "blocks"}).status == 403
    done(rose.post(f"/cards/{foreign}/links", {"other_id": a, "kind": "waits"}))
    link = done(jon.post(f"/cards/{a}/links", {"other_id": scene.here.cards[1], "kind": "relates"}))["id"]
    assert rose.delete(f"/links/{link}").status == 403
    assert scene.as_("Olga").delete(f"/links/{link}").status == 404
    assert jon.post(f"/cards/{a}/links", {"other_id": scene.here.cards[1], "kind": "hates"}).status == 422


def test_it_stays_when_a_card_goes_to_another_board(scene, lawful):
    maya, (a, b, *_), here = scene.as_("Maya"), scene.here.cards, scene.here
    other = furnish(maya, here.group, "Spring")
    done(maya.post(f"/cards/{a}/links", {"other_id": b, "kind": "blocks"}))
    with lawful(), laws.kept(maya, f"board:{other.board}"):
        done(maya.put(f"/cards/{b}/position", {"list_id": other.lists[0]}, key="to-the-other"))
        assert ends(maya, a) == ends(maya, b) == [(a, b, "blocks")]
        assert laws.full(maya.get(f"/cards/{b}").json["data"])["blocked_count"] == 1
        done(maya.put(f"/cards/{a}/done"))
        assert maya.get(f"/cards/{b}").json["data"]["blocked_count"] == 0
        assert scene.undo("Maya", "to-the-other").status == 200


def test_many_that_wait_no_longer_are_told_once_and_by_as_many_statements(scene, lawful, queries):
    jon, (list_, other) = scene.as_("Jon"), scene.here.lists
    path, sent = f"/boards/{scene.here.board}/batch", {}

    def pasted(many, on):
        body = {"titles": [f"Card {n}" for n in range(many)]}
        return [card["id"] for card in done(jon.post(f"/lists/{on}/batch", body))["cards"]]

    for many in (2, 12):
        blockers, blocked = pasted(many, list_), pasted(many, other)
        for one, other_id in zip(blockers, blocked, strict=True):
            done(jon.post(f"/cards/{one}/links", {"other_id": other_id, "kind": "blocks"}))
        with queries(200) as sent[many]:
            body = jon.post(path, {"card_ids": blockers, "done": True}, key=f"all-{many:06}").json
        finished, unblocked = body["events"]
        assert (finished["type"], unblocked["type"], unblocked["room"]) == (
            "cards.finished",
            "cards.blocked",
            scene.room,
        )
        assert unblocked["put"] == {"cards": [{"id": id, "blocked_count": 0} for id in blocked]}
        newest = jon.get(f"/cards/{blocked[0]}/activity").json["data"][0]
        assert (newest["type"], newest["was"]) == ("cards.blocked", {"cards": [{"id": blocked[0], "blocked_count": 1}]})
        with lawful():
            assert scene.undo("Jon", f"all-{many:06}").status == 200
        assert {waiting(scene, id) for id in blocked} == {1}
    ours = [[statement for statement in few if "search_" not in statement] for few in sent.values()]
    assert len(ours[0]) == len(ours[1])


def test_those_that_are_finished_at_the_same_moment_are_all_counted(scene):
    jon, (a, b, c, d) = scene.as_("Jon"), scene.here.cards
    for blocker in (a, b, c):
        done(jon.post(f"/cards/{blocker}/links", {"other_id": d, "kind": "blocks"}))
    start, statuses = threading.Barrier(3), []

    def finish(card):
        call = scene.as_("Jon")
        start.wait(20)
        statuses.append(call.put(f"/cards/{card}/done").status)

    threads = [threading.Thread(target=finish, args=(card,)) for card in (a, b, c)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert statuses == [200] * 3 and waiting(scene, d) == 0


def test_a_link_goes_only_by_who_sees_the_boards_of_both_ends(scene, lawful):
    """It would go from the hidden card too."""
    rose, jon, ours, theirs = scene.as_("Rose"), scene.as_("Jon"), scene.here, scene.places.closed
    done(scene.as_("Maya").put(f"/groups/{ours.group}/members/{member('Rose')}", {"role": "member"}))
    link = made(rose.post(f"/cards/{ours.cards[0]}/links", {"other_id": theirs.cards[0], "kind": "relates"}))
    assert jon.delete(f"/links/{link}").status == 404
    assert len(ends(rose, theirs.cards[0])) == 1
    with lawful(), laws.kept(rose, f"board:{theirs.board}"):
        assert rose.delete(f"/links/{link}").status == 200
    # A card in the bin is hidden from nobody.
    link = made(jon.post(f"/cards/{ours.cards[0]}/links", {"other_id": ours.cards[1], "kind": "relates"}))
    done(jon.delete(f"/cards/{ours.cards[1]}"))
    assert jon.delete(f"/links/{link}").status == 200
