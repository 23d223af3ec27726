"""Riverbend, a made-up school: made by the ordinary commands, each at a moment of the weeks before now, with dates counted in school days."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from sqlalchemy import select, update

from board.boards import schemas as on_boards
from board.boards.commands import boards, cards, checklists, labels, links, lists, owners, proposals, views
from board.core import command, times
from board.core.access import NOBODY, Actor
from board.core.command import Change
from board.core.db import reading
from board.discussions import commands as discussions
from board.discussions.schemas import AddComment
from board.exchange.pace import Pace
from board.initiatives import commands as initiatives
from board.initiatives import schemas as on_initiatives
from board.notifications import commands as notifications
from board.notifications.models import notices
from board.people import keys, school_days
from board.people import schemas as on_people
from board.people.commands import calendar, members, school, sessions
from board.people.models import Account, Link, Member, Session

CONTENT = Path(__file__).parent.parent / "content" / "riverbend.json"
_COLOURS: Any = ("blue", "green", "amber", "violet", "red", "grey")
_WEEKDAYS = {"mon": "1", "tue": "2", "wed": "3", "thu": "4", "fri": "5", "sat": "6", "sun": "7"}
_ROLES = {"leader": "organizer"}
#: how many school days ago the first card was made, and those that are still open were begun
_FIRST, _BEGUN = 54, 24
#: a notice of one of these kinds that is not older stays unread
_WAITING, _UNREAD_DAYS = ("asked", "answered", "mentioned", "replied"), 3
accounts, people, sessions_table = Account.__table__, Member.__table__, Session.__table__


def content() -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(CONTENT.read_bytes())
    return found


@dataclass(order=True)
class _Step:
    """Something that somebody does at its moment; of two at the same moment the one that was thought of first."""

    at: datetime
    number: int
    do: Callable[[], Any] = field(compare=False)


class Riverbend:
    def __init__(self, password: str, hashed: str):
        self.content, self.password, self.hashed = content(), password, hashed
        self.people: dict[str, Actor] = {}
        self.initiatives: dict[str, int] = {}
        self.groups: dict[str, int] = {}
        self.boards: dict[str, tuple[int, Actor]] = {}
        self.lists: dict[tuple[str, str], int] = {}
        self.labels: dict[tuple[str, str], int] = {}
        #: number in the content → the card as it was made
        self.cards: dict[int, dict[str, Any]] = {}
        #: in each list, the numbers of the cards that stand there
        self.standing: dict[int, list[int]] = {}
        self.steps: list[_Step] = []
        self.pace: Pace
        zone, now = ZoneInfo(self.content["school"]["timezone"]), times.clock()
        # Whole weeks, so that each day keeps its weekday: the school is always in the middle of its autumn.
        anchor, today = date.fromisoformat(self.content["anchor"]), now.astimezone(zone).date()
        self.shift = timedelta(weeks=(_monday(today) - _monday(anchor)).days // 7)
        start = date.fromisoformat(self._moved(self.content["school"]["terms"][0][1]))
        self.at = datetime.combine(start - timedelta(days=4), time(9), zone)
        self.pause = timedelta(seconds=70)
        self.zone, self.now = zone, now

    def make(self) -> None:
        self._staff()
        self._year()
        with reading() as tx:
            self.pace = Pace(school_days.of_school(tx, self.ana.school_id), self.zone, self.now)
        for initiative in self.content["initiatives"]:
            self._initiative(initiative)
        for group in self.content["groups"]:
            self._group(group)
        for board in self.content["boards"]:
            self._board(board)
        self._guests()
        for key, starred in self.content["stars"].items():
            for board in starred:
                self._do(self.people[key], views.star_board, self.boards[board][0])
        for at, board in enumerate(self.content["boards"]):
            self._plan_board(board["key"], at)
        self._play()
        self._read()
        self._do(self.ana, _leave)

    @property
    def ana(self) -> Actor:
        return self.people["ana"]

    def _do(self, actor: Actor, verb: Any, *args: Any) -> Any:
        self.at += self.pause
        return command.perform(actor, _at(times.instant(self.at), verb), *args).record

    def _moved(self, day: str) -> str:
        return (date.fromisoformat(day) + self.shift).isoformat()

    # ── before the first card ────────────────────────────────────────────────────────────────────

    def _staff(self) -> None:
        first, *others = self.content["staff"]
        about = self.content["school"]
        body = on_people.SetUp(
            code="made-up-school", school=about["name"], name=first["name"], email=first["email"], password=self.password,
            time_zone=about["timezone"],
        )  # fmt: skip
        made = self._do(NOBODY, school.set_up, body, self.hashed, keys.mark(secrets.token_urlsafe(32)), "demo")
        with reading() as tx:
            opened = tx.scalar(select(Session.id).where(Session.member_id == made["id"]))
        # To name organizers takes a fresh sign-in, here as everywhere.
        self.people[first["key"]] = Actor(made["id"], made["school"]["id"], "admin", first["name"], session_id=opened)
        for person in others:
            self._person(person, _ROLES.get(person["role"], person["role"]))
        for visitor in self.content["visitors"]:
            self._do(self.ana, _give_password, self.people[visitor["key"]].member_id, self.hashed)

    def _person(self, person: dict[str, Any], role: Any) -> None:
        works_on = "".join(sorted(_WEEKDAYS[day] for day in person.get("works_on", ())))
        body = on_people.AddMember(
            name=person["name"], email=person["email"], role=role, job_title=person["job"],
            password=self.password if person["email"] else None, works_on=works_on or None,
        )  # fmt: skip
        made = self._do(self.ana, members.add_member, body, self.hashed if person["email"] else None)
        self.people[person["key"]] = Actor(made["id"], self.ana.school_id, role, person["name"])

    def _year(self) -> None:
        about, moved = self.content["school"], self._moved
        terms = about["terms"]
        start, end = moved(terms[0][1]), moved(terms[-1][2])
        body = on_people.AddSchoolYear(title=f"{start[:4]}/{end[2:4]}", start=start, end=end)
        year = self._do(self.ana, calendar.add_school_year, body)
        for title, first, last in terms:
            term = on_people.AddTerm(title=title, start=moved(first), end=moved(last))
            self._do(self.ana, calendar.add_term, year["id"], term)
        for closed in about["closed"]:
            days = on_people.AddClosedDays(
                title=closed["title"],
                start=moved(closed["first"]),
                end=moved(closed["last"]),
                staff_day=closed["staff_day"],
            )
            self._do(self.ana, calendar.add_closed_days, days)

    def _initiative(self, about: dict[str, Any]) -> None:
        owner, *others = about["owners"]
        start = self._moved(about["start"])
        body = on_initiatives.MakeInitiative(title=about["title"], purpose=about["purpose"], start=start)
        made = self._do(self.people[owner], initiatives.make_initiative, body)
        id = self.initiatives[about["key"]] = made["id"]
        if made["status"] != "open":
            self._do(self.ana, initiatives.change_initiative, id, on_initiatives.ChangeInitiative(status="open"))
        for key in others:
            role = on_initiatives.InitiativeRole(role="owner")
            self._do(self.people[owner], initiatives.set_initiative_member, id, self.people[key].member_id, role)
        if about.get("norms"):
            norms = on_initiatives.ChangeInitiative(**self._norms(about))
            self._do(self.people[owner], initiatives.change_initiative, id, norms)

    def _group(self, about: dict[str, Any]) -> None:
        body = on_initiatives.MakeGroup(
            title=about["title"],
            objective=about["objective"],
            initiative_id=self.initiatives.get(about.get("initiative", "")),
        )
        id = self.groups[about["key"]] = self._do(self.ana, initiatives.make_group, body)["id"]
        set_member = initiatives.set_group_member
        for key in sorted(about["members"], key=lambda k: k != about["lead"]):
            role = on_initiatives.GroupRole(role="lead" if key == about["lead"] else "member")
            if self.people[key] is not self.ana or role.role == "lead":
                self._do(self.ana, set_member, id, self.people[key].member_id, role)
        if about.get("norms"):
            self._do(self.ana, initiatives.change_group, id, on_initiatives.ChangeGroup(**self._norms(about)))
        if "ana" not in about["members"]:
            self._do(self.ana, initiatives.remove_group_member, id, self.ana.member_id)
        elif about["lead"] != "ana":
            self._do(self.ana, set_member, id, self.ana.member_id, on_initiatives.GroupRole(role="member"))

    def _norms(self, about: dict[str, Any]) -> dict[str, Any]:
        days, today = self.pace.days, self.pace.today
        look_again = school_days.add_school_days(days, today, about["look_again_in_school_days"])
        return {"norms": about["norms"], "norms_look_again": look_again.isoformat()}

    def _board(self, about: dict[str, Any]) -> None:
        body = on_boards.MakeBoard(
            title=about["title"],
            group_id=self.groups.get(about.get("group", "")),
            initiative_id=self.initiatives.get(about.get("initiative", "")),
        )
        leads = {g["key"]: self.people[g["lead"]] for g in self.content["groups"]}
        actor = leads.get(about.get("group", ""), self.ana)
        id = self._do(actor, boards.make_board, body)["id"]
        self.boards[about["key"]] = id, actor
        if about.get("background"):
            self._do(actor, boards.change_board, id, on_boards.ChangeBoard(background=about["background"]))
        for title in about["lists"]:
            done = title in about["done_lists"]
            made = self._do(actor, lists.make_list, id, on_boards.MakeList(title=title, done=done))
            self.lists[about["key"], title] = made["id"]
            if facts := about.get("facts", {}).get(title):
                self._do(actor, lists.change_list, made["id"], on_boards.ChangeList(**facts))
        used = dict.fromkeys(
            label for c in self.content["cards"] if c["board"] == about["key"] for label in c.get("labels", ())
        )
        for label, colour in zip(used, _COLOURS * 3, strict=False):
            made = self._do(actor, labels.make_label, id, on_boards.MakeLabel(title=label, colour=colour))
            self.labels[about["key"], label] = made["id"]

    def _guests(self) -> None:
        for guest in self.content["guests"]:
            self._person(guest, "guest")
            for share in guest["shared"]:
                of = "group" if "group" in share else "initiative"
                for board in (b for b in self.content["boards"] if b.get(of) == share[of]):
                    id, actor = self.boards[board["key"]]
                    right = on_boards.Share(right=share["can"])
                    self._do(actor, boards.set_guest, id, self.people[guest["key"]].member_id, right)

    # ── what happened since ──────────────────────────────────────────────────────────────────────

    def _plan_board(self, key: str, at: int) -> None:
        """``at``: the how-manieth board it is; each does things at other hours, so that all of them live."""
        first = next(title for board, title in self.lists if board == key)
        by_list: dict[str, list[dict[str, Any]]] = {}
        for about in self.content["cards"]:
            if about["board"] == key:
                by_list.setdefault(about["list"], []).append(about)
        for title, found in by_list.items():
            for place, about in enumerate(found):
                # One after the other, the last of them today or a few days ago.
                recent = (len(found) - 1 - place) * 9 // len(found) + (at * 2 + len(title)) % 4
                if about["done"]:
                    done = about["done_school_days_ago"]
                    self._plan(about, min(_FIRST, done + 8), first, title, done, at)
                elif title == first:
                    self._plan(about, 3 * recent // 2 + 3, first, title, None, at)
                else:
                    self._plan(about, _BEGUN - (place + at) % 8, first, title, recent, at)

    def _plan(self, about: dict[str, Any], made: int, first: str, title: str, moved: int | None, at: int) -> None:
        """``made``, ``moved``: how many school days ago."""
        number = about["number"]
        _, lead = self.boards[about["board"]]
        own = [self.people[k] for k in about.get("owners", ())]
        early, late = (number * 7 % 10) / 20, 0.5 + (number * 3 % 10) / 20
        self._then(made, early, self._card, about, first, own)
        for person in own:
            if person is not lead:
                self._then(made, late, self._on, person, owners.set_owner, number, person.member_id)
        if moved is not None:
            mover = own[0] if own and not about["done"] else lead
            self._then(moved, late, self._move, self._hand(about, mover), number, title)
        now = moved if moved is not None else max(0, made - 4)
        for place, item in enumerate(about.get("checklist", ())):
            if isinstance(item, list) and item[1]:
                worker = own[0] if own else lead
                step = max(0, now - place - 1) if not about["done"] else made - 1 - place
                self._then(step, early, self._tick, worker, about, place)
        if about.get("note"):
            self._then(now, 0.99, self._say, lead, number, about["note"])
        for said in about.get("talk", ()):
            self._then(said["ago"], late, self._talk, number, said)
        self._plan_asking(about, lead, at)

    def _plan_asking(self, about: dict[str, Any], lead: Actor, at: int) -> None:
        number = about["number"]
        for key in about.get("asked", ()):
            self._then(at % 2, 0.6, self._on, lead, owners.set_owner, number, self.people[key].member_id)
        if wish := about.get("proposes"):
            self._then(0, 0.8, self._propose, self.people[wish["by"]], number, wish)
        if about.get("help_minutes"):
            wanted = on_boards.ChangeCard(help_minutes=about["help_minutes"])
            self._then(1, 0.7, self._on, lead, cards.change_card, number, wanted)
        if about.get("waits_for"):
            self._then(2, 0.97, self._wait, lead, number, about["waits_for"])

    def _then(self, ago: int, share: float, do: Callable[..., Any], *args: Any) -> None:
        self.steps.append(_Step(self.pace.moment(ago, share), len(self.steps), partial(do, *args)))

    def _play(self) -> None:
        self.pause = timedelta(seconds=1)
        for step in sorted(self.steps):
            self.at = max(self.at, step.at)
            step.do()

    def _on(self, actor: Actor, verb: Any, number: int, *args: Any) -> Any:
        return self._do(actor, verb, self.cards[number]["id"], *args)

    def _card(self, about: dict[str, Any], first: str, own: list[Actor]) -> None:
        key, number = about["board"], about["number"]
        _, actor = self.boards[key]
        due = about.get("due_in_school_days")
        body = on_boards.MakeCard(
            title=about["title"],
            due=self._due(due) if due is not None else None,
            owner_ids=[person.member_id for person in own],
            label_ids=[self.labels[key, label] for label in about.get("labels", ())],
        )
        list_id = self.lists[key, first]
        self.cards[number] = self._do(actor, cards.make_card, list_id, body)
        self.standing.setdefault(list_id, []).append(number)
        if about.get("measure"):
            self._on(actor, cards.change_card, number, on_boards.ChangeCard(measure=about["measure"]))
        if about.get("checklist"):
            self._checklist(actor, number, about["checklist"])

    def _checklist(self, actor: Actor, number: int, found: list[Any]) -> None:
        made = self._on(actor, checklists.make_checklist, number, on_boards.MakeChecklist(title="Steps"))
        items = self.cards[number]["steps"] = []
        for about in found:
            title = about["title"] if isinstance(about, dict) else about[0]
            item = self._do(actor, checklists.make_item, made["id"], on_boards.MakeItem(title=title))
            items.append(item["id"])
            if isinstance(about, dict):
                owner, due = self.people[about["owner"]].member_id, self._due(about["due_in_school_days"])
                facts = on_boards.ChangeItem(owner_id=owner, due=due)
                self._do(actor, checklists.change_item, item["id"], facts)

    def _tick(self, actor: Actor, about: dict[str, Any], place: int) -> None:
        self._do(self._hand(about, actor), checklists.finish_item, self.cards[about["number"]]["steps"][place])

    def _hand(self, about: dict[str, Any], wanted: Actor) -> Actor:
        """Who may change the card: an owner from elsewhere has somebody of the group do it."""
        board = next(b for b in self.content["boards"] if b["key"] == about["board"])
        group = next((g for g in self.content["groups"] if g["key"] == board.get("group")), None)
        inside = group["members"] if group else ("ana", "maya", "thomas")
        return wanted if any(self.people[k] is wanted for k in inside) else self.boards[about["board"]][1]

    def _move(self, actor: Actor, number: int, title: str) -> None:
        """To its place in the order of the content, whoever stands there by now."""
        key = next(c["board"] for c in self.content["cards"] if c["number"] == number)
        list_id = self.lists[key, title]
        there = self.standing.setdefault(list_id, [])
        before = [n for n in there if n < number]
        after = [n for n in there if n > number]
        place = on_boards.PlaceCard(
            list_id=list_id,
            after_id=self.cards[max(before)]["id"] if before else None,
            before_id=self.cards[min(after)]["id"] if after and not before else None,
        )
        self._on(actor, cards.move_card, number, place)
        for numbers in self.standing.values():
            if number in numbers:
                numbers.remove(number)
        there.append(number)

    def _say(self, actor: Actor, number: int, text: str) -> Any:
        for key, person in self.people.items():
            text = text.replace(f"@{key}", f"@[{person.name}](member:{person.member_id})")
        return self._do(actor, discussions.add_comment, self.cards[number]["thread_id"], AddComment(body=text))

    def _talk(self, number: int, about: dict[str, Any]) -> None:
        said = self._say(self.people[about["by"]], number, about["text"])
        for emoji, key in about.get("reactions", ()):
            self._do(self.people[key], discussions.react_to_comment, said["id"], emoji)

    def _propose(self, actor: Actor, number: int, about: dict[str, Any]) -> None:
        body = on_boards.ProposeDate(due=self._due(about["due_in_school_days"]), note=about["note"])
        self._on(actor, proposals.propose_date, number, actor.member_id, body)

    def _wait(self, actor: Actor, number: int, other: int) -> None:
        body = on_boards.AddLink(other_id=self.cards[other]["id"], kind="waits")
        self._on(actor, links.add_link, number, body)

    def _due(self, in_days: int) -> str:
        return school_days.add_school_days(self.pace.days, self.pace.today, in_days).isoformat()

    def _read(self) -> None:
        """What waits for somebody since a few days is still unread; what is older, or merely came about, is read."""
        recent = times.instant(self.pace.now - timedelta(days=_UNREAD_DAYS))
        waiting = notices.c.reason.in_(_WAITING) & (notices.c.at >= recent)
        with reading() as tx:
            rows = tx.all(select(notices).where(~waiting, notices.c.read_at.is_(None)).order_by(notices.c.id))
        for person in self.people.values():
            hers = [row for row in rows if row.member_id == person.member_id]
            if hers:
                self._do(person, _mark_read, hers)


def _at(at: str, verb: Any) -> Any:
    def then(change: Change, *args: Any) -> Any:
        change.at = at
        return verb(change, *args)

    return then


def _mark_read(change: Change, rows: list[Any]) -> dict[str, Any]:
    notifications.mark(change, rows, change.at)
    return {}


def _give_password(change: Change, member_id: int, hashed: str) -> dict[str, Any]:
    """Who has a printed card has used it, and chosen what everybody has here."""
    hers = select(people.c.account_id).where(people.c.id == member_id).scalar_subquery()
    change.tx.execute(update(accounts).where(accounts.c.id == hers).values(password=hashed))
    change.tx.delete(Link, Link.member_id == member_id)
    return {}


def _leave(change: Change) -> dict[str, Any]:
    """The session in which all this was made."""
    sessions.end(change, sessions_table.c.member_id == change.actor.member_id)
    return {}


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
