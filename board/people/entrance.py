"""The door: how somebody who is not signed in becomes a member. Everything slow (hashing) and everything that counts failures happens here,
before the one transaction; the verbs in ``commands`` then find the actor themselves and put her into the change."""

import ipaddress
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Response, current_app, request
from flask_babel import gettext as _
from sqlalchemy import or_, select

from board.core import access, command, limits
from board.core.access import NOBODY, Actor
from board.core.db import reading
from board.core.errors import Gone, Invalid, NotSignedIn, TooMany
from board.people import first_start, keys, passwords, stay
from board.people.commands import links, school, sessions
from board.people.identity import LONGEST_S
from board.people.models import Account, Member, School
from board.people.schemas import AcceptInvitation, AddMember, ChangePassword, Join, SetUp, SignIn, UseReset

accounts, members, schools = Account.__table__, Member.__table__, School.__table__
#: password checks of one account at the same time: a budget that counts failures must not be outrun by asking all at once
_AT_ONCE = 4
#: letters of a secret that nobody can guess
_LONG = 32


# ── coming in ────────────────────────────────────────────────────────────────────────────────────


def set_up(body: SetUp) -> Response:
    network = _network()
    limits.current().look(limits.CODES_BY_NETWORK, "code", network)
    with reading() as tx:
        if first_start.has_school(tx):
            raise Gone(_("This school is set up. Sign in, or ask an admin for an invitation."))
    if not first_start.is_right(body.code):
        limits.current().count(limits.CODES_BY_NETWORK, "code", network)
        raise Invalid.field(
            "code",
            _("This is not the code. It stands in the terminal, and in the file setup-code of the data directory."),
        )
    passwords.check(body.password, body.school, body.name, body.email.split("@")[0])
    answer = _enter(school.set_up, body, passwords.hashed(body.password), shared=None, status=201, alone=True)
    first_start.forget()
    return answer


def sign_in(body: SignIn) -> Response:
    if body.card is not None:
        return _sign_in_by_card(body.card, body.shared)
    assert body.email is not None and body.password is not None
    name = body.email.strip().lower()
    with reading() as tx:
        account = tx.first(select(accounts).where(or_(accounts.c.email == name, accounts.c.handle == name)))
        places = [p for p in tx.all(_places(account.id)) if not stay.is_over(tx, p)] if account else []
    with _counted(_budget_of(account, name)) as failed:
        good = passwords.matches(account.password if account else None, body.password)
        place = next((p for p in places if body.school_id in (None, p.school_id)), None)
        if not good or account is None or place is None:
            failed()
        assert account is not None and place is not None
        rehashed = passwords.hashed(body.password) if passwords.is_outdated(account.password) else None
        try:
            return _enter(
                sessions.sign_in,
                account.id,
                account.password,
                place.id,
                shared=body.shared,
                old_mark=_old_mark(),
                rehashed=rehashed,
            )
        except NotSignedIn:
            failed()
    raise AssertionError


def _sign_in_by_card(code: str, shared: bool) -> Response:
    network = _network()
    limits.current().look(limits.CODES_BY_NETWORK, "code", network)
    try:
        return _enter(links.use_card, keys.typed(code), shared=shared, old_mark=_old_mark())
    except NotSignedIn:
        limits.current().count(limits.CODES_BY_NETWORK, "code", network)
        raise NotSignedIn(_("This card is not good, or was used already. Ask for a new one.")) from None


def look_at_link(secret: str) -> dict[str, Any]:
    """What a link is for. Changes nothing, so it may be opened by whatever opens links.

    Raises:
        Gone
    """
    with reading() as tx:
        link = _link(tx, secret)
        where = tx.one(select(schools.c.title).where(schools.c.id == link.school_id))
        out = {"kind": link.kind, "school": where.title, "role": link.role, "expires_at": link.expires_at}
        if link.member_id is None:
            return out
        row = tx.first(select(members).where(members.c.id == link.member_id, members.c.active))
        if row is None:
            raise Gone(_("This link is over: it was used, ended, or is too old. Ask for a new one."))
        account = tx.first(
            select(accounts).where(or_(accounts.c.id == row.account_id, accounts.c.email == row.invited_email))
        )
        has = account is not None and account.password is not None
        return {
            **out,
            "role": row.role,
            "name": row.name,
            "email": row.invited_email or (account.email if account else None),
            "has_password": has,
        }


