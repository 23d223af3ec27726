"""POST /previews: how a text will look; nothing is kept."""

from sqlalchemy import func, select

from board.core import limits
from board.core.journal import Entry


def test_the_html_that_will_be_shown(as_) -> None:
    status, body = as_("Sam").post("/previews", {"text": "- [x] *Hall*\n\n<script>alert(1)</script>"})
    assert status == 200
    assert '<span data-box="done"></span><em>Hall</em>' in body["data"]["html"]
    assert "<script" not in body["data"]["html"]


def test_for_those_who_are_signed_in_and_say_what(as_) -> None:
    assert as_(None).post("/previews", {"text": "x"})[0] == 401
    assert as_("Sam").post("/previews", {})[0] == 422
    assert as_("Sam").post("/previews", {"text": "x" * 65_537})[0] == 422
    assert as_("Sam").post("/previews", {"text": ""}).json == {"data": {"html": ""}}


def test_nothing_is_written(as_, look) -> None:
    def written() -> int:
        with look() as tx:
            return tx.scalar(select(func.count()).select_from(Entry))

    before = written()
    as_("Maya").post("/previews", {"text": "Hello"})
    assert written() == before


def test_so_often_and_no_more(app, as_, monkeypatch) -> None:
    limits.init_app(app, None, True)
    monkeypatch.setattr(limits, "PREVIEWS", limits.parse("2 per minute"))
    answers = [as_("Maya").post("/previews", {"text": "Hello"})[0] for _ in range(3)]
    assert answers == [200, 200, 429]
