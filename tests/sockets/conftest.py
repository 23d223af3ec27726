"""A board over HTTP, as the sockets need it."""

from dataclasses import dataclass

import pytest

from tests.school import PEOPLE
from tests.servers import LiveServer


@dataclass
class Board:
    server: LiveServer
    id: int
    group_id: int
    list_id: int

    @property
    def room(self) -> str:
        return f"board:{self.id}"

    def add_card(self, title: str = "Order paper", person: str = "Maya") -> int:
        status, found = self.server.call(person, "POST", f"/lists/{self.list_id}/cards", {"title": title})
        assert status == 201, found
        id: int = found["data"]["id"]
        return id

    def rename(self, card_id: int, title: str) -> None:
        status, found = self.server.call("Maya", "PATCH", f"/cards/{card_id}", {"title": title})
        assert status == 200, found

    def seq(self) -> int:
        seq: int = self.server.call("Ana", "GET", f"/boards/{self.id}")[1]["seq"]
        return seq

    def remove(self, person: str) -> None:
        path = f"/groups/{self.group_id}/members/{PEOPLE[person].member_id}"
        assert self.server.call("Ana", "DELETE", path)[0] == 200


def make_board(server: LiveServer, *people: str) -> Board:
    """A board of a closed group that Ana leads."""
    group = server.call("Ana", "POST", "/groups", {"title": "Choir", "closed": True})[1]["data"]["id"]
    for person in people:
        path = f"/groups/{group}/members/{PEOPLE[person].member_id}"
        assert server.call("Ana", "PUT", path, {"role": "member"})[0] == 200
    board = server.call("Ana", "POST", "/boards", {"title": "Concert", "group_id": group})[1]["data"]["id"]
    list_id = server.call("Ana", "POST", f"/boards/{board}/lists", {"title": "To do"})[1]["data"]["id"]
    return Board(server, board, group, list_id)


@pytest.fixture
def board(live_server: LiveServer) -> Board:
    return make_board(live_server, "Maya", "Jon")
