"""Of an id in the path first whether it is there (404), then whether one may (403)."""

from typing import Any

import pytest

from tests.boards.places import member

NOBODY = 999_999


@pytest.mark.parametrize("there, status", [(True, 403), (False, 404)])
def test_what_stands_in_the_path(scene: Any, there: bool, status: int) -> None:
    rose, at = scene.as_("Rose"), scene.places
    who = member("Jon") if there else NOBODY
    label = at.open.labels[0] if there else NOBODY
    for path, body in (
        (f"/groups/{at.open.group}/members/{who}", {"role": "member"}),
        (f"/initiatives/{at.initiative}/members/{who}", {"role": "member"}),
        (f"/boards/{at.open.board}/guests/{who}", {"right": "read"}),
        (f"/cards/{at.open.cards[0]}/owners/{who}", None),
        (f"/cards/{at.open.cards[0]}/labels/{label}", None),
    ):
        assert rose.put(path, body)[0] == status, path