def accept_invitation(body: AcceptInvitation) -> Response:
    with reading() as tx:
        link = _link(tx, body.token, "invitation")
        row = tx.first(select(members).where(members.c.id == link.member_id))
        email = row.invited_email if row else None
        account = tx.first(select(accounts).where(accounts.c.email == email)) if email else None
    hashed = _own_or_new(account, email or "", body.password, link.school_id, body.name or "")
    return _enter(links.accept_invitation, body.token, account, hashed, body.name, shared=body.shared)


def use_reset(body: UseReset) -> Response:
    with reading() as tx:
        link = _link(tx, body.token, "reset")
        row = tx.first(select(members).where(members.c.id == link.member_id))
    _check_new(body.password, link.school_id, row.name if row else "")
    return _enter(links.use_reset, body.token, passwords.hashed(body.password), shared=body.shared)


def join(body: Join) -> Response:
    secret = keys.typed(body.token)
    with reading() as tx:
        link = _link(tx, secret, "join")
        account = tx.first(select(accounts).where(accounts.c.email == body.email))
    hashed = _own_or_new(account, body.email, body.password, link.school_id, body.name)
    return _enter(links.join, secret, account, hashed, body.name, body.email, shared=body.shared, status=201)


def hand_reset_link(name: str) -> str:
    """The path of a link to a new password, made by who stands at the server. ``name``: an address or sign-in name.

    Raises:
        NotSeen: no active member signs in so.
    """
    made: str = command.perform(NOBODY, links.make_reset_by_hand, name).record["path"]
    return made


# ── for who is signed in ─────────────────────────────────────────────────────────────────────────


def sign_out() -> Response:
    answer = command.run(sessions.sign_out)
    config = current_app.config["BOARD"]
    answer.delete_cookie(access.cookie_name(), path="/", secure=config.https, httponly=True, samesite="Lax")
    # Not "cookies": that would clear those of every other site of the same domain.
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def confirm(actor: Actor, password: str) -> Response:
    return command.run(sessions.confirm_session, own_password(actor, password))


def change_password(actor: Actor, body: ChangePassword) -> Response:
    present = own_password(actor, body.password) if body.password is not None else None
    _check_new(body.new_password, actor.school_id, actor.name, field="new_password")
    cookie = keys.cookie()
    answer = command.run(sessions.change_password, present, passwords.hashed(body.new_password), keys.mark(cookie))
    with reading() as tx:
        shared = tx.scalar(select(sessions.sessions.c.shared).where(sessions.sessions.c.id == actor.session_id))
    return _with_cookie(answer, cookie, shared=bool(shared))


def own_password(actor: Actor, password: str) -> str:
    """The hash that this password was found good for.

    Raises:
        Invalid, TooMany
    """
    with reading() as tx:
        account = tx.first(select(accounts).where(accounts.c.id == actor.account_id))
    with _counted(_budget_of(account, "")) as failed:
        if account is None or not passwords.matches(account.password, password):
            failed(Invalid.field("password", _("This is not your password.")))
        assert account is not None
        kept: str = account.password
        return kept


def new_members_password(actor: Actor, body: AddMember) -> str | None:
    """The hash of the password that an admin gives to a new member."""
    if body.password is None:
        return None
    _check_new(body.password, actor.school_id, body.name)
    return passwords.hashed(body.password)


# ── inside ───────────────────────────────────────────────────────────────────────────────────────


def _enter(verb: Any, *args: Any, shared: bool | None, status: int = 200, **more: Any) -> Response:
    """Runs a verb that makes a session, and answers with its cookie."""
    cookie = keys.cookie()
    if shared is not None:
        more["shared"] = shared
    agent = request.headers.get("User-Agent", "")
    done = command.perform(NOBODY, verb, *args, cookie_mark=keys.mark(cookie), agent=agent, status=status, **more)
    return _with_cookie(Response(done.body, status, mimetype="application/json"), cookie, shared=bool(shared))


