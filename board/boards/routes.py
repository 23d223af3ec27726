"""HTTP of boards, lists, cards and their parts: parse → command → answer."""

from flask import Response

from board.boards import activity, export, guests, queries, records, sight, starts
from board.boards import schemas as s
from board.boards.commands import (
    attachments,
    batch,
    boards,
    cards,
    checklists,
    copies,
    fields,
    labels,
    links,
    lists,
    owners,
    proposals,
    recurrences,
    views,
)
from board.core import command, http, journal, limits, paging, snapshots
from board.core.access import signed_in
from board.core.api import Api
from board.core.db import Tx, reading
from board.core.http import if_match
from board.core.journal import Entry
from board.core.schemas import Page

api = Api("boards")
entries = Entry.__table__


@api.get("/boards", query=s.BoardsPage, out=s.BoardList)
def list_boards(query: s.BoardsPage) -> Response:
    """The boards that you may see."""
    after = (paging.read(query.after, int) or (0,))[0]
    with reading() as tx:
        rows = queries.list_boards(tx, signed_in(), after, query.limit + 1, archived=query.archived)
    shown, next = paging.page(rows, query.limit, lambda r: (r.id,))
    return http.json({"data": [records.board_record(r) for r in shown], "next": next})


@api.post("/boards", body=s.MakeBoard, out=s.BoardWritten, ability="make_board")
def make_board(body: s.MakeBoard) -> Response:
    """Make a board in a group or an initiative."""
    return command.run(boards.make_board, body, status=201)


@api.get("/boards/<int:board_id>", out=s.BoardSnapshot)
def read_board(board_id: int) -> Response:
    """The board as it stands, with the seq to go on from."""
    return snapshots.answer(f"board:{board_id}")


@api.patch("/boards/<int:board_id>", body=s.ChangeBoard, out=s.BoardWritten, ability="change_board")
def change_board(board_id: int, body: s.ChangeBoard) -> Response:
    """Rename a board, or choose its background."""
    return command.run(boards.change_board, board_id, body)


@api.get("/board-templates", out=s.Templates)
def list_templates() -> Response:
    """What a new board can start with: boards of your school that are offered as such, and a few that come along."""
    with reading() as tx:
        rows = queries.templates(tx, signed_in())
    return http.json({"box": starts.offered(), "data": [records.board_record(r) for r in rows]})


@api.post("/boards/<int:board_id>/copies", body=s.CopyBoard, out=s.BoardWritten)
def copy_board(board_id: int, body: s.CopyBoard) -> Response:
    """Make a board like another, with its cards or without."""
    return command.run(copies.copy_board, board_id, body, status=201)


@api.get("/boards/<int:board_id>/export", query=s.Export, out=s.BoardExport)
def export_board(board_id: int, query: s.Export) -> Response:
    """The whole board as a file: csv for a spreadsheet, json with all that is said on it."""
    actor = signed_in()
    limits.current().spend(limits.EXPORTS, "exports", str(actor.member_id))
    write, kind = export.FORMATS[query.format]
    with reading() as tx:
        return export.answer(write(tx, actor, board_id), kind, f"board-{board_id}.{query.format}")


@api.put("/boards/<int:board_id>/archive", out=s.BoardWritten, ability="archive_board")
def archive_board(board_id: int) -> Response:
    """Put a whole board away: it can still be read."""
    return command.run(boards.archive_board, board_id, alone=True)


@api.delete("/boards/<int:board_id>/archive", out=s.BoardWritten, ability="restore_board")
def restore_board(board_id: int) -> Response:
    """Put an archived board to work again."""
    return command.run(boards.restore_board, board_id, alone=True)


@api.post("/boards/<int:board_id>/batch", body=s.ChangeCards, out=s.CardsChangedWritten, ability="change_cards")
def change_cards(board_id: int, body: s.ChangeCards) -> Response:
    """Do one thing to many cards of a board: move, label, hand out, date, finish or archive them."""
    return command.run(batch.change_cards, board_id, body, status=201)


