"""HTTP of initiatives and groups."""

from flask import Response

from board.core import command, http, journal, paging
from board.core.access import signed_in
from board.core.api import Api
from board.core.db import reading
from board.core.http import if_match
from board.initiatives import abilities, commands, queries
from board.initiatives.models import group_seen, initiative_seen
from board.initiatives.schemas import (
    ChangeGroup,
    ChangeInitiative,
    GroupList,
    GroupRead,
    GroupRole,
    GroupWritten,
    InitiativeList,
    InitiativeRead,
    InitiativeRole,
    InitiativeWritten,
    MakeGroup,
    MakeInitiative,
    Places,
    RoleWritten,
)

api = Api("initiatives")


@api.get("/initiatives", query=Places, out=InitiativeList)
def list_initiatives(query: Places) -> Response:
    """The initiatives that you may see."""
    after = (paging.read(query.after, int) or (0,))[0]
    with reading() as tx:
        rows = queries.list_initiatives(tx, signed_in(), after, query.limit + 1, archived=query.archived)
    shown, next = paging.page(rows, query.limit, lambda r: (r.id,))
    return http.json({"data": [queries.initiative_record(r) for r in shown], "next": next})


@api.post("/initiatives", body=MakeInitiative, out=InitiativeWritten, ability="make_initiative")
def make_initiative(body: MakeInitiative) -> Response:
    """Open an initiative, or propose one."""
    return command.run(commands.make_initiative, body, status=201)


@api.get("/initiatives/<int:initiative_id>", out=InitiativeRead)
def read_initiative(initiative_id: int) -> Response:
    """One initiative."""
    actor = signed_in()
    with reading() as tx:
        row = initiative_seen(tx, actor, initiative_id)
        seq, _ = journal.head(tx, f"initiative:{initiative_id}")
    can = sorted(abilities.now(abilities.on_initiative(actor, row), row))
    return http.json(
        {"room": f"initiative:{initiative_id}", "seq": seq, "data": queries.initiative_full(row), "can": can}
    )


@api.patch(
    "/initiatives/<int:initiative_id>", body=ChangeInitiative, out=InitiativeWritten, ability="change_initiative"
)
def change_initiative(initiative_id: int, body: ChangeInitiative) -> Response:
    """Change an initiative's texts, dates, status, or close it to its members."""
    return command.run(
        commands.change_initiative, initiative_id, body, if_match(), alone="closed" in body.model_fields_set
    )


@api.put("/initiatives/<int:initiative_id>/norms/kept", out=InitiativeWritten, ability="keep_initiative_norms")
def keep_initiative_norms(initiative_id: int) -> Response:
    """Say that you have looked at the norms of an initiative and keep them: the day to look again moves on."""
    return command.run(commands.keep_initiative_norms, initiative_id)


@api.put("/initiatives/<int:initiative_id>/archive", out=InitiativeWritten, ability="archive_initiative")
def archive_initiative(initiative_id: int) -> Response:
    """Put an initiative away: out of the lists, still to be read."""
    return command.run(commands.archive_initiative, initiative_id, alone=True)


@api.delete("/initiatives/<int:initiative_id>/archive", out=InitiativeWritten, ability="restore_initiative")
def restore_initiative(initiative_id: int) -> Response:
    """Take an initiative out of the archive."""
    return command.run(commands.restore_initiative, initiative_id, alone=True)


@api.put(
    "/initiatives/<int:initiative_id>/members/<int:member_id>",
    body=InitiativeRole,
    out=RoleWritten,
    ability="set_initiative_member",
)
def set_initiative_member(initiative_id: int, member_id: int, body: InitiativeRole) -> Response:
    """Make somebody an owner or a member of an initiative."""
    return command.run(commands.set_initiative_member, initiative_id, member_id, body, alone=True)


@api.delete(
    "/initiatives/<int:initiative_id>/members/<int:member_id>", out=RoleWritten, ability="remove_initiative_member"
)
def remove_initiative_member(initiative_id: int, member_id: int) -> Response:
    """Take somebody out of an initiative, or leave it."""
    return command.run(commands.remove_initiative_member, initiative_id, member_id, alone=True)


@api.get("/groups", query=Places, out=GroupList)
def list_groups(query: Places) -> Response:
    """The groups that you may see."""
    after = (paging.read(query.after, int) or (0,))[0]
    with reading() as tx:
        rows = queries.list_groups(tx, signed_in(), after, query.limit + 1, archived=query.archived)
    shown, next = paging.page(rows, query.limit, lambda r: (r.id,))
    return http.json({"data": [queries.group_record(r) for r in shown], "next": next})


@api.post("/groups", body=MakeGroup, out=GroupWritten, ability="make_group")
def make_group(body: MakeGroup) -> Response:
    """Make a group, of an initiative or of the school."""
    return command.run(commands.make_group, body, status=201, alone=True)


@api.get("/groups/<int:group_id>", out=GroupRead)
def read_group(group_id: int) -> Response:
    """One group."""
    actor = signed_in()
    with reading() as tx:
        row = group_seen(tx, actor, group_id)
        seq, _ = journal.head(tx, f"group:{group_id}")
    return http.json(
        {
            "room": f"group:{group_id}",
            "seq": seq,
            "data": queries.group_full(row),
            "can": sorted(abilities.now(abilities.on_group(actor, row), row)),
        }
    )


@api.patch("/groups/<int:group_id>", body=ChangeGroup, out=GroupWritten, ability="change_group")
def change_group(group_id: int, body: ChangeGroup) -> Response:
    """Change a group's texts, or close it to its members."""
    return command.run(commands.change_group, group_id, body, if_match(), alone="closed" in body.model_fields_set)


@api.put("/groups/<int:group_id>/norms/kept", out=GroupWritten, ability="keep_group_norms")
def keep_group_norms(group_id: int) -> Response:
    """Say that you have looked at the norms of a group and keep them: the day to look again moves on."""
    return command.run(commands.keep_group_norms, group_id)


@api.put("/groups/<int:group_id>/archive", out=GroupWritten, ability="archive_group")
def archive_group(group_id: int) -> Response:
    """Put a group away: out of the lists, still to be read."""
    return command.run(commands.archive_group, group_id, alone=True)


@api.delete("/groups/<int:group_id>/archive", out=GroupWritten, ability="restore_group")
def restore_group(group_id: int) -> Response:
    """Take a group out of the archive."""
    return command.run(commands.restore_group, group_id, alone=True)


@api.put("/groups/<int:group_id>/members/<int:member_id>", body=GroupRole, out=RoleWritten, ability="set_group_member")
def set_group_member(group_id: int, member_id: int, body: GroupRole) -> Response:
    """Make somebody a lead or a member of a group."""
    return command.run(commands.set_group_member, group_id, member_id, body, alone=True)


@api.delete("/groups/<int:group_id>/members/<int:member_id>", out=RoleWritten, ability="remove_group_member")
def remove_group_member(group_id: int, member_id: int) -> Response:
    """Take somebody out of a group, or leave it."""
    return command.run(commands.remove_group_member, group_id, member_id, alone=True)
