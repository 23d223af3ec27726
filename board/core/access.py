"""Who acts. Slices ask the actor; the people slice hands in how a cookie or a token becomes one."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, Request, current_app
from flask.sessions import SessionInterface
from flask_babel import gettext as _
from flask_login import LoginManager, current_user

from board.core.db import Tx
from board.core.errors import Forbidden, NotSignedIn

Identify = Callable[[str | None, str | None], "Actor | None"]


@dataclass(frozen=True, slots=True)
class Actor:
    """A member of one school, as she is now."""

    member_id: int
    school_id: int
    role: str
    name: str = ""
    account_id: int | None = None
    session_id: int | None = None
    token_id: int | None = None
    scopes: frozenset[str] = frozenset({"read", "write"})
    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        return str(self.member_id)

    @property
    def is_guest(self) -> bool:
        return self.role == "guest"

    @property
    def is_organizer(self) -> bool:
        return self.role in ("admin", "organizer")

    @property
    def is_admin(self) -> bool:
        return self.role == "admin"


#: who acts where nobody is signed in yet, or the server by itself
NOBODY = Actor(0, 0, "nobody")


def cookie_name() -> str:
    """``__Host-session`` behind TLS; browsers drop that name on plain http, so there it is ``session``."""
    return "__Host-session" if current_app.config["BOARD"].https else "session"


def identify(cookie: str | None, bearer: str | None) -> Actor | None:
    """The member behind a session cookie's value or a personal token, read from the database now; None when neither is good."""
    found: Identify = current_app.extensions["identify"]
    return found(cookie, bearer) if cookie or bearer else None


def as_she_is_now(tx: Tx, actor: Actor) -> Actor:
    """The actor with her role as this transaction sees it: what was read when the request came in may be over by now.

    Raises:
        NotSignedIn: she was deactivated in the meantime.
    """
    renew: Callable[[Tx, Actor], Actor] = current_app.extensions["renew"]
    return renew(tx, actor)


def signed_in() -> Actor:
    """The actor of this request.

    Raises:
        NotSignedIn: nobody is signed in.
    """
    actor = current_user._get_current_object()
    if not isinstance(actor, Actor):
        raise NotSignedIn(_("Sign in, or send a personal token."))
    return actor


def need(abilities: frozenset[str], name: str) -> None:
    """Raises Forbidden: the ability is not among these."""
    if name not in abilities:
        raise Forbidden()


def may_write(actor: Actor) -> None:
    """Raises Forbidden: the token was made for reading only."""
    if "write" not in actor.scopes:
        raise Forbidden(_("This token may only read."))


class _NoSession(SessionInterface):
    """Flask's signed cookie is not used: a session is a row, named by a random cookie, that can be ended."""

    def open_session(self, app: Flask, request: Request) -> None:
        return None

    def is_null_session(self, obj: object) -> bool:
        return True

    def save_session(self, *args: object) -> None: ...


def init_app(app: Flask) -> None:
    app.session_interface = _NoSession()
    manager = LoginManager()
    manager.session_protection = None
    manager.init_app(app, add_context_processor=False)
    app.extensions.setdefault("identify", lambda cookie, bearer: None)
    app.extensions.setdefault("renew", lambda tx, actor: actor)

    @manager.request_loader
    def load(request: Request) -> Actor | None:
        header = request.headers.get("Authorization", "")
        bearer = header[7:].strip() if header[:7].lower() == "bearer " else None
        return identify(None if bearer else request.cookies.get(cookie_name()), bearer)
