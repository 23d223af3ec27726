"""The first initiative, with a board that is its own plan: made by the ordinary verbs, in one change."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _

from board.boards import schemas as on_boards
from board.boards.commands import boards, cards, checklists, lists
from board.core import wording
from board.core.access import need
from board.core.command import Change
from board.core.errors import Invalid
from board.guide import abilities, content, queries
from board.guide.schemas import MakeStart
from board.initiatives import commands as initiatives
from board.initiatives import schemas as on_initiatives
from board.people import school_days

DAYS_A_WEEK = 5


def make_start(change: Change, body: MakeStart) -> dict[str, Any]:
    """Returns the ids of the initiative and of its board; without one when the school brings boards of its own."""
    need(abilities.in_school(change.actor), "make_start")
    texts = content.texts()
    today = school_days.today(change.tx, change.actor.school_id)
    if body.meeting:
        _need_school_day(change, date.fromisoformat(body.meeting), today)
    about = {**texts["initiative"], "title": queries.next_title(change.tx, change.actor)}
    made = initiatives.make_initiative(change, on_initiatives.MakeInitiative(**about, start=today.isoformat()))
    id = made["id"]
    if body.limits.strip():
        initiatives.change_initiative(change, id, on_initiatives.ChangeInitiative(norms=body.limits.strip()))
    if body.partner_id is not None and body.partner_id != change.actor.member_id:
        role = on_initiatives.InitiativeRole(role="owner")
        initiatives.set_initiative_member(change, id, body.partner_id, role)
    if body.start == content.BRING:
        return {"initiative_id": id, "board_id": None}
    return {"initiative_id": id, "board_id": _Steps(change, today).make(id, body)}


def _need_school_day(change: Change, meeting: date, today: date) -> None:
    """Raises Invalid, with the next day that would do: the day is over, or the school is closed."""
    days = school_days.of_school(change.tx, change.actor.school_id)
    if meeting >= today and school_days.is_school_day(days, meeting):
        return
    next = school_days.add_school_days(days, max(meeting, today), 0)
    day = wording.day(next.isoformat(), year=True)
    if meeting < today:
        words = _("This day is over. The next school day is %(day)s.", day=day)
    else:
        words = _("The school is closed on this day. The next school day is %(day)s.", day=day)
    raise Invalid.field("meeting", words)


class _Steps:
    def __init__(self, change: Change, today: date):
        self.change, self.today = change, today
        self.days = school_days.of_school(change.tx, change.actor.school_id)
        self.lists: dict[str, int] = {}

    def make(self, initiative_id: int, body: MakeStart) -> int:
        texts, smaller = content.texts(), content.smaller(body.start)
        title = smaller["title"] if smaller else texts["board"]["title"]
        board = boards.make_board(self.change, on_boards.MakeBoard(title=title, initiative_id=initiative_id))
        for about in texts["board"]["lists"]:
            made = lists.make_list(self.change, board["id"], on_boards.MakeList(**about))
            self.lists[about["title"]] = made["id"]
        if smaller:
            self._step("Now", smaller, due_in=smaller["weeks"])
        else:
            first, *others = texts["steps"]
            self._step("Now", texts["before"], due_in=texts["before"]["weeks"])
            self._step("Now", first, due_in=texts["before"]["weeks"] + first["weeks"])
            for step in others:
                self._step("Later", step)
        if body.meeting:
            self._meeting(date.fromisoformat(body.meeting), texts["meeting"])
        return int(board["id"])

    def _step(self, list_title: str, about: dict[str, Any], due_in: int | None = None) -> None:
        weeks = _("About %(weeks)s school weeks.", weeks=about["weeks"])
        makes = "".join(f"\n- {thing}" for thing in about.get("makes", ()))
        words = f"{about['explanation']}\n\n{weeks}" + (f"\n\n{_('It makes:')}\n{makes}" if makes else "")
        due = self._day(self.today, due_in * DAYS_A_WEEK) if due_in else None
        self._card(
            list_title, about["title"], words, about["measure"], due, [(t, None) for t in about.get("checklist", ())]
        )

    def _meeting(self, day: date, about: dict[str, Any]) -> None:
        """Planned backwards: what must be ready how many school days before; what should be by now, on the next school day."""
        first = min(self._day(self.today, 0), day.isoformat())
        steps = [(step["title"], max(first, self._day(day, -step["school_days_before"]))) for step in about["steps"]]
        self._card("Now", about["title"], about["description"], about["measure"], day.isoformat(), steps)

    def _card(
        self,
        list_title: str,
        title: str,
        words: str,
        measure: str,
        due: str | None,
        steps: Sequence[tuple[str, str | None]],
    ) -> None:
        change = self.change
        card = cards.make_card(
            change, self.lists[list_title], on_boards.MakeCard(title=title, description=words, due=due)
        )
        cards.change_card(change, card["id"], on_boards.ChangeCard(measure=measure))
        if not steps:
            return
        checklist = checklists.make_checklist(change, card["id"], on_boards.MakeChecklist(title=_("Steps")))
        for text, on in steps:
            item = checklists.make_item(change, checklist["id"], on_boards.MakeItem(title=text))
            if on:
                checklists.change_item(change, item["id"], on_boards.ChangeItem(due=on))

    def _day(self, day: date, school_days_on: int) -> str:
        return school_days.add_school_days(self.days, day, school_days_on).isoformat()
