"""Which language a request is answered in, and the words that the scripts of a page need.

A language is a folder ``board/translations/<locale>/LC_MESSAGES/messages.{po,mo}``; none of it needs code (see docs/development.md).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.support import Translations
from flask import Flask, current_app, has_request_context, request
from flask_babel import Babel, force_locale, get_locale
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

FOLDER = Path(__file__).parent.parent / "translations"


def init_app(app: Flask, folder: Path = FOLDER) -> None:
    app.config["BABEL_DEFAULT_LOCALE"] = "en"
    app.config["LANGUAGES"] = ["en", *sorted(p.parent.parent.name for p in folder.glob("*/LC_MESSAGES/messages.mo"))]
    app.config["TRANSLATIONS"] = folder
    Babel(app, default_translation_directories=str(folder), locale_selector=lambda: _wanted(app))

    @app.context_processor
    def language() -> dict[str, Any]:
        locale = get_locale() or Locale("en")
        return {"language": str(locale).replace("_", "-"), "direction": locale.text_direction}


@contextmanager
def answering(app: Flask, environ: Mapping[str, Any]) -> Iterator[None]:
    """The language of a request that is not Flask's: the door of the sockets."""
    accepted = parse_accept_header(environ.get("HTTP_ACCEPT_LANGUAGE"), LanguageAccept)
    with app.app_context(), force_locale(_best(app, accepted)):
        yield


def script_words() -> dict[str, str | list[str]]:
    """Translations for ``t()`` and ``tn()`` in the pages' scripts: English text → text, or forms; empty where English is spoken."""
    locale = str(get_locale() or "en")
    return _words(str(current_app.config["TRANSLATIONS"]), locale)


@lru_cache(maxsize=64)
def _words(folder: str, locale: str) -> dict[str, str | list[str]]:
    found = Translations.load(folder, [locale])
    words: dict[str, str | list[str]] = {}
    for key, text in sorted(getattr(found, "_catalog", {}).items(), key=str):
        if isinstance(key, tuple):
            forms = words.setdefault(key[0], [])
            if isinstance(forms, list):
                forms.append(text)
        elif key:
            words[key] = text
    return words


def _wanted(app: Flask) -> str:
    return _best(app, request.accept_languages) if has_request_context() else "en"


def _best(app: Flask, accepted: LanguageAccept) -> str:
    languages: list[str] = app.config["LANGUAGES"]
    if len(languages) == 1:
        return "en"
    return accepted.best_match([x.replace("_", "-") for x in languages], "en").replace("-", "_")
