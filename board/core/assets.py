"""Static files under an address that holds the hash of the whole tree, cached for ever; relative imports between modules work unchanged."""

import base64
import gzip
import hashlib
import mimetypes
import re
from functools import lru_cache
from pathlib import Path

import orjson
from flask import Flask, Response, request, url_for
from markupsafe import Markup
from werkzeug.security import safe_join

from board.core.errors import NotSeen

ROOT = Path(__file__).parent.parent / "static"
#: bare names in our modules → bundles in vendor/
BUNDLES = {"#ui": "vendor/ui.js", "#dnd": "vendor/dnd.js", "#socket": "vendor/socket.js", "#qr": "vendor/qr.js"}
_PACKED = ("text/", "application/json", "image/svg+xml", "application/javascript")
_IMPORT = re.compile(r'@import "([a-z-]+\.css)"(?: layer\(([a-z]+)\))?;')
_FROM = re.compile(r"""^(?:import|export)\b[^'";]*?\bfrom '([^']+)'|^import '([^']+)'""", re.MULTILINE)
_FOR_EVER = "public, max-age=31536000, immutable"

mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("font/woff2", ".woff2")


def tree_hash() -> str:
    """Names, sizes and contents of everything under static/."""
    mark = hashlib.blake2b(digest_size=8)
    for path in sorted(p for p in ROOT.rglob("*") if p.is_file()):
        mark.update(str(path.relative_to(ROOT)).encode())
        mark.update(path.read_bytes())
    return mark.hexdigest()


def import_map(base: str) -> str:
    return orjson.dumps({"imports": {name: f"{base}/{path}" for name, path in BUNDLES.items()}}).decode()


def import_map_sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def init_app(app: Flask) -> None:
    build = tree_hash()
    base = f"/static/{build}"
    app.config["BUILD"] = build
    app.config["IMPORT_MAP"] = import_map(base)

    @app.get("/static/<build>/<path:filename>", endpoint="static")
    def static(build: str, filename: str) -> Response:
        body, packed, kind = _file(filename)
        response = Response(mimetype=kind)
        response.headers["Cache-Control"] = _FOR_EVER if build == app.config["BUILD"] else "no-cache"
        response.headers["Vary"] = "Accept-Encoding"
        if packed is not None and "gzip" in request.headers.get("Accept-Encoding", ""):
            response.headers["Content-Encoding"] = "gzip"
            body = packed
        response.set_data(body)
        return response

    @app.template_global()
    def asset(filename: str) -> str:
        return url_for("static", build=build, filename=filename)

    @app.template_global()
    def modules(*entries: str) -> list[str]:
        """Addresses of modules and of all that they import, to be fetched at once instead of one after the other."""
        return [asset(path) for path in dict.fromkeys(path for entry in entries for path in imported(entry))]

    @app.template_global()
    def import_map_script() -> Markup:
        # The text is ours and constant per release; its hash stands in the content security policy.
        return Markup('<script type="importmap">{}</script>').format(Markup(app.config["IMPORT_MAP"]))

    @app.template_filter("boot_json")
    def boot_json(value: object) -> Markup:
        """Data for a page, safe inside a script element of type application/json."""
        text = orjson.dumps(value).decode()
        for char in "<>&\u2028\u2029":
            text = text.replace(char, f"\\u{ord(char):04x}")
        return Markup(text)


@lru_cache(maxsize=16)
def imported(entry: str) -> tuple[str, ...]:
    """What comes along with a module; not what it fetches later, by ``import()``."""
    found, wanted = {entry: None}, [entry]
    while wanted:
        path = wanted.pop()
        for from_, bare in _FROM.findall((ROOT / path).read_text()):
            name = from_ or bare
            other = (
                BUNDLES.get(name)
                or (ROOT / path).parent.joinpath(name).resolve().relative_to(ROOT.resolve()).as_posix()
            )
            if other not in found:
                found[other] = None
                wanted.append(other)
    return tuple(found)


@lru_cache(maxsize=512)
def _file(filename: str) -> tuple[bytes, bytes | None, str]:
    found = safe_join(str(ROOT), filename)
    path = Path(found) if found else None
    if path is None or not path.is_file():
        raise NotSeen()
    body = _whole_sheet(path).encode() if path.suffix == ".css" else path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    packed = gzip.compress(body, 9, mtime=0) if kind.startswith(_PACKED) and len(body) > 512 else None
    return body, packed, kind


def _whole_sheet(path: Path) -> str:
    """A style sheet with those that it imports put in their place: thirty files on the disk, one on the wire, nothing to wait for in turn."""

    def imported(found: re.Match[str]) -> str:
        text = _whole_sheet(path.with_name(found[1]))
        return f"@layer {found[2]} {{\n{text}\n}}" if found[2] else text

    return _IMPORT.sub(imported, path.read_text())