@api.get("/boards/<int:board_id>/view", out=s.ViewRead)
def read_view(board_id: int) -> Response:
    """How you left the board: what you collapsed and looked for, and whether you keep it at hand."""
    with reading() as tx:
        return http.json({"data": views.read(tx, signed_in(), board_id)})


@api.put("/boards/<int:board_id>/view", body=s.ChangeView, out=s.ViewWritten)
def change_view(board_id: int, body: s.ChangeView) -> Response:
    """Keep how you left the board; what you do not name stays as it was."""
    return command.run(views.change_view, board_id, body)


@api.put("/boards/<int:board_id>/star", out=s.ViewWritten)
def star_board(board_id: int) -> Response:
    """Keep a board at hand."""
    return command.run(views.star_board, board_id)


@api.delete("/boards/<int:board_id>/star", out=s.ViewWritten)
def unstar_board(board_id: int) -> Response:
    """Keep a board at hand no longer."""
    return command.run(views.unstar_board, board_id)


@api.get("/boards/<int:board_id>/guests", out=s.GuestList)
def list_guests(board_id: int) -> Response:
    """With whom a board is shared by name, and what each may do; a guest is told of herself alone."""
    actor = signed_in()
    with reading() as tx:
        return http.json({"data": guests.of_board(tx, actor, sight.board(tx, actor, board_id))})


@api.put("/boards/<int:board_id>/guests/<int:member_id>", body=s.Share, out=s.RightWritten, ability="set_guest")
def set_guest(board_id: int, member_id: int, body: s.Share) -> Response:
    """Share a board with one person."""
    return command.run(boards.set_guest, board_id, member_id, body, alone=True)


@api.delete("/boards/<int:board_id>/guests/<int:member_id>", out=s.RightWritten, ability="remove_guest")
def remove_guest(board_id: int, member_id: int) -> Response:
    """Stop sharing a board with somebody."""
    return command.run(boards.remove_guest, board_id, member_id, alone=True)


@api.get("/boards/<int:board_id>/archive", query=s.ShelfPage, out=s.Rows)
def read_archive(board_id: int, query: s.ShelfPage) -> Response:
    """Archived lists and cards; a row with list_id is a card."""
    with reading() as tx:
        data, next = queries.archive(tx, signed_in(), board_id, query.after, query.limit, query.q.strip())
        return _in_room(tx, f"board:{board_id}", {"data": data, "next": next})


@api.get("/boards/<int:board_id>/bin", query=s.ShelfPage, out=s.Rows)
def read_bin(board_id: int, query: s.ShelfPage) -> Response:
    """Cards in the bin."""
    with reading() as tx:
        data, next = queries.bin_(tx, signed_in(), board_id, query.after, query.limit, query.q.strip())
        return _in_room(tx, f"board:{board_id}", {"data": data, "next": next})


@api.get("/boards/<int:board_id>/activity", query=Page, out=s.Rows)
def read_board_activity(board_id: int, query: Page) -> Response:
    """What happened on the board, newest first."""
    with reading() as tx:
        sight.board(tx, signed_in(), board_id)
        return _activity(tx, f"board:{board_id}", query, None, entries.c.room == f"board:{board_id}")


@api.post("/boards/<int:board_id>/lists", body=s.MakeList, out=s.ListWritten, ability="make_list")
def make_list(board_id: int, body: s.MakeList) -> Response:
    """Add a list at the end."""
    return command.run(lists.make_list, board_id, body, status=201)


@api.patch("/lists/<int:list_id>", body=s.ChangeList, out=s.ListWritten, ability="change_list")
def change_list(list_id: int, body: s.ChangeList) -> Response:
    """Rename or colour a list, say that it means done, or limit it."""
    return command.run(lists.change_list, list_id, body)


