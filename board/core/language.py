"""Which language a request is answered in, and the words that the scripts of a page need.

A language is a folder ``board/translations/<locale>/LC_MESSAGES/messages.{po,mo}``; none of it needs code (see docs/development.md).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError, parse_locale
from babel.support import Translations
from flask import Flask, current_app, has_request_context, request
from flask_babel import Babel, force_locale, get_locale
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

_LANGUAGES_LOOKED_AT = 10
#: letters of a country; what has another length is a part of the world
_COUNTRY = 2
FOLDER = Path(__file__).parent.parent / "translations"


def init_app(app: Flask, folder: Path = FOLDER) -> None:
    app.config["BABEL_DEFAULT_LOCALE"] = "en"
    app.config["LANGUAGES"] = ["en", *sorted(p.parent.parent.name for p in folder.glob("*/LC_MESSAGES/messages.mo"))]
    app.config["TRANSLATIONS"] = folder
    Babel(app, default_translation_directories=str(folder), locale_selector=lambda: _wanted(app))

    @app.context_processor
    def language() -> dict[str, Any]:
        locale = get_locale() or Locale("en")
        return {
            "language": str(locale).replace("_", "-"), "direction": locale.text_direction, "week_begins": week_begins(),
        }  # fmt: skip


@contextmanager
def answering(app: Flask, environ: Mapping[str, Any]) -> Iterator[None]:
    """The language of a request that is not Flask's: the door of the sockets."""
    accepted = parse_accept_header(environ.get("HTTP_ACCEPT_LANGUAGE"), LanguageAccept)
    with app.app_context(), force_locale(_best(app, accepted)):
        yield


def week_begins() -> int:
    """The day on which the reader's week begins: 0 is Monday. Where the page's language says no country, the browser's does."""
    locale = get_locale() or Locale("en")
    wanted = tuple(request.accept_languages.values()) if has_request_context() else ()
    return _week_begins(str(locale), wanted[:_LANGUAGES_LOOKED_AT])


@lru_cache(maxsize=256)
def _week_begins(locale: str, wanted: tuple[str, ...]) -> int:
    spoken = Locale.parse(locale).language
    for name in (locale, *wanted):
        try:
            language, country, *_rest = parse_locale(name.replace("_", "-"), sep="-")
            # A language alone would be taken for that of its largest country: "en" for the United States.
            if language == spoken and country and len(country) == _COUNTRY:
                return Locale.parse(f"und_{country}").first_week_day
        except (ValueError, UnknownLocaleError):
            continue
    return 0


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
