"""Another language needs a folder, and no code."""

import io
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from flask import Flask
from flask_babel import gettext, ngettext

from board import create_app
from board.config import Config
from board.core import language
from board.sockets import gate

ROOT = Path(__file__).parents[2]


def translated(tmp_path: Path) -> Flask:
    catalog = Catalog(locale="sv")
    catalog.add("Sign in first", "Logga in först")
    catalog.add("The request comes from another site", "Begäran kommer från en annan webbplats")
    catalog.add(("one card", "{count} cards"), ("ett kort", "{count} kort"))
    folder = tmp_path / "words" / "sv" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    out = io.BytesIO()
    write_mo(out, catalog)
    (folder / "messages.mo").write_bytes(out.getvalue())
    app = create_app(Config.load(data=tmp_path / "data", testing=True))
    fresh = Flask("board")
    fresh.config.update(app.config)
    language.init_app(fresh, tmp_path / "words")
    return fresh


def test_the_browser_s_language_is_taken_where_there_is_a_translation(tmp_path: Path) -> None:
    app = translated(tmp_path)
    with app.test_request_context(headers={"Accept-Language": "sv-SE,sv;q=0.9,en;q=0.1"}):
        assert gettext("Sign in first") == "Logga in först"
    with app.test_request_context(headers={"Accept-Language": "pl"}):
        assert gettext("Sign in first") == "Sign in first"


@pytest.mark.parametrize(
    ("browser", "first"),
    [
        ("en-US,en;q=0.9", 6), ("en-GB,en;q=0.9", 0), ("en,de-DE", 0), ("ar-EG,en-US;q=0.5", 6), ("en-SD", 5), ("en-EG", 5), ("en-BR", 6), ("de-DE", 0),
        ("sv-SE", 0), ("", 0), ("*", 0), ("en-001", 0), ("en-XX,en-US", 6), (";;=,\xff", 0), ("en-" + "x" * 500, 0),
    ],
)  # fmt: skip
def test_a_week_begins_as_in_the_reader_s_country(tmp_path: Path, browser: str, first: int) -> None:
    with translated(tmp_path).test_request_context(headers={"Accept-Language": browser}):
        assert language.week_begins() == first


def test_the_door_of_the_sockets_answers_in_it_too(tmp_path: Path) -> None:
    app = translated(tmp_path)
    with language.answering(app, {"HTTP_ACCEPT_LANGUAGE": "sv-SE,sv;q=0.9"}):
        assert gettext("Sign in first") == "Logga in först"
    for environ in ({}, {"HTTP_ACCEPT_LANGUAGE": "pl"}, {"HTTP_ACCEPT_LANGUAGE": ";;=,\xff"}):
        with language.answering(app, environ):
            assert gettext("Sign in first") == "Sign in first"
    app.config["BOARD"] = Config.load(data=tmp_path / "data", testing=True)
    said: list[str] = []
    answer = gate.Gate(app)(
        {
            "PATH_INFO": "/socket.io/",
            "HTTP_HOST": "localhost",
            "HTTP_ORIGIN": "https://evil.example",
            "HTTP_ACCEPT_LANGUAGE": "sv",
        },
        lambda status, headers: said.append(status),
    )
    assert said == ["403 Forbidden"] and "annan webbplats" in b"".join(answer).decode()


def test_scripts_get_the_same_words_and_all_plural_forms(tmp_path: Path) -> None:
    app = translated(tmp_path)
    with app.test_request_context(headers={"Accept-Language": "sv"}):
        words = language.script_words()
        assert words["Sign in first"] == "Logga in först" and words["one card"] == ["ett kort", "{count} kort"]
        assert ngettext("one card", "{count} cards", 1) == "ett kort"
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert language.script_words() == {}


def test_texts_are_found_in_python_templates_and_scripts() -> None:
    keywords = {"_": None, "gettext": None, "lazy_gettext": None, "t": None, "tn": (2, 3)}
    rules = [("**.py", "python"), ("**.js", "javascript")]
    found = {file.rsplit(".", 1)[-1] for file, *_ in extract_from_dir(ROOT / "board", rules, keywords=keywords)}
    assert found == {"py", "js"}
