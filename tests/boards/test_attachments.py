"""POST /cards/{id}/attachments, DELETE /attachments/{id}: links on a card."""

import pytest

from tests.boards.places import done, made


def test_a_link_and_away_again(scene, lawful):
    jon, card = scene.as_("Jon"), scene.here.cards[0]
    with lawful():
        status, body = jon.post(f"/cards/{card}/attachments", {"url": "https://example.org/plan", "title": "Plan"})
        assert status == 201
        assert body["events"][0]["put"] == {
            "attachments": [body["data"]],
            "cards": [{"id": card, "attachment_count": 1}],
        }
        body = jon.delete(f"/attachments/{body['data']['id']}").json
        assert body["events"][0]["drop"] == {"attachments": [body["data"]["id"]]}
        assert body["events"][0]["put"] == {"cards": [{"id": card, "attachment_count": 0}]}
    assert jon.delete(f"/attachments/{body['data']['id']}")[0] == 404


@pytest.mark.parametrize(
    "url",
    ["", "plan", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "ftp://example.org/", "//example.org", "https://exa mple.org",
     "https://example.org/\n", "file:///etc/passwd", "vbscript:x", "https://" + "x" * 2050],
)  # fmt: skip
def test_only_web_addresses(scene, url):
    status, _ = scene.as_("Jon").post(f"/cards/{scene.here.cards[0]}/attachments", {"url": url})
    assert status == 422 or url.endswith("\n")  # the space around an address is cut off


def test_undo(scene, lawful):
    jon, card = scene.as_("Jon"), scene.here.cards[0]
    link = made(jon.post(f"/cards/{card}/attachments", {"url": "https://example.org/"}, key="add-link"))
    done(jon.delete(f"/attachments/{link}", key="remove-link"))
    with lawful():
        assert scene.undo("Jon", "remove-link")[0] == 200
        assert [a["id"] for a in jon.get(f"/cards/{card}").json["attachments"]] == [link]
        assert scene.undo("Jon", "add-link")[0] == 200
    assert jon.get(f"/cards/{card}").json["attachments"] == []
