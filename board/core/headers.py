"""Security headers on every answer, error pages included."""

from flask import Flask, Response, request


def policy(import_map_sha256: str | None = None) -> str:
    script = "'self'" + (f" 'sha256-{import_map_sha256}'" if import_map_sha256 else "")
    return (
        f"default-src 'self'; script-src {script}; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; "
        "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types staffroom"
    )


def init_app(app: Flask, https: bool, import_map_sha256: str | None) -> None:
    fixed = {
        "Content-Security-Policy": policy(import_map_sha256),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(self), microphone=(self), geolocation=(), payment=(), usb=()",
    }
    if https:
        fixed["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"

    @app.after_request
    def add(response: Response) -> Response:
        for name, value in fixed.items():
            response.headers.setdefault(name, value)
        if "Cache-Control" not in response.headers and not request.path.startswith("/static/"):
            response.headers["Cache-Control"] = "private, no-cache" if request.path.startswith("/api/") else "no-store"
        return response
