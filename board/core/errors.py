"""What can go wrong, in the domain's words. ``core.http`` maps each to problem+json; nothing here knows HTTP beyond the number it stands for."""

from typing import Any

from flask_babel import lazy_gettext as _


class Problem(Exception):
    """A refusal that a client is told about."""

    type = "problem"
    status = 500
    title: Any = _("Something went wrong")

    def __init__(
        self,
        detail: str = "",
        *,
        errors: list[dict[str, str]] | None = None,
        data: Any = None,
        retry_after: int | None = None,
    ):
        super().__init__(detail)
        self.detail, self.errors, self.data, self.retry_after = detail, errors, data, retry_after


class BadRequest(Problem):
    type, status, title = "malformed", 400, _("The request cannot be read")


class NotSignedIn(Problem):
    type, status, title = "not-signed-in", 401, _("Sign in first")


class Forbidden(Problem):
    type, status, title = "forbidden", 403, _("You may not do this")


class CrossOrigin(Forbidden):
    type, title = "cross-origin", _("The request comes from another site")


class Reauthenticate(Forbidden):
    type, title = "reauth", _("Give your password again")


class NotSeen(Problem):
    """Unknown, or not visible to the actor: both look the same."""

    type, status, title = "not-found", 404, _("There is nothing here")


class Conflict(Problem):
    """Impossible in this state; ``data`` is the record as it is."""

    type, status, title = "conflict", 409, _("Not possible as things stand")


class Gone(Problem):
    type, status, title = "gone", 410, _("No longer available")


class Stale(Problem):
    """Somebody else changed the text; ``data`` is the record as it is."""

    type, status, title = "stale", 412, _("Somebody changed this in the meantime")


class TooLarge(Problem):
    type, status, title = "too-large", 413, _("Too large")


class WrongType(Problem):
    type, status, title = "wrong-type", 415, _("Send JSON with Content-Type: application/json")


class Invalid(Problem):
    """Read, but not acceptable: ``errors`` names each field."""

    type, status, title = "invalid", 422, _("Some fields are not right")

    @classmethod
    def field(cls, field: str, message: str) -> "Invalid":
        return cls(message, errors=[{"field": field, "message": message}])


class TooMany(Problem):
    type, status, title = "too-many", 429, _("Too many requests")


class Unavailable(Problem):
    """The database does not answer; the detail says what is known about the change."""

    type, status, title = "unavailable", 503, _("Not available for a moment")
