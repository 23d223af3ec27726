"""What the commands of people take, and what they give."""

import re
import unicodedata
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from flask_babel import gettext as _
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from board.core.pages import is_own_path
from board.core.schemas import MOST_SAFE, Body, Day, Id, Input, Output
from board.core.schemas import Name as AnyName

_EMAIL = re.compile(r"[^@\s\"(),:;<>\[\\\]]{1,64}@[^@\s\"(),:;<>\[\\\]]{1,253}\Z")
#: zero-width and direction signs make one name look like another
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")


def _email(text: str) -> str:
    text = unicodedata.normalize("NFC", text.strip()).lower()
    if not _EMAIL.match(text) or ".." in text:
        raise ValueError(_("Write a mail address, as in ana@school.example."))
    return text


def _clean_name(text: Any) -> Any:
    """One line, nothing unseen."""
    if not isinstance(text, str):
        return text
    return " ".join(_UNSEEN.sub("", "".join(" " if unicodedata.category(c) == "Cc" else c for c in text)).split())


def _weekdays(text: str) -> str:
    if not re.fullmatch(r"[1-7]{1,7}", text):
        raise ValueError(_("Name the days by 1 (Monday) to 7 (Sunday), as in 12345."))
    return "".join(sorted(set(text)))


def _zone(text: str) -> str:
    # The set of names first: ZoneInfo opens files, and text from outside must not choose which.
    if text not in available_timezones():
        raise ValueError(_("There is no such time zone; write it as in Europe/Berlin."))
    return ZoneInfo(text).key


#: people in one staff list
MOST_ON_ROSTER = 500
Email = Annotated[str, StringConstraints(max_length=254), AfterValidator(_email)]
Name = Annotated[AnyName, BeforeValidator(_clean_name)]
#: what somebody types; what may become a password is checked by the command
Password = Annotated[str, StringConstraints(min_length=1, max_length=1_000)]
Secret = Annotated[str, StringConstraints(min_length=8, max_length=100)]
Role = Literal["guest", "staff", "organizer", "admin"]
JobTitle = Annotated[str, BeforeValidator(_clean_name), StringConstraints(max_length=200)]
Weekdays = Annotated[str, StringConstraints(max_length=20), AfterValidator(_weekdays)]
Zone = Annotated[str, StringConstraints(max_length=60), AfterValidator(_zone)]


def _example(**fields: Any) -> ConfigDict:
    return ConfigDict(json_schema_extra={"examples": [fields]})


# ── coming in ────────────────────────────────────────────────────────────────────────────────────


class SetUp(Input):
    model_config = _example(
        code="7KQM-2RTP-X9WD-4HJN",
        school="Riverbend School",
        name="Ana Ruiz",
        email="ana@example.org",
        password="four quiet green chairs",
    )
    code: Secret
    school: Name
    name: Name
    email: Email
    password: Password
    time_zone: Zone = "UTC"


class SignIn(Input):
    """By address (or the name on the card) and password, or once by the code on a sign-in card."""

    model_config = _example(email="maya@example.org", password="four quiet green chairs", shared=False)
    #: or the name on her card; any text, so that a mistyped one is answered like a wrong one
    email: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=254)] | None = None
    password: Password | None = None
    card: Secret | None = None
    #: "Is this computer shared?"
    shared: bool = False
    #: for who is in two schools
    school_id: Id | None = None

    @model_validator(mode="after")
    def one_way(self) -> "SignIn":
        by_password = self.email is not None and self.password is not None and self.card is None
        by_card = self.card is not None and self.email is None and self.password is None
        if not by_password and not by_card:
            raise ValueError(_("Give email and password, or card."))
        return self


class Confirm(Input):
    model_config = _example(password="four quiet green chairs")
    password: Password


class LookAtLink(Input):
    model_config = _example(token="kM3c0YwZ0k2bq1Jm9x7QpR4tVhLsNfAe5uGdTiWoXyE")
    token: Secret


class AcceptInvitation(Input):
    """With a password of her own; who has an account already gives that account's password."""

    model_config = _example(token="kM3c0YwZ0k2bq1Jm9x7QpR4tVhLsNfAe5uGdTiWoXyE", password="four quiet green chairs")
    token: Secret
    password: Password
    name: Name | None = None
    shared: bool = False


class UseReset(Input):
    model_config = _example(token="kM3c0YwZ0k2bq1Jm9x7QpR4tVhLsNfAe5uGdTiWoXyE", password="four quiet green chairs")
    token: Secret
    password: Password
    shared: bool = False


class Join(Input):
    model_config = _example(
        token="7KQM-2RTP-X9WD", name="Rose Okafor", email="rose@example.org", password="four quiet green chairs"
    )
    token: Secret
    name: Name
    email: Email
    password: Password
    shared: bool = False


# ── oneself ──────────────────────────────────────────────────────────────────────────────────────


class ChangeMe(Input):
    model_config = _example(name="Maya Lindqvist", works_on="1345")
    name: Name = ""
    job_title: JobTitle | None = None
    works_on: Weekdays | None = None
    #: needs a fresh sign-in
    email: Email = ""


class ChangePassword(Input):
    """``password``: the present one; not needed for half an hour after signing in by a card."""

    model_config = _example(password="four quiet green chairs", new_password="seven loud blue tables")
    password: Password | None = None
    new_password: Password


class MakeToken(Input):
    model_config = _example(name="Timetable", scopes=["read"], expires_at="2027-07-31")
    name: Name
    scopes: Annotated[list[Literal["read", "write"]], Field(min_length=1, max_length=2)] = ["read", "write"]
    #: the last day on which it is good
    expires_at: Day | None = None


