"""Riverbend, a made-up school to look around in: made by the ordinary commands, with dates counted in school days from today."""

import secrets
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import orjson
from flask import Flask
from sqlalchemy import select

from board.boards import schemas as on_boards
from board.boards.commands import boards, cards, checklists, labels, lists, owners
from board.core import command, times
from board.core.access import NOBODY, Actor
from board.core.command import Change
from board.core.db import reading
from board.discussions import commands as discussions
from board.discussions.schemas import AddComment
from board.initiatives import commands as initiatives
from board.initiatives import schemas as on_initiatives
from board.notifications import commands as notifications
from board.notifications.models import notices
from board.people import first_start, keys, passwords, school_days
from board.people import schemas as on_people
from board.people.commands import calendar, members, school
from board.people.models import Session

CONTENT = Path(__file__).parent.parent / "content" / "riverbend.json"
#: of everybody in the made-up school
PASSWORD = "share the load"
SIGN_IN = "ana@riverbend.example (principal), maya@… or jon@riverbend.example (teachers)"
_COLOURS: Any = ("blue", "green", "amber", "violet", "red", "grey")
_WEEKDAYS = {"mon": "1", "tue": "2", "wed": "3", "thu": "4", "fri": "5", "sat": "6", "sun": "7"}
_ROLES = {"leader": "organizer"}


def fill(app: Flask) -> bool:
    """Makes the school where there is none; False when there is one already."""
    with app.app_context():
        with reading() as tx:
            if first_start.has_school(tx):
                return False
        _Riverbend(orjson.loads(CONTENT.read_bytes())).make()
        first_start.forget()
        return True