@api.put("/lists/<int:list_id>/position", body=s.PlaceList, out=s.ListWritten, ability="move_list")
def move_list(list_id: int, body: s.PlaceList) -> Response:
    """Put a list next to another; at the end when neither is named."""
    return command.run(lists.move_list, list_id, body)


@api.post("/lists/<int:list_id>/copies", body=s.CopyList, out=s.ListCopiedWritten, ability="copy_list")
def copy_list(list_id: int, body: s.CopyList) -> Response:
    """Make a list like another, with its open cards, on its board or on another."""
    return command.run(copies.copy_list, list_id, body, status=201, alone=True)


@api.put("/lists/<int:list_id>/board", body=s.PlaceListOnBoard, out=s.ListWritten, ability="move_list_to_board")
def move_list_to_board(list_id: int, body: s.PlaceListOnBoard) -> Response:
    """Put a list with all its cards on another board."""
    return command.run(copies.move_list_to_board, list_id, body, alone=True)


@api.put("/lists/<int:list_id>/archive", out=s.ListWritten, ability="archive_list")
def archive_list(list_id: int) -> Response:
    """Put a list and its cards into the archive."""
    return command.run(lists.archive_list, list_id, alone=True)


@api.delete("/lists/<int:list_id>/archive", out=s.ListWritten, ability="restore_list")
def restore_list(list_id: int) -> Response:
    """Take a list out of the archive."""
    return command.run(lists.restore_list, list_id, alone=True)


@api.post("/lists/<int:list_id>/cards", body=s.MakeCard, out=s.CardWritten, ability="make_card")
def make_card(list_id: int, body: s.MakeCard) -> Response:
    """Add a card at the end of a list."""
    return command.run(cards.make_card, list_id, body, status=201)


@api.post("/lists/<int:list_id>/batch", body=s.MakeCards, out=s.CardsMadeWritten, ability="make_cards")
def make_cards(list_id: int, body: s.MakeCards) -> Response:
    """Add many cards at the end of a list, in the order given."""
    return command.run(batch.make_cards, list_id, body, status=201)


@api.post("/cards/<int:card_id>/copies", body=s.CopyCard, out=s.CardWritten, ability="copy_card")
def copy_card(card_id: int, body: s.CopyCard) -> Response:
    """Make a card like another, in its list or elsewhere; owners are asked."""
    return command.run(copies.copy_card, card_id, body, status=201)


@api.put("/cards/<int:card_id>/recurrence", body=s.SetRecurrence, out=s.CardWritten, ability="set_recurrence")
def set_recurrence(card_id: int, body: s.SetRecurrence) -> Response:
    """Let a card come again on school days."""
    return command.run(recurrences.set_recurrence, card_id, body)


@api.delete("/cards/<int:card_id>/recurrence", out=s.CardWritten, ability="clear_recurrence")
def clear_recurrence(card_id: int) -> Response:
    """Let a card come no more."""
    return command.run(recurrences.clear_recurrence, card_id)


@api.get("/cards/<int:card_id>", out=s.CardRead)
def read_card(card_id: int) -> Response:
    """One card with everything on it."""
    with reading() as tx:
        return http.json(queries.card_page(tx, signed_in(), card_id))


@api.patch("/cards/<int:card_id>", body=s.ChangeCard, out=s.CardWritten, ability="change_card")
def change_card(card_id: int, body: s.ChangeCard) -> Response:
    """Change a card's texts and dates."""
    return command.run(cards.change_card, card_id, body, if_match())


@api.delete("/cards/<int:card_id>", out=s.CardWritten, ability="bin_card")
def bin_card(card_id: int) -> Response:
    """Put a card into the bin, for 30 days."""
    return command.run(cards.bin_card, card_id)


@api.delete("/cards/<int:card_id>/bin", out=s.CardWritten, ability="unbin_card")
def unbin_card(card_id: int) -> Response:
    """Take a card out of the bin."""
    return command.run(cards.unbin_card, card_id)