# ── people ───────────────────────────────────────────────────────────────────────────────────────


class AddMember(Input):
    """Without a password: an invitation to her address, or a sign-in card for who has none."""

    model_config = _example(name="Rose Okafor", role="staff", job_title="Paraprofessional")
    name: Name
    email: Email | None = None
    role: Role = "staff"
    job_title: JobTitle | None = None
    password: Password | None = None
    works_on: Weekdays | None = None
    until: Day | None = None

    @model_validator(mode="after")
    def reachable(self) -> "AddMember":
        if self.password is not None and self.email is None:
            raise ValueError(_("A password needs an address to sign in with; without one, a sign-in card is made."))
        return self


class OnRoster(Input):
    name: Name
    email: Email | None = None
    job_title: JobTitle = ""
    #: she is, whatever the title of her job says
    staff: bool = False


class AddPeople(Input):
    """A staff list; nobody is written to."""

    model_config = _example(
        people=[
            {"name": "Maya Rahman", "email": "maya@example.org", "job_title": "Teacher, grade 4"},
            {"name": "Rose Okafor", "job_title": "Paraprofessional"},
        ]
    )
    people: Annotated[list[OnRoster], Field(min_length=1, max_length=MOST_ON_ROSTER)]


class ChangeMember(Input):
    """``role`` and ``email`` need a fresh sign-in."""

    model_config = _example(role="organizer", job_title="Deputy head")
    name: Name = ""
    role: Role = "staff"
    email: Email = ""
    job_title: JobTitle | None = None
    works_on: Weekdays | None = None
    until: Day | None = None


class AddAway(Input):
    """Both days are away; there is no field for the reason."""

    model_config = _example(start="2026-12-01", end="2026-12-04")
    start: Day
    end: Day


class MakeJoinLink(Input):
    model_config = _example(role="staff", uses=40, days=7)
    role: Literal["guest", "staff"] = "staff"
    uses: Annotated[int, Field(ge=1, le=500)] = 50
    days: Annotated[int, Field(ge=1, le=30)] = 7


# ── the school ───────────────────────────────────────────────────────────────────────────────────


class ChangeSchool(Input):
    model_config = _example(title="Riverbend School", time_zone="Europe/Berlin", weekdays="12345")
    title: Name = ""
    time_zone: Zone = ""
    locale: Literal["en"] = "en"
    weekdays: Weekdays = ""


class AddSchoolYear(Input):
    model_config = _example(title="2026/27", start="2026-08-31", end="2027-07-16", ab_weeks=True)
    title: Name
    start: Day
    end: Day
    #: weeks take turns as A and B
    ab_weeks: bool = False


class ChangeSchoolYear(Input):
    model_config = _example(end="2027-07-23")
    title: Name = ""
    start: Day = ""
    end: Day = ""
    ab_weeks: bool = False


class AddTerm(Input):
    model_config = _example(title="Autumn term", start="2026-08-31", end="2026-12-18")
    title: Name
    start: Day
    end: Day


class ChangeTerm(Input):
    model_config = _example(end="2026-12-17")
    title: Name = ""
    start: Day = ""
    end: Day = ""


class AddClosedDays(Input):
    model_config = _example(title="Half-term", start="2026-10-19", end="2026-10-30", staff_day=False)
    title: Name
    start: Day
    #: the last day; the same day when left out
    end: Day | None = None
    #: open for staff, closed for pupils
    staff_day: bool = False


class ChangeClosedDays(Input):
    model_config = _example(title="Autumn break")
    title: Name = ""
    start: Day = ""
    end: Day = ""
    staff_day: bool = False


class SetWeekLetter(Input):
    model_config = _example(letter="B")
    letter: Literal["A", "B"]


class SchoolDaysQuery(Input):
    """How many school days from ``start`` (not counted) to ``end`` (counted)."""

    model_config = ConfigDict(extra="forbid", strict=False, frozen=True)
    start: Day
    end: Day
    member_id: Id | None = None


class ImportQuery(Input):
    model_config = ConfigDict(extra="forbid", strict=False, frozen=True)
    #: each whole day in the file is a closed one, whatever it is called
    everything: bool = False


# ── answers ──────────────────────────────────────────────────────────────────────────────────────


class MeWritten(Output):
    data: dict[str, Any]


class MeRead(Output):
    room: str
    seq: int
    data: dict[str, Any]
    can: list[str]


def _own_path(text: str) -> str:
    if not is_own_path(text):
        raise ValueError(_("Name a page of this site, as in /boards/7/cards/9."))
    return text


#: as the page that it is typed on names it
Place = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9 ._~-]+$")]


class KeepDraft(Input):
    model_config = _example(place="comment~12~", text="I was just about to say", path="/boards/7/cards/9")
    place: Place
    text: Annotated[str, StringConstraints(max_length=100_000)]
    #: the saved text that it changes
    base: Body | None = None
    #: of that text
    version: Annotated[int, Field(ge=0, le=MOST_SAFE)] | None = None
    path: Annotated[str, StringConstraints(max_length=200), AfterValidator(_own_path)] | None = None


class DropDrafts(Input):
    model_config = ConfigDict(extra="forbid", strict=False, frozen=True, defer_build=True)
    #: none: all of them
    place: Place | None = None


class MemberWritten(Output):
    data: dict[str, Any]
    events: list[dict[str, Any]]


class MemberRead(Output):
    data: dict[str, Any]
    can: list[str]


class Listed(Output):
    data: list[dict[str, Any]]
    next: str | None


class TokenMade(Output):
    data: dict[str, Any]


class CalendarRead(Output):
    room: str
    seq: int
    data: dict[str, Any]
    can: list[str]
