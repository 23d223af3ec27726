"""Security headers on every answer, error pages included."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask


def policy(import_map_sha256: str | None = None) -> str:
    script = "'self'" + (f" 'sha256-{import_map_sha256}'" if import_map_sha256 else "")
    return (
        f"default-src 'self'; script-src {script}; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
        "font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types staffroom"
    )


def init_app(app: Flask, https: bool, import_map_sha256: str | None) -> None:
    fixed = [
        ("Content-Security-Policy", policy(import_map_sha256)),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(self), microphone=(self), geolocation=(), payment=(), usb=()"),
    ]
    if https:
        fixed.append(("Strict-Transport-Security", "max-age=31536000; includeSubDomains"))
    inner = app.wsgi_app

    # As WSGI, around everything: Flask's after_request costs five times as much for the same list, on each write.
    def wsgi(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            present = {name for name, _ in headers}
            headers += [pair for pair in fixed if pair[0] not in present]
            if "Cache-Control" not in present:
                headers.append(("Cache-Control", _caching(environ["PATH_INFO"])))
            return start_response(status, headers, exc_info) if exc_info else start_response(status, headers)

        return inner(environ, start)

    app.wsgi_app = wsgi  # type: ignore[method-assign]


def _caching(path: str) -> str:
    return "private, no-cache" if path.startswith("/api/") else "no-store"