@api.put("/cards/<int:card_id>/position", body=s.PlaceCard, out=s.CardWritten, ability="move_card")
def move_card(card_id: int, body: s.PlaceCard) -> Response:
    """Put a card next to another; at the end of the list when neither is named."""
    return command.run(cards.move_card, card_id, body)


@api.put("/cards/<int:card_id>/done", out=s.CardWritten, ability="finish_card")
def finish_card(card_id: int) -> Response:
    """Say that a card is done."""
    return command.run(cards.finish_card, card_id)


@api.delete("/cards/<int:card_id>/done", out=s.CardWritten, ability="reopen_card")
def reopen_card(card_id: int) -> Response:
    """Say that a card is not done after all."""
    return command.run(cards.reopen_card, card_id)


@api.put("/cards/<int:card_id>/archive", out=s.CardWritten, ability="archive_card")
def archive_card(card_id: int) -> Response:
    """Put a card into the archive."""
    return command.run(cards.archive_card, card_id)


@api.delete("/cards/<int:card_id>/archive", out=s.CardWritten, ability="restore_card")
def restore_card(card_id: int) -> Response:
    """Take a card out of the archive."""
    return command.run(cards.restore_card, card_id)


@api.put("/cards/<int:card_id>/owners/<int:member_id>", out=s.CardWritten, ability="set_owner")
def set_owner(card_id: int, member_id: int) -> Response:
    """Ask somebody to own a card, take it yourself, or say yes to having been asked."""
    return command.run(owners.set_owner, card_id, member_id)


@api.delete("/cards/<int:card_id>/owners/<int:member_id>", out=s.CardWritten, ability="remove_owner")
def remove_owner(card_id: int, member_id: int) -> Response:
    """Take a card from somebody, or say no to having been asked."""
    return command.run(owners.remove_owner, card_id, member_id)


@api.put("/cards/<int:card_id>/owners/<int:member_id>/proposal", body=s.ProposeDate, out=s.CardWritten)
def propose_date(card_id: int, member_id: int, body: s.ProposeDate) -> Response:
    """Answer to having been asked: not until then, but until another date."""
    return command.run(proposals.propose_date, card_id, member_id, body)


@api.delete("/cards/<int:card_id>/owners/<int:member_id>/proposal", out=s.CardWritten, ability="drop_date")
def drop_date(card_id: int, member_id: int) -> Response:
    """Take back the other date that you proposed, or leave the date of a card as it is."""
    return command.run(proposals.drop_date, card_id, member_id)


@api.put("/cards/<int:card_id>/owners/<int:member_id>/proposal/acceptance", out=s.CardWritten, ability="accept_date")
def accept_date(card_id: int, member_id: int) -> Response:
    """Make a card due when the one who is asked proposed; with that she has said yes."""
    return command.run(proposals.accept_date, card_id, member_id)


@api.put("/cards/<int:card_id>/labels/<int:label_id>", out=s.CardWritten, ability="set_label")
def set_label(card_id: int, label_id: int) -> Response:
    """Put a label on a card."""
    return command.run(labels.set_label, card_id, label_id)


@api.delete("/cards/<int:card_id>/labels/<int:label_id>", out=s.CardWritten, ability="remove_label")
def remove_label(card_id: int, label_id: int) -> Response:
    """Take a label off a card."""
    return command.run(labels.remove_label, card_id, label_id)


@api.get("/cards/<int:card_id>/activity", query=Page, out=s.Rows)
def read_card_activity(card_id: int, query: Page) -> Response:
    """What happened to a card, newest first."""
    with reading() as tx:
        row = sight.card(tx, signed_in(), card_id)
        room = f"board:{row.board_id}"
        return _activity(tx, room, query, card_id, activity.of_card(row.board_id, card_id), entries.c.room == room)


