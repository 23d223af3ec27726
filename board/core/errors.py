"""What can go wrong, in the domain's words. ``core.http`` maps each to problem+json; nothing here knows HTTP beyond the number it stands for."""

from typing import Any


class Problem(Exception):
    """A refusal that a client is told about."""

    type = "problem"
    status = 500
    title = "Something went wrong"

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
    type, status, title = "malformed", 400, "The request cannot be read"


class NotSignedIn(Problem):
    type, status, title = "not-signed-in", 401, "Sign in first"


class Forbidden(Problem):
    type, status, title = "forbidden", 403, "You may not do this"


class CrossOrigin(Forbidden):
    type, title = "cross-origin", "The request comes from another site"


class Reauthenticate(Forbidden):
    type, title = "reauth", "Give your password again"


class NotSeen(Problem):
    """Unknown, or not visible to the actor: both look the same."""

    type, status, title = "not-found", 404, "There is nothing here"


class Conflict(Problem):
    """Impossible in this state; ``data`` is the record as it is."""

    type, status, title = "conflict", 409, "Not possible as things stand"


class Gone(Problem):
    type, status, title = "gone", 410, "No longer available"


class Stale(Problem):
    """Somebody else changed the text; ``data`` is the record as it is."""

    type, status, title = "stale", 412, "Somebody changed this in the meantime"


class TooLarge(Problem):
    type, status, title = "too-large", 413, "Too large"


class WrongType(Problem):
    type, status, title = "wrong-type", 415, "Send JSON with Content-Type: application/json"


class Invalid(Problem):
    """Read, but not acceptable: ``errors`` names each field."""

    type, status, title = "invalid", 422, "Some fields are not right"

    @classmethod
    def field(cls, field: str, message: str) -> "Invalid":
        return cls(message, errors=[{"field": field, "message": message}])


class TooMany(Problem):
    type, status, title = "too-many", 429, "Too many requests"


class NoRoom(Problem):
    type, status, title = "no-room", 507, "No room left"
