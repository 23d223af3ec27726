"""What people do on boards, as requests made of a few drawn numbers: right ones, foolish ones, and ones that are not theirs to make."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.boards.places import SECRET, Places, member

Request = tuple[str, str, dict[str, Any] | None]
WORDS = ("Timetable", "Hall", "Books", "Parents", "Trip", "Budget", "Songs", "Chairs")
DAYS = ("2026-11-27", "2026-12-01T08:00:00.000Z", None)
#: who may come and go in the open group: Rose stays outside, for she could carry what is closed there
COMERS = ("Jon", "Ana", "Thomas")


@dataclass
class Things:
    """What there is, by kind: (id, whether it is of the closed group)."""

    places: Places
    #: whether who acts now is of the closed group
    inside: bool = False
    of: dict[str, list[tuple[int, bool]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for place, closed in ((self.places.open, False), (self.places.closed, True)):
            self.add("board", place.board, closed)
            for kind in ("list", "card", "label", "thread"):
                for id in getattr(place, f"{kind}s"):
                    self.add(kind, id, closed)

    def add(self, kind: str, id: int, closed: bool) -> None:
        known = self.of.setdefault(kind, [])
        if (id, closed) not in known:
            known.append((id, closed))

    def pick(self, kind: str, n: int) -> tuple[int, bool]:
        """Mostly of her own; now and then of the others, or one that never was."""
        known = self.of.get(kind, [])
        hers = [entry for entry in known if entry[1] == self.inside]
        among = known if n % 7 == 6 else hers
        return among[n % len(among)] if among and n % 11 < 10 else (999_999, False)


def text(n: int, closed: bool) -> str:
    return f"{WORDS[n % len(WORDS)]} {n}{f' {SECRET}' if closed else ''}"


Verb = Callable[[Things, int, int, int], Request]


def make_card(t: Things, a: int, b: int, c: int) -> Request:
    list_, closed = t.pick("list", a)
    body: dict[str, Any] = {"title": text(b, closed), "due": DAYS[c % 3]}
    if c % 4 == 0:
        body["owner_ids"] = [1 + b % 6]
    if c % 5 == 0:
        body["label_ids"] = [t.pick("label", b)[0]]
    return "POST", f"/lists/{list_}/cards", body


def change_card(t: Things, a: int, b: int, c: int) -> Request:
    card, closed = t.pick("card", a)
    name = ("title", "description", "measure", "due", "start")[b % 5]
    value = DAYS[c % 3] if name in ("due", "start") else text(c, closed)
    return "PATCH", f"/cards/{card}", {name: value}


def move_card(t: Things, a: int, b: int, c: int) -> Request:
    body: dict[str, Any] = {"list_id": t.pick("list", b)[0]}
    if c % 3:
        body[("before_id", "after_id")[c % 2]] = t.pick("card", c)[0]
    return "PUT", f"/cards/{t.pick('card', a)[0]}/position", body


def switch_card(t: Things, a: int, b: int, c: int) -> Request:
    return ("PUT", "DELETE")[b % 2], f"/cards/{t.pick('card', a)[0]}/{('done', 'archive')[c % 2]}", None


def bin_card(t: Things, a: int, b: int, c: int) -> Request:
    return "DELETE", f"/cards/{t.pick('card', a)[0]}{('', '/bin')[b % 2]}", None


def own_card(t: Things, a: int, b: int, c: int) -> Request:
    return ("PUT", "DELETE")[c % 2], f"/cards/{t.pick('card', a)[0]}/owners/{1 + b % 7}", None


def propose_date(t: Things, a: int, b: int, c: int) -> Request:
    path = f"/cards/{t.pick('card', a)[0]}/owners/{1 + b % 7}/proposal"
    if c % 3 == 2:
        return "PUT", f"{path}/acceptance", None
    return ("DELETE", path, None) if c % 5 == 4 else ("PUT", path, {"due": DAYS[c % 2], "note": text(c, t.inside)})


def want_help(t: Things, a: int, b: int, c: int) -> Request:
    return "PATCH", f"/cards/{t.pick('card', a)[0]}", {"help_minutes": (15, 45, None)[c % 3]}


def label_card(t: Things, a: int, b: int, c: int) -> Request:
    return ("PUT", "DELETE")[c % 2], f"/cards/{t.pick('card', a)[0]}/labels/{t.pick('label', b)[0]}", None


def make_list(t: Things, a: int, b: int, c: int) -> Request:
    board, closed = t.pick("board", a)
    return "POST", f"/boards/{board}/lists", {"title": text(b, closed), "done": c % 2 == 0}


def change_list(t: Things, a: int, b: int, c: int) -> Request:
    list_, closed = t.pick("list", a)
    change = (
        {"title": text(b, closed)},
        {"done": b % 2 == 0},
        {"wip_limit": 1 + b % 5, "wip_hard": c % 8 > 3},
        {"wip_limit": None, "colour": ("red", None)[b % 2]},
    )
    return "PATCH", f"/lists/{list_}", change[c % 4]


def make_cards(t: Things, a: int, b: int, c: int) -> Request:
    list_, closed = t.pick("list", a)
    return "POST", f"/lists/{list_}/batch", {"titles": [text(b + n, closed) for n in range(1 + c % 4)]}


def change_cards(t: Things, a: int, b: int, c: int) -> Request:
    board, _ = t.pick("board", a)
    ids = [t.pick("card", n)[0] for n in (b, b + 1, c, a + c)][: 1 + (a + b) % 4]
    what: tuple[dict[str, Any], ...] = (
        {"position": {"list_id": t.pick("list", b)[0]}},
        {"position": {"list_id": t.pick("list", c)[0], ("before_id", "after_id")[b % 2]: t.pick("card", a)[0]}},
        {"label_ids": {("add", "remove")[b % 2]: [t.pick("label", a)[0]]}},
        {"owner_ids": {("add", "remove")[b % 2]: [1 + a % 7]}},
        {"due": DAYS[b % 3]},
        {"done": b % 2 == 0},
        {"archive": True},
    )
    return "POST", f"/boards/{board}/batch", {"card_ids": ids, **what[c % 7]}


def fold_board(t: Things, a: int, b: int, c: int) -> Request:
    return ("PUT", "DELETE")[b % 3 > 0], f"/boards/{t.pick('board', a)[0]}/archive", None


def keep_view(t: Things, a: int, b: int, c: int) -> Request:
    path = f"/boards/{t.pick('board', a)[0]}"
    if c % 2:
        return "PUT", f"{path}/view", {"collapsed": [t.pick("list", b)[0]]}
    return ("PUT", "DELETE")[b % 2], f"{path}/star", None


def move_list(t: Things, a: int, b: int, c: int) -> Request:
    body = {("before_id", "after_id")[c % 2]: t.pick("list", b)[0]} if c % 3 else {}
    return "PUT", f"/lists/{t.pick('list', a)[0]}/position", body


def fold_list(t: Things, a: int, b: int, c: int) -> Request:
    return ("PUT", "DELETE")[b % 2], f"/lists/{t.pick('list', a)[0]}/archive", None


def make_label(t: Things, a: int, b: int, c: int) -> Request:
    board, closed = t.pick("board", a)
    return "POST", f"/boards/{board}/labels", {"title": text(b, closed), "colour": ("red", "green")[c % 2]}


def change_label(t: Things, a: int, b: int, c: int) -> Request:
    label, closed = t.pick("label", a)
    return "PATCH", f"/labels/{label}", {"title": text(b, closed), "colour": ("red", "violet")[c % 2]}


def delete_label(t: Things, a: int, b: int, c: int) -> Request:
    return "DELETE", f"/labels/{t.pick('label', a)[0]}", None


def make_checklist(t: Things, a: int, b: int, c: int) -> Request:
    card, closed = t.pick("card", a)
    return "POST", f"/cards/{card}/checklists", {"title": text(b, closed)}


def change_checklist(t: Things, a: int, b: int, c: int) -> Request:
    checklist, closed = t.pick("checklist", a)
    if c % 3 == 0:
        return "DELETE", f"/checklists/{checklist}", None
    return "PATCH", f"/checklists/{checklist}", {"title": text(b, closed)}


def make_item(t: Things, a: int, b: int, c: int) -> Request:
    checklist, closed = t.pick("checklist", a)
    return "POST", f"/checklists/{checklist}/items", {"title": text(b, closed)}


def move_checklist(t: Things, a: int, b: int, c: int) -> Request:
    body = {("before_id", "after_id")[c % 2]: t.pick("checklist", b)[0]} if c % 3 else {}
    return "PUT", f"/checklists/{t.pick('checklist', a)[0]}/position", body


def make_items(t: Things, a: int, b: int, c: int) -> Request:
    checklist, closed = t.pick("checklist", a)
    return "POST", f"/checklists/{checklist}/lines", {"titles": [text(b + n, closed) for n in range(1 + c % 3)]}


def move_item(t: Things, a: int, b: int, c: int) -> Request:
    body: dict[str, Any] = {"checklist_id": t.pick("checklist", b)[0]}
    if c % 3:
        body[("before_id", "after_id")[c % 2]] = t.pick("item", c)[0]
    return "PUT", f"/items/{t.pick('item', a)[0]}/position", body


def give_item(t: Things, a: int, b: int, c: int) -> Request:
    body = ({"owner_id": 1 + b % 7}, {"owner_id": None}, {"due": DAYS[b % 3]})[c % 3]
    return "PATCH", f"/items/{t.pick('item', a)[0]}", body


def make_card_of_item(t: Things, a: int, b: int, c: int) -> Request:
    return "POST", f"/items/{t.pick('item', a)[0]}/card", {"list_id": t.pick("list", b)[0]} if c % 2 else {}


def change_item(t: Things, a: int, b: int, c: int) -> Request:
    item, closed = t.pick("item", a)
    requests: list[Request] = [
        ("PATCH", f"/items/{item}", {"title": text(b, closed)}),
        ("PUT", f"/items/{item}/done", None),
        ("DELETE", f"/items/{item}/done", None),
        ("DELETE", f"/items/{item}", None),
    ]
    return requests[c % 4]


def link(t: Things, a: int, b: int, c: int) -> Request:
    if c % 3 == 0:
        return "DELETE", f"/links/{t.pick('link', a)[0]}", None
    body = {"other_id": t.pick("card", b)[0], "kind": ("blocks", "blocks", "waits", "relates", "duplicates")[c % 5]}
    return "POST", f"/cards/{t.pick('card', a)[0]}/links", body


def make_field(t: Things, a: int, b: int, c: int) -> Request:
    board, closed = t.pick("board", a)
    kind = ("text", "number", "date", "tick", "choice")[c % 5]
    options = {"options": [{"title": text(b + n, closed)} for n in range(2)]} if kind == "choice" else {}
    return "POST", f"/boards/{board}/fields", {"title": text(b, closed), "kind": kind, "shown": b % 3 == 0, **options}


def change_field(t: Things, a: int, b: int, c: int) -> Request:
    field, closed = t.pick("field", a)
    requests: list[Request] = [
        ("PATCH", f"/fields/{field}", {"title": text(b, closed)}),
        ("PATCH", f"/fields/{field}", {"options": [{"id": 1 + b % 2, "title": text(b, closed)}]}),
        ("PUT", f"/fields/{field}/position", {("before_id", "after_id")[b % 2]: t.pick("field", b)[0]}),
        ("PATCH", f"/fields/{field}", {"shown": b % 2 == 0}),
        ("DELETE", f"/fields/{field}", None),
    ]
    return requests[c % 5]


def fill_field(t: Things, a: int, b: int, c: int) -> Request:
    card, closed = t.pick("card", a)
    path = f"/cards/{card}/fields/{t.pick('field', b)[0]}"
    value = (text(c, closed), c, c / 4, True, False, "2026-12-01", 1, 2)[c % 9 - 1]
    return ("DELETE", path, None) if c % 9 == 0 else ("PUT", path, {"value": value})


def copy_card(t: Things, a: int, b: int, c: int) -> Request:
    parts = ["checklists", "labels", "attachments", "owners", "fields"][: c % 6]
    return "POST", f"/cards/{t.pick('card', a)[0]}/copies", {"list_id": t.pick("list", b)[0], "with": parts}


def copy_list(t: Things, a: int, b: int, c: int) -> Request:
    body = {"board_id": t.pick("board", b)[0]} if c % 3 == 0 else {}
    return "POST", f"/lists/{t.pick('list', a)[0]}/copies", body


def move_list_over(t: Things, a: int, b: int, c: int) -> Request:
    return "PUT", f"/lists/{t.pick('list', a)[0]}/board", {"board_id": t.pick("board", b)[0]}


def repeat_card(t: Things, a: int, b: int, c: int) -> Request:
    path = f"/cards/{t.pick('card', a)[0]}/recurrence"
    rule = ({"every": "week", "on": [1 + b % 5]}, {"every": "school_days"}, {"every": "month", "on": [1 + b % 31]})[
        c % 3
    ]
    return ("DELETE", path, None) if c % 4 == 3 else ("PUT", path, {**rule, "list_id": t.pick("list", b)[0]})


def attach(t: Things, a: int, b: int, c: int) -> Request:
    if c % 2:
        return "DELETE", f"/attachments/{t.pick('attachment', a)[0]}", None
    card, closed = t.pick("card", a)
    return "POST", f"/cards/{card}/attachments", {"url": f"https://example.org/{b}", "title": text(b, closed)}


def add_comment(t: Things, a: int, b: int, c: int) -> Request:
    thread, closed = t.pick("thread", a)
    who = 1 + b % 6
    body: dict[str, Any] = {"body": f"{text(b, closed)} @[Somebody](member:{who})" if c % 3 == 0 else text(b, closed)}
    if c % 2:
        body["reply_to"] = t.pick("comment", c)[0]
    return "POST", f"/threads/{thread}/comments", body


def change_comment(t: Things, a: int, b: int, c: int) -> Request:
    comment, closed = t.pick("comment", a)
    if c % 3 == 0:
        return "DELETE", f"/comments/{comment}", None
    return "PATCH", f"/comments/{comment}", {"body": text(b, closed)}


def react(t: Things, a: int, b: int, c: int) -> Request:
    return ("PUT", "DELETE")[c % 2], f"/comments/{t.pick('comment', a)[0]}/reactions/{('👍', '❤️')[b % 2]}", None


def resolve(t: Things, a: int, b: int, c: int) -> Request:
    return ("PUT", "DELETE")[b % 2], f"/threads/{t.pick('thread', a)[0]}/resolution", None


def mark_read(t: Things, a: int, b: int, c: int) -> Request:
    return "PUT", f"/threads/{t.pick('thread', a)[0]}/read", {"up_to": 1 + b}


def change_board(t: Things, a: int, b: int, c: int) -> Request:
    board, closed = t.pick("board", a)
    return "PATCH", f"/boards/{board}", ({"title": text(b, closed)}, {"background": ("sky", None)[b % 2]})[c % 2]


def share(t: Things, a: int, b: int, c: int) -> Request:
    path = f"/boards/{t.places.open.board}/guests/{(member('Sam'), 1 + a % 7)[b % 2]}"
    return ("DELETE", path, None) if c % 4 == 0 else ("PUT", path, {"right": ("read", "comment", "edit")[c % 3]})


def join(t: Things, a: int, b: int, c: int) -> Request:
    path = f"/groups/{t.places.open.group}/members/{member(COMERS[a % 3])}"
    return ("DELETE", path, None) if c % 2 else ("PUT", path, {"role": ("lead", "member")[b % 2]})


def change_group(t: Things, a: int, b: int, c: int) -> Request:
    group = t.places.open.group
    change = ({"title": text(b, False)}, {"objective": text(b, False)}, {"closed": b % 2 == 0}, {"closed": b % 2 == 0})
    return "PATCH", f"/groups/{group}", change[c % 4]


def agree_on_norms(t: Things, a: int, b: int, c: int) -> Request:
    path = (f"/groups/{t.places.open.group}", f"/initiatives/{t.places.initiative}")[a % 2]
    if c % 3 == 0:
        return "PUT", f"{path}/norms/kept", None
    change = ({"norms": text(b, False)}, {"norms_look_again": f"2027-0{1 + b % 9}-11"}, {"norms": ""}, {"norms": text(b, False), "title": text(c, False)})  # fmt: skip
    return "PATCH", path, change[b % 4]


def change_initiative(t: Things, a: int, b: int, c: int) -> Request:
    change = ({"title": text(b, False)}, {"purpose": text(b, False)}, {"closed": b % 2 == 0}, {"status": "paused"})
    return "PATCH", f"/initiatives/{t.places.initiative}", change[c % 4]


#: what is done often stands here more than once
VERBS: tuple[Verb, ...] = (
    make_card, change_card, change_card, move_card, move_card, move_card, switch_card, switch_card, bin_card, own_card, own_card, propose_date, propose_date, want_help, label_card,
    make_cards, change_cards, change_cards, change_cards, change_cards, fold_board, keep_view,
    make_list, change_list, change_list, move_list, fold_list, fold_list, make_label, change_label, delete_label, make_checklist, change_checklist, make_item,
    move_checklist, make_items, make_items, move_item, move_item, give_item, give_item, make_card_of_item, change_item, attach, add_comment, add_comment, change_comment, react, resolve, mark_read, change_board, share, join, change_group,
    copy_card, copy_card, copy_list, move_list_over, repeat_card, repeat_card,
    link, link, link, make_field, make_field, change_field, fill_field, fill_field, fill_field, change_initiative, agree_on_norms, agree_on_norms,
)  # fmt: skip