class _Riverbend:
    def __init__(self, content: dict[str, Any]):
        self.content = content
        self.people: dict[str, Actor] = {}
        self.initiatives: dict[str, int] = {}
        self.groups: dict[str, int] = {}
        self.boards: dict[str, tuple[int, Actor]] = {}
        self.lists: dict[tuple[str, str], int] = {}
        self.labels: dict[tuple[str, str], int] = {}
        self.hashed = passwords.hashed(PASSWORD)

    def make(self) -> None:
        self._staff()
        self._year()
        for initiative in self.content["initiatives"]:
            self._initiative(initiative)
        for group in self.content["groups"]:
            self._group(group)
        for board in self.content["boards"]:
            self._board(board)
        self._guests()
        with reading() as tx:
            today = school_days.today(tx, self.ana.school_id)
            days = school_days.of_school(tx, self.ana.school_id)
        asked = count(1)
        for card in self.content["cards"]:
            self._card(card, days, today, asked)
        self._read()

    @property
    def ana(self) -> Actor:
        return self.people["ana"]

    def _read(self) -> None:
        """Questions and mentions wait for everybody; what merely came about has been read."""
        waiting = notices.c.reason.in_(("asked", "mentioned"))
        with reading() as tx:
            rows = tx.all(select(notices.c.id, notices.c.member_id).where(~waiting).order_by(notices.c.id))
        people = {actor.member_id: actor for actor in self.people.values()}
        for row in rows:
            _do(people[row.member_id], notifications.read_notice, row.id)

    def _staff(self) -> None:
        first, *others = self.content["staff"]
        about = self.content["school"]
        body = on_people.SetUp(
            code="made-up-school", school=about["name"], name=first["name"], email=first["email"], password=PASSWORD,
            time_zone=about["timezone"],
        )  # fmt: skip
        made = _do(NOBODY, school.set_up, body, self.hashed, keys.mark(secrets.token_urlsafe(32)), "demo")
        with reading() as tx:
            opened = tx.scalar(select(Session.id).where(Session.member_id == made["id"]))
        # To name organizers takes a fresh sign-in, here as everywhere.
        self.people[first["key"]] = Actor(made["id"], made["school"]["id"], "admin", first["name"], session_id=opened)
        for person in others:
            self._person(person, _ROLES.get(person["role"], person["role"]))

    def _person(self, person: dict[str, Any], role: Any) -> None:
        works_on = "".join(sorted(_WEEKDAYS[day] for day in person.get("works_on", ())))
        body = on_people.AddMember(
            name=person["name"], email=person["email"], role=role, job_title=person["job"],
            password=PASSWORD if person["email"] else None, works_on=works_on or None,
        )  # fmt: skip
        made = _do(self.ana, members.add_member, body, self.hashed if person["email"] else None)
        self.people[person["key"]] = Actor(made["id"], self.ana.school_id, role, person["name"])

    def _year(self) -> None:
        # Whole weeks, so that each day keeps its weekday: the school is always in the middle of its autumn.
        about, anchor, now = self.content["school"], date.fromisoformat(self.content["anchor"]), times.clock().date()
        shift = timedelta(
            weeks=((now - timedelta(days=now.weekday())) - (anchor - timedelta(days=anchor.weekday()))).days // 7
        )

        def moved(day: str) -> str:
            return (date.fromisoformat(day) + shift).isoformat()

        terms = about["terms"]
        start, end = moved(terms[0][1]), moved(terms[-1][2])
        year = _do(
            self.ana,
            calendar.add_school_year,
            on_people.AddSchoolYear(title=f"{start[:4]}/{end[2:4]}", start=start, end=end),
        )
        for title, first, last in terms:
            _do(
                self.ana,
                calendar.add_term,
                year["id"],
                on_people.AddTerm(title=title, start=moved(first), end=moved(last)),
            )
        for closed in about["closed"]:
            body = on_people.AddClosedDays(
                title=closed["title"],
                start=moved(closed["first"]),
                end=moved(closed["last"]),
                staff_day=closed["staff_day"],
            )
            _do(self.ana, calendar.add_closed_days, body)

    def _initiative(self, about: dict[str, Any]) -> None:
        owner, *others = about["owners"]
        body = on_initiatives.MakeInitiative(title=about["title"], purpose=about["purpose"], start=about["start"])
        made = _do(self.people[owner], initiatives.make_initiative, body)
        id = self.initiatives[about["key"]] = made["id"]
        if made["status"] != "open":
            _do(self.ana, initiatives.change_initiative, id, on_initiatives.ChangeInitiative(status="open"))
        for key in others:
            role = on_initiatives.InitiativeRole(role="owner")
            _do(self.people[owner], initiatives.set_initiative_member, id, self.people[key].member_id, role)

    def _group(self, about: dict[str, Any]) -> None:
        body = on_initiatives.MakeGroup(
            title=about["title"],
            objective=about["objective"],
            initiative_id=self.initiatives.get(about.get("initiative", "")),
        )
        id = self.groups[about["key"]] = _do(self.ana, initiatives.make_group, body)["id"]
        for key in sorted(about["members"], key=lambda k: k != about["lead"]):
            role = on_initiatives.GroupRole(role="lead" if key == about["lead"] else "member")
            if self.people[key] is not self.ana or role.role == "lead":
                _do(self.ana, initiatives.set_group_member, id, self.people[key].member_id, role)
        if "ana" not in about["members"]:
            _do(self.ana, initiatives.remove_group_member, id, self.ana.member_id)
        elif about["lead"] != "ana":
            _do(self.ana, initiatives.set_group_member, id, self.ana.member_id, on_initiatives.GroupRole(role="member"))

    def _board(self, about: dict[str, Any]) -> None:
        body = on_boards.MakeBoard(
            title=about["title"],
            group_id=self.groups.get(about.get("group", "")),
            initiative_id=self.initiatives.get(about.get("initiative", "")),
        )
        leads = {g["key"]: self.people[g["lead"]] for g in self.content["groups"]}
        actor = leads.get(about.get("group", ""), self.ana)
        id = _do(actor, boards.make_board, body)["id"]
        self.boards[about["key"]] = id, actor
        for title in about["lists"]:
            done = title in about["done_lists"]
            made = _do(actor, lists.make_list, id, on_boards.MakeList(title=title, done=done))
            self.lists[about["key"], title] = made["id"]
        used = dict.fromkeys(
            label for c in self.content["cards"] if c["board"] == about["key"] for label in c.get("labels", ())
        )
        for label, colour in zip(used, _COLOURS * 3, strict=False):
            made = _do(actor, labels.make_label, id, on_boards.MakeLabel(title=label, colour=colour))
            self.labels[about["key"], label] = made["id"]

    def _guests(self) -> None:
        for guest in self.content["guests"]:
            self._person(guest, "guest")
            for share in guest["shared"]:
                of = "group" if "group" in share else "initiative"
                for board in (b for b in self.content["boards"] if b.get(of) == share[of]):
                    id, actor = self.boards[board["key"]]
                    right = on_boards.Share(right=share["can"])
                    _do(actor, boards.set_guest, id, self.people[guest["key"]].member_id, right)

    def _card(self, about: dict[str, Any], days: Any, today: date, asked: Any) -> None:
        key = about["board"]
        _, actor = self.boards[key]
        due = about.get("due_in_school_days")
        own = [self.people[k] for k in about.get("owners", ())]
        body = on_boards.MakeCard(
            title=about["title"],
            due=school_days.add_school_days(days, today, due).isoformat() if due is not None else None,
            owner_ids=[person.member_id for person in own],
            label_ids=[self.labels[key, label] for label in about.get("labels", ())],
        )
        card = _do(actor, cards.make_card, self.lists[key, about["list"]], body)
        for person in own:
            # Every ninth is still to be answered.
            if about["done"] or next(asked) % 9:
                _do(person, owners.set_owner, card["id"], person.member_id)
        if about.get("measure"):
            _do(actor, cards.change_card, card["id"], on_boards.ChangeCard(measure=about["measure"]))
        if about.get("checklist"):
            self._checklist(actor, card["id"], about["checklist"])
        if about.get("note"):
            _do(actor, discussions.add_comment, card["thread_id"], AddComment(body=about["note"]))
        if about["done"]:
            ago = about.get("done_school_days_ago", 1)
            on = school_days.add_school_days(days, today, -ago) if ago else today
            _do((own or [actor])[0], _finish, card["id"], f"{on.isoformat()}T15:00:00.000Z")

    def _checklist(self, actor: Actor, card_id: int, found: list[list[Any]]) -> None:
        made = _do(actor, checklists.make_checklist, card_id, on_boards.MakeChecklist(title="Steps"))
        for title, done in found:
            item = _do(actor, checklists.make_item, made["id"], on_boards.MakeItem(title=title))
            if done:
                _do(actor, checklists.finish_item, item["id"])


def _finish(change: Change, card_id: int, at: str) -> dict[str, Any]:
    change.at = at
    return cards.finish_card(change, card_id)


def _do(actor: Actor, verb: Any, *args: Any) -> Any:
    return command.perform(actor, verb, *args).record