@api.post("/boards/<int:board_id>/labels", body=s.MakeLabel, out=s.LabelWritten, ability="make_label")
def make_label(board_id: int, body: s.MakeLabel) -> Response:
    """Add a label to a board."""
    return command.run(labels.make_label, board_id, body, status=201)


@api.patch("/labels/<int:label_id>", body=s.ChangeLabel, out=s.LabelWritten, ability="change_label")
def change_label(label_id: int, body: s.ChangeLabel) -> Response:
    """Rename or recolour a label."""
    return command.run(labels.change_label, label_id, body)


@api.delete("/labels/<int:label_id>", out=s.LabelWritten, ability="delete_label")
def delete_label(label_id: int) -> Response:
    """Delete a label, from its cards too."""
    return command.run(labels.delete_label, label_id, alone=True)


@api.post("/cards/<int:card_id>/checklists", body=s.MakeChecklist, out=s.ChecklistWritten, ability="make_checklist")
def make_checklist(card_id: int, body: s.MakeChecklist) -> Response:
    """Add a checklist to a card."""
    return command.run(checklists.make_checklist, card_id, body, status=201)


@api.patch("/checklists/<int:checklist_id>", body=s.ChangeChecklist, out=s.ChecklistWritten, ability="change_checklist")
def change_checklist(checklist_id: int, body: s.ChangeChecklist) -> Response:
    """Rename a checklist."""
    return command.run(checklists.change_checklist, checklist_id, body)


@api.put(
    "/checklists/<int:checklist_id>/position", body=s.PlaceChecklist, out=s.ChecklistWritten, ability="move_checklist"
)
def move_checklist(checklist_id: int, body: s.PlaceChecklist) -> Response:
    """Put a checklist next to another of its card; at the end when neither is named."""
    return command.run(checklists.move_checklist, checklist_id, body)


@api.delete("/checklists/<int:checklist_id>", out=s.ChecklistWritten, ability="delete_checklist")
def delete_checklist(checklist_id: int) -> Response:
    """Delete a checklist with its items."""
    return command.run(checklists.delete_checklist, checklist_id)


@api.post("/checklists/<int:checklist_id>/items", body=s.MakeItem, out=s.ItemWritten, ability="make_item")
def make_item(checklist_id: int, body: s.MakeItem) -> Response:
    """Add an item to a checklist."""
    return command.run(checklists.make_item, checklist_id, body, status=201)


@api.post("/checklists/<int:checklist_id>/lines", body=s.MakeItems, out=s.ItemsWritten, ability="make_items")
def make_items(checklist_id: int, body: s.MakeItems) -> Response:
    """Add many items to a checklist at once, one for each line of a text."""
    return command.run(checklists.make_items, checklist_id, body, status=201)


@api.patch("/items/<int:item_id>", body=s.ChangeItem, out=s.ItemWritten, ability="change_item")
def change_item(item_id: int, body: s.ChangeItem) -> Response:
    """Rename an item, say who does it, and by when."""
    return command.run(checklists.change_item, item_id, body)


@api.put("/items/<int:item_id>/position", body=s.PlaceItem, out=s.ItemWritten, ability="move_item")
def move_item(item_id: int, body: s.PlaceItem) -> Response:
    """Put an item next to another, in its checklist or another of the card; at the end when neither is named."""
    return command.run(checklists.move_item, item_id, body)


@api.post("/items/<int:item_id>/card", body=s.MakeCardOfItem, out=s.CardWritten, ability="make_card_of_item")
def make_card_of_item(item_id: int, body: s.MakeCardOfItem) -> Response:
    """Make a card of an item, right after the item's own card or at the end of another list; its owner is asked."""
    return command.run(checklists.make_card_of_item, item_id, body, status=201)


@api.delete("/items/<int:item_id>", out=s.ItemWritten, ability="delete_item")
def delete_item(item_id: int) -> Response:
    """Delete an item."""
    return command.run(checklists.delete_item, item_id)


