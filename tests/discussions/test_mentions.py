"""@[Maya](member:3): whom a comment mentions, who may be mentioned, and how it reads."""

import pytest

from board.core import text
from tests.boards.places import done, member


def mention(person):
    return f"@[{person}](member:{member(person)})"


def test_it_reads_as_a_chip(talk):
    record = talk.say("Jon", f"Ask {mention('Maya')}, please")
    assert record["html"] == '<p>Ask <span data-member="3">@Maya</span>, please</p>\n'
    assert record["body"] == "Ask @[Maya](member:3), please"


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("@[<img src=x onerror=alert(1)>](member:3)", '<p><span data-member="3">@&lt;img src=x onerror=alert(1)&gt;</span></p>\n'),
        ("`@[Maya](member:3)`", "<p><code>@[Maya](member:3)</code></p>\n"),
        ("**@[Maya](member:3)**", '<p><strong><span data-member="3">@Maya</span></strong></p>\n'),
        ('<span data-member="3">x</span>', "<p>&lt;span data-member=\"3\"&gt;x&lt;/span&gt;</p>\n"),
    ],
)  # fmt: skip
def test_and_nothing_else_does(source, shown):
    assert text.html(source) == shown


def test_who_is_meant():
    assert text.mentions("@[A](member:3) and @[B](member:12)\n\n> @[C](member:4)\n\n- @[D](member:5)") == {3, 12, 4, 5}
    assert text.mentions("`@[A](member:3)` @[B](member:0) @A [A](member:3) @[A](member:3 'x')") == frozenset()


def test_who_sees_it_may_be_mentioned(talk):
    for person in ("Ana", "Rose", "Sam", "Maya"):
        talk.say("Jon", mention(person))


@pytest.mark.parametrize("id", [7, 999_999])
def test_others_are_refused_and_look_the_same(talk, id):
    status, answer = talk.as_("Jon").post(f"/threads/{talk.thread}/comments", {"body": f"@[Olga](member:{id})"})
    assert status == 422
    assert answer["errors"] == [
        {
            "field": "body",
            "message": "Somebody you mention cannot see this. Take the mention out, or share the board first.",
        }
    ]
    assert talk.read() == []


def test_somebody_outside_of_a_closed_group(talk):
    path = f"/threads/{talk.hidden_thread}/comments"
    assert talk.as_("Rose").post(path, {"body": mention("Maya")})[0] == 422
    done(talk.as_("Rose").post(path, {"body": mention("Rose")}))


def test_an_old_mention_stays_when_she_has_left(talk):
    id = talk.say("Jon", mention("Sam"))["id"]
    done(talk.as_("Maya").delete(f"/boards/{talk.board}/guests/{member('Sam')}"))
    done(talk.as_("Jon").patch(f"/comments/{id}", {"body": f"{mention('Sam')} and more"}))
    assert talk.as_("Jon").patch(f"/comments/{id}", {"body": mention("Olga")})[0] == 422


def test_whom_to_choose_from(talk):
    def names(person, thread=talk.thread):
        return [p["name"] for p in talk.as_(person).get(f"/threads/{thread}/people").json["data"]]

    assert names("Jon") == ["Ana", "Thomas", "Maya", "Jon", "Rose", "Sam"]
    assert names("Rose", talk.hidden_thread) == ["Rose"]
    # A guest has no directory: he is offered whom his board lists.
    assert names("Sam") == ["Maya", "Jon", "Sam"]
    assert talk.as_("Olga").get(f"/threads/{talk.thread}/people")[0] == 404
    first = talk.as_("Jon").get(f"/threads/{talk.thread}/people", limit=2).json
    assert [
        p["id"] for p in talk.as_("Jon").get(f"/threads/{talk.thread}/people", after=first["next"]).json["data"]
    ] == [3, 4, 5, 6]


def test_it_costs_one_statement_more(talk, queries):
    with queries(100) as plain:
        talk.say("Jon")
    with queries(100) as one:
        talk.say("Jon", mention("Jon"))
    assert len(one) <= len(plain) + 1


def test_a_guest_may_mention_whom_the_board_lists(talk):
    sam = talk.as_("Sam")
    people = sam.get(f"/threads/{talk.thread}/people").json["data"]
    listed = {m["id"] for m in sam.get(f"/rooms/board:{talk.board}").json["members"]}
    assert {p["id"] for p in people} == listed == {member(name) for name in ("Maya", "Jon", "Sam")}
    path = f"/threads/{talk.thread}/comments"
    done(sam.post(path, {"body": mention("Jon")}))
    # Of the others he does not even learn that they are there.
    assert sam.post(path, {"body": mention("Rose")}) == sam.post(path, {"body": "@[Rose](member:999999)"})
