"""PUT /threads/{id}/read: how far somebody has read, for herself alone."""

import pytest


def test_it_goes_forward_and_never_back(talk):
    first, second, third = (talk.say("Jon")["id"] for _ in range(3))
    rose, path = talk.as_("Rose"), f"/threads/{talk.thread}/read"
    assert up_to(talk, "Rose") == 0
    for given, kept in ((second, second), (first, second), (third, third), (third + 500, third)):
        assert rose.put(path, {"up_to": given}).json == {"data": {"id": talk.thread, "up_to": kept}, "events": []}
        assert up_to(talk, "Rose") == kept
    assert up_to(talk, "Jon") == 0


def test_nobody_else_hears_of_it(talk, pushed):
    id = talk.say("Jon")["id"]
    pushed.events.clear()
    assert talk.as_("Rose").put(f"/threads/{talk.thread}/read", {"up_to": id})[0] == 200
    assert pushed.events == []


def test_who_sees_it_may_even_if_she_may_only_read(talk):
    id = talk.say("Jon")["id"]
    talk.as_("Maya").put(f"/boards/{talk.board}/guests/6", {"right": "read"})
    assert talk.as_("Sam").put(f"/threads/{talk.thread}/read", {"up_to": id})[0] == 200
    assert talk.as_(None).put(f"/threads/{talk.thread}/read", {"up_to": id})[0] == 401
    assert talk.as_("Olga").put(f"/threads/{talk.thread}/read", {"up_to": id})[0] == 404
    assert talk.as_("Jon").put(f"/threads/{talk.hidden_thread}/read", {"up_to": id})[0] == 404


@pytest.mark.parametrize(
    "body", [{}, {"up_to": 0}, {"up_to": -1}, {"up_to": "1"}, {"up_to": 2**53 + 1}, {"up_to": True}]
)
def test_malformed(talk, body):
    assert talk.as_("Jon").put(f"/threads/{talk.thread}/read", body)[0] in (400, 422)


def up_to(talk, person):
    return talk.as_(person).get(f"/threads/{talk.thread}/comments").json["thread"]["up_to"]
