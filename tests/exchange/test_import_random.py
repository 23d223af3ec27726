"""Random newer exports onto a board that people change meanwhile: both laws hold, no hole, and the same export again does nothing."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from tests import laws
from tests.callers import Caller

ROUNDS = 6
PEOPLE = [
    {"id": f"5c00000{n}00000000000000aa", "fullName": name, "username": name.lower()}
    for n, name in ((1, "Maya"), (2, "Jon"), (3, "Ida"))
]


class Trello:
    """A board over there, changed by chance."""

    def __init__(self, chance: random.Random):
        self.chance, self.made = chance, 0
        self.lists: list[dict[str, Any]] = []
        self.labels: list[dict[str, Any]] = []
        self.cards: list[dict[str, Any]] = []
        self.checklists: list[dict[str, Any]] = []
        self.actions: list[dict[str, Any]] = []
        for _ in range(3):
            self.lists.append({"id": self.id(), "name": self.word(), "pos": self.made, "closed": False})
            self.labels.append(
                {"id": self.id(), "name": self.word(), "color": chance.choice(["red", "sky", "lime", None])}
            )
        for _ in range(6):
            self.add_card()

    def id(self) -> str:
        self.made += 1
        return f"5c01{self.made:04x}000000000000000b"

    def word(self) -> str:
        return f"word {self.chance.randrange(10**6)}"

    def export(self) -> dict[str, Any]:
        return {
            "id": "5c00000000000000000b0a4d", "name": "Random", "members": PEOPLE, "lists": self.lists, "labels": self.labels,
            "cards": self.cards, "checklists": self.checklists, "actions": self.actions,
        }  # fmt: skip

    def change(self) -> None:
        for _ in range(self.chance.randrange(1, 12)):
            self.chance.choice([self.add_card, self.edit_card, self.move_card, self.close, self.relabel, self.add_item, self.edit_item,
                                self.comment, self.edit_comment, self.edit_list, self.link, self.hand_over])()  # fmt: skip

    def add_card(self) -> None:
        self.cards.append({"id": self.id(), "name": self.word(), "desc": "", "idList": self.chance.choice(self.lists)["id"], "pos": self.chance.random(),
                           "closed": self.chance.random() < 0.2, "labels": [], "idMembers": [], "attachments": []})  # fmt: skip

    def card(self) -> dict[str, Any]:
        return self.chance.choice(self.cards)

    def edit_card(self) -> None:
        field = self.chance.choice(["name", "desc", "due", "dueComplete"])
        self.card()[field] = {"due": "2027-03-01T10:00:00.000Z", "dueComplete": self.chance.random() < 0.5}.get(
            field, self.word()
        )

    def move_card(self) -> None:
        self.card().update(idList=self.chance.choice(self.lists)["id"], pos=self.chance.random())

    def close(self) -> None:
        thing = self.chance.choice([*self.cards, *self.lists])
        thing["closed"] = not thing["closed"]

    def relabel(self) -> None:
        self.card()["labels"] = self.chance.sample(self.labels, self.chance.randrange(3))
        self.chance.choice(self.labels)["name"] = self.word()

    def hand_over(self) -> None:
        self.card()["idMembers"] = [p["id"] for p in self.chance.sample(PEOPLE, self.chance.randrange(3))]

    def link(self) -> None:
        self.card()["attachments"].append(
            {"id": self.id(), "name": self.word(), "url": f"https://example.org/{self.made}", "pos": self.made}
        )

    def add_item(self) -> None:
        if not self.checklists or self.chance.random() < 0.4:
            self.checklists.append(
                {"id": self.id(), "idCard": self.card()["id"], "name": self.word(), "pos": self.made, "checkItems": []}
            )
        todo = self.chance.choice(self.checklists)["checkItems"]
        todo.append(
            {
                "id": self.id(),
                "name": self.word(),
                "state": self.chance.choice(["complete", "incomplete"]),
                "pos": self.made,
            }
        )

    def edit_item(self) -> None:
        found = [i for c in self.checklists for i in c["checkItems"]]
        if found:
            self.chance.choice(found).update(name=self.word(), state=self.chance.choice(["complete", "incomplete"]))

    def comment(self) -> None:
        writer = self.chance.choice(PEOPLE)
        self.actions.append({"id": self.id(), "type": "commentCard", "date": "2026-03-01T10:00:00.000Z", "memberCreator": writer,
                             "idMemberCreator": writer["id"], "data": {"text": self.word(), "card": {"id": self.card()["id"]}}})  # fmt: skip

    def edit_comment(self) -> None:
        if self.actions:
            self.chance.choice(self.actions)["data"].update(text=self.word(), dateLastEdited="2026-03-02T10:00:00.000Z")

    def edit_list(self) -> None:
        self.chance.choice(self.lists).update(name=self.word())


def change_here(chance: random.Random, who: Caller, board: dict[str, Any]) -> None:
    """Somebody works on our board meanwhile; what is refused is refused."""
    if not board["cards"] or not board["lists"]:
        return
    for _ in range(chance.randrange(6)):
        card, list_ = chance.choice(board["cards"])["id"], chance.choice(board["lists"])["id"]
        method, path, body = chance.choice(
            [
                ("PATCH", f"/cards/{card}", {"title": f"ours {chance.random()}"}),
                ("PUT", f"/cards/{card}/position", {"list_id": list_}),
                ("PUT", f"/cards/{card}/archive", None),
                ("DELETE", f"/cards/{card}", None),
                ("PUT", f"/cards/{card}/done", None),
                ("PUT", f"/cards/{card}/owners/3", None),
                ("PUT", f"/lists/{list_}/archive", None),
                ("PATCH", f"/lists/{list_}", {"title": f"ours {chance.random()}"}),
                ("POST", f"/cards/{card}/checklists", {"title": "Ours"}),
            ]
        )
        status, answer = who.call(method, path, body)
        assert status in (200, 201, 404, 409), answer


@pytest.mark.parametrize("seed", range(4))
def test_laws_hold_whatever_comes(seed: int, importer: Callable[..., Any]) -> None:
    chance = random.Random(seed)
    ana, trello = importer("Ana"), Trello(chance)
    done = ana(trello.export())
    room = f"board:{done['board_ids'][0]}"
    for _ in range(ROUNDS):
        board = laws.read(ana.caller, f"/rooms/{room}")
        change_here(chance, ana.caller, board)
        trello.change()
        board = laws.read(ana.caller, f"/rooms/{room}")
        reads = [path for c in board["cards"] for path in (f"/cards/{c['id']}", f"/threads/{c['thread_id']}/comments")]
        with laws.kept(ana.caller, room, f"group:{ana.where['group_id']}", reads=reads):
            done = ana(trello.export())
        assert done["state"] == "done", done
        before = laws.read(ana.caller, f"/rooms/{room}")
        again = ana(trello.export())
        assert set(again["report"]["made"].values()) == {0} and again["report"]["changed"] == {}, again["report"]
        assert laws.read(ana.caller, f"/rooms/{room}") == before