def _with_cookie(answer: Response, cookie: str, *, shared: bool) -> Response:
    answer.set_cookie(
        access.cookie_name(), cookie, max_age=None if shared else LONGEST_S, path="/", secure=current_app.config["BOARD"].https,
        httponly=True, samesite="Lax",
    )  # fmt: skip
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _places(account_id: int) -> Any:
    """The schools in which an account is an active member, the oldest first."""
    return (
        select(members.c.id, members.c.school_id, members.c.role, members.c.until)
        .where(members.c.account_id == account_id, members.c.active)
        .order_by(members.c.id)
    )


def _own_or_new(account: Any, email: str, password: str, school_id: int, name: str) -> str | None:
    """None when the password is the account's own; else, for a new account, the hash of this one."""
    if account is None:
        _check_new(password, school_id, name, email.split("@")[0])
        return passwords.hashed(password)
    with _counted(_budget_of(account, email)) as failed:
        if not passwords.matches(account.password, password):
            failed(Invalid.field("password", _("There is an account with this address. This is not its password.")))
    return None


def _check_new(password: str, school_id: int, *own_words: str, field: str = "password") -> None:
    with reading() as tx:
        title = tx.scalar(select(schools.c.title).where(schools.c.id == school_id)) or ""
    try:
        passwords.check(password, title, *own_words)
    except Invalid as e:
        raise Invalid.field(field, e.detail) from None


def _link(tx: Any, secret: str, kind: str | None = None) -> Any:
    """A link that is still good; to try out secrets uses up the network's budget."""
    # Only what is short enough for paper can be guessed; to count a long one would let one person keep a whole building out.
    short, network = len(secret) < _LONG, _network()
    if short:
        limits.current().look(limits.CODES_BY_NETWORK, "code", network)
    link = tx.first(links.found(secret)) or tx.first(links.found(keys.typed(secret)))
    if link is None or (kind is not None and link.kind != kind):
        if short:
            limits.current().count(limits.CODES_BY_NETWORK, "code", network)
        raise Gone(_("This link is over: it was used, ended, or is too old. Ask for a new one."))
    return link


def _budget_of(account: Any, typed: str) -> str:
    """One budget for an account, whichever door is tried and whatever name is typed; for what is no account, one for the name."""
    return f"account {account.id}" if account is not None else f"name {typed}"


@contextmanager
def _counted(account: str) -> Iterator[Any]:
    """Inside, one password is checked; ``failed()`` counts it for account and network, and refuses.

    Raises:
        TooMany: too many failures, or too many checks of this account at once.
    """
    budget, network, account = limits.current(), _network(), keys.mark(account)
    budget.look(limits.FAILED_BY_ACCOUNT, "sign-in", account)
    budget.look(limits.FAILED_BY_NETWORK, "sign-in", network)

    def failed(problem: Exception | None = None) -> None:
        budget.count(limits.FAILED_BY_ACCOUNT, "sign-in", account)
        budget.count(limits.FAILED_BY_NETWORK, "sign-in", network)
        raise problem or NotSignedIn(_("The address or the password is not right."))

    under_way: UnderWay = current_app.extensions["password_checks"]
    with under_way.one(account if budget.on else None):
        yield failed


class UnderWay:
    def __init__(self) -> None:
        self.many: Counter[str] = Counter()
        self.lock = threading.Lock()

    @contextmanager
    def one(self, account: str | None) -> Iterator[None]:
        if account is None:
            yield
            return
        with self.lock:
            if self.many[account] >= _AT_ONCE:
                raise TooMany(_("Too many tries at once."), retry_after=1)
            self.many[account] += 1
        try:
            yield
        finally:
            with self.lock:
                self.many[account] -= 1
                if not self.many[account]:
                    del self.many[account]


def _network() -> str:
    """The address that asks; of IPv6 the network, since one machine has as many addresses as it likes."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    if address.version == 6:
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def _old_mark() -> str | None:
    """Who signs in again leaves the session that this browser held."""
    cookie = request.cookies.get(access.cookie_name())
    return keys.mark(cookie) if cookie else None
