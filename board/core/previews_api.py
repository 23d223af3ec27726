"""How a text will look, before it is saved: the same HTML as afterwards."""

from flask import Response

from board.core import http, limits, text
from board.core.access import signed_in
from board.core.api import Api
from board.core.offload import offload
from board.core.schemas import Body, Input, Output

api = Api("previews")


class PreviewText(Input):
    model_config = {"json_schema_extra": {"examples": [{"text": "Bring **two** chairs each."}]}}
    text: Body


class Preview(Output):
    html: str


class PreviewMade(Output):
    data: Preview


@api.post("/previews", body=PreviewText, out=PreviewMade, status=200)
def preview_text(body: PreviewText) -> Response:
    """The HTML of a Markdown text. Nothing is kept."""
    limits.current().spend(limits.PREVIEWS, "previews", str(signed_in().member_id))
    return http.json({"data": {"html": offload(text.html, body.text)}})
