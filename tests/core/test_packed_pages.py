"""A page with a full board's data goes out packed, for whoever can unpack it."""

import gzip
from collections.abc import Callable

from flask.testing import FlaskClient


def test_a_large_page_is_packed_for_who_can_unpack(sign_in: Callable[[str], FlaskClient]) -> None:
    client = sign_in("Ana")
    plain = client.get("/people")
    packed = client.get("/people", headers={"Accept-Encoding": "gzip, deflate"})
    assert "Content-Encoding" not in plain.headers and packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"] and packed.headers["Cache-Control"] == "no-store"
    assert len(packed.data) < len(plain.data) / 2
    assert b"<h1" in gzip.decompress(packed.data)
