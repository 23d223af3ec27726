"""Who sees what stands in a group or an initiative, who may do what there, and why: in words for people, from the same facts as the rights."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _


@dataclass(frozen=True)
class Line:
    icon: str
    who: str
    may: str
    why: str


def of_group(group: Any) -> list[Line]:
    """``group``: as ``group_seen`` gives it; the same holds for its boards."""
    if group.closed:
        return [
            Line("lock", _("Members of the group"), _may_edit(), _("The group is closed: no role in the school opens it.")),
            Line("settings", _("Leads of the group"), _may_set(), _("They lead it.")),
        ]  # fmt: skip
    lines = [_members()]
    if group.initiative_id is not None and group.initiative_closed:
        lines.insert(
            0, Line("lock", _("Members of the initiative"), _may_say(), _("The group is open, its initiative is closed."))
        )  # fmt: skip
        return [
            *lines,
            Line("settings", _("Leads of the group, owners of the initiative"), _may_set(), _("They lead it.")),
        ]
    heads = (
        _("Leads of the group, organizers and admins")
        if group.initiative_id is None
        else _("Leads of the group, owners of the initiative, organizers and admins")
    )
    return [_everybody(_("The group is open.")), *lines, Line("settings", heads, _may_set(), _("They lead it, or organize the school."))]  # fmt: skip


def of_initiative(initiative: Any, board: bool = False) -> list[Line]:
    """``initiative``: as ``initiative_seen`` gives it. ``board``: of one of its own boards."""
    own = Line("target", _("Members of the initiative"), _may_edit(), _("They belong to it."))
    if initiative.closed:
        own = Line("lock", own.who, own.may, _("The initiative is closed: no role in the school opens it."))
        lines = [own, Line("settings", _("Owners of the initiative"), _may_set(), _("They lead it."))]
    else:
        heads = _("Owners of the initiative, organizers and admins")
        lines = [
            _everybody(_("The initiative is open.")),
            own,
            Line("settings", heads, _may_set(), _("They lead it, or organize the school.")),
        ]
    if board:
        return lines
    return [*lines, Line("users", _("Its groups"), _("say each for itself who sees them"), _("A closed group stays closed in an open initiative."))]  # fmt: skip


def _everybody(why: str) -> Line:
    return Line("globe", _("Everybody who works at the school"), _may_say(), why)


def _members() -> Line:
    return Line("users", _("Members of the group"), _may_edit(), _("They are in the group."))


def _may_say() -> str:
    return _("can see it and comment")


def _may_edit() -> str:
    return _("can see it, comment, and change cards and lists")


def _may_set() -> str:
    return _("can also change its settings, its people and with whom it is shared")