@api.put("/items/<int:item_id>/done", out=s.ItemWritten, ability="finish_item")
def finish_item(item_id: int) -> Response:
    """Tick an item."""
    return command.run(checklists.finish_item, item_id)


@api.delete("/items/<int:item_id>/done", out=s.ItemWritten, ability="reopen_item")
def reopen_item(item_id: int) -> Response:
    """Untick an item."""
    return command.run(checklists.reopen_item, item_id)


@api.post("/cards/<int:card_id>/links", body=s.AddLink, out=s.LinkWritten, ability="add_link")
def add_link(card_id: int, body: s.AddLink) -> Response:
    """Say what a card has to do with another."""
    # A circle could be closed at both ends at the same moment.
    return command.run(links.add_link, card_id, body, status=201, alone=True)


@api.delete("/links/<int:card_link_id>", out=s.LinkWritten, ability="remove_link")
def remove_link(card_link_id: int) -> Response:
    """Take a link between two cards away."""
    return command.run(links.remove_link, card_link_id)


@api.post("/boards/<int:board_id>/fields", body=s.MakeField, out=s.FieldWritten, ability="make_field")
def make_field(board_id: int, body: s.MakeField) -> Response:
    """Add a field to all cards of a board."""
    return command.run(fields.make_field, board_id, body, status=201)


@api.patch("/fields/<int:field_id>", body=s.ChangeField, out=s.FieldWritten, ability="change_field")
def change_field(field_id: int, body: s.ChangeField) -> Response:
    """Rename a field, change what can be chosen, or show it on the front of the cards."""
    return command.run(fields.change_field, field_id, body, alone=True)


@api.put("/fields/<int:field_id>/position", body=s.PlaceField, out=s.FieldWritten, ability="move_field")
def move_field(field_id: int, body: s.PlaceField) -> Response:
    """Put a field next to another of its board; at the end when neither is named."""
    return command.run(fields.move_field, field_id, body)


@api.delete("/fields/<int:field_id>", out=s.FieldWritten, ability="delete_field")
def delete_field(field_id: int) -> Response:
    """Delete a field, with what stands in it on the cards."""
    return command.run(fields.delete_field, field_id, alone=True)


@api.put("/cards/<int:card_id>/fields/<int:field_id>", body=s.SetField, out=s.CardWritten, ability="set_field")
def set_field(card_id: int, field_id: int, body: s.SetField) -> Response:
    """Write something into a field of a card."""
    return command.run(fields.set_field, card_id, field_id, body)


@api.delete("/cards/<int:card_id>/fields/<int:field_id>", out=s.CardWritten, ability="clear_field")
def clear_field(card_id: int, field_id: int) -> Response:
    """Empty a field of a card."""
    return command.run(fields.clear_field, card_id, field_id)


@api.post("/cards/<int:card_id>/attachments", body=s.AddAttachment, out=s.AttachmentWritten, ability="add_attachment")
def add_attachment(card_id: int, body: s.AddAttachment) -> Response:
    """Put a link on a card."""
    return command.run(attachments.add_attachment, card_id, body, status=201)


@api.delete("/attachments/<int:attachment_id>", out=s.AttachmentWritten, ability="remove_attachment")
def remove_attachment(attachment_id: int) -> Response:
    """Take a link off a card."""
    return command.run(attachments.remove_attachment, attachment_id)


def _activity(tx: Tx, room: str, query: Page, card_id: int | None, *conditions: object) -> Response:
    before = paging.read(query.after, str, int)
    rows = journal.activity(tx, *conditions, before=before, limit=query.limit + 1)
    shown, next = paging.page(rows, query.limit, lambda r: (r.at, r.seq))
    data = [activity.told(journal.for_people(r), card_id) for r in shown]
    return _in_room(tx, room, {"data": data, "next": next})


def _in_room(tx: Tx, room: str, answer: dict[str, object]) -> Response:
    seq, _ = journal.head(tx, room)
    return http.json({"room": room, "seq": seq, **answer})
