"""Who is put down for an item of a checklist is told so, as long as it is hers, and on the day when it is due."""

import pytest

from tests.boards.places import done, made, member


class Points:
    """A checklist on the desk's card."""

    def __init__(self, desk):
        self.desk, self.maya = desk, desk.as_("Maya")
        self.checklist = made(self.maya.post(f"/cards/{desk.card}/checklists", {"title": "Before"}))
        self.id = self.add("Print posters")

    def add(self, title):
        return made(self.maya.post(f"/checklists/{self.checklist}/items", {"title": title}))

    def give(self, person, by="Maya", item=None, key=None):
        owner = member(person) if person else None
        return done(self.desk.as_(by).patch(f"/items/{item or self.id}", {"owner_id": owner}, key=key))

    def due(self, day="2026-11-24", item=None):
        done(self.maya.patch(f"/items/{item or self.id}", {"due": day}))

    def told(self, person, reason="named"):
        return [n for n in self.desk.told(person) if n["reason"] == reason]


@pytest.fixture
def points(desk):
    return Points(desk)


# ── named ────────────────────────────────────────────────────────────────────────────────────────


def test_who_is_put_down_for_an_item_is_told(points, lawful):
    with lawful("Jon"):
        points.give("Jon")
    (told,) = points.told("Jon")
    assert (told["event"], told["by_name"], told["title"]) == ("item.changed", "Maya", "Print posters")
    assert (told["card_id"], told["item_id"], told["detail"]) == (points.desk.card, points.id, "Card 0 Autumn")
    assert points.desk.unread("Jon") == [told["id"]]


def test_who_takes_it_herself_is_told_nothing(points):
    before = points.desk.told("Jon")
    points.give("Jon", by="Jon")
    assert points.desk.told("Jon") == before


def test_what_is_undone_was_not_said(points, lawful):
    before = points.desk.told("Jon")
    with lawful("Jon"):
        points.give("Jon", key="name-jon-1")
        assert len(points.told("Jon")) == 1
        done(points.maya.put("/ops/name-jon-1/undone"))
    assert points.desk.told("Jon") == before


def test_what_was_read_stays(points):
    points.give("Jon", key="name-jon-2")
    done(points.desk.as_("Jon").put(f"/notices/{points.told('Jon')[0]['id']}/read"))
    done(points.maya.put("/ops/name-jon-2/undone"))
    assert len(points.told("Jon")) == 1


def test_another_is_put_down_instead(points, lawful):
    points.give("Jon")
    with lawful("Jon"), lawful("Rose"):
        points.give("Rose")
    assert points.told("Jon") == [] and len(points.told("Rose")) == 1
    points.give(None)
    assert points.told("Rose") == []


def test_asked_for_the_card_and_put_down_for_an_item_are_two_things(points):
    points.desk.give("Jon")
    points.give("Jon")
    points.desk.own("Jon")
    assert len(points.desk.unread("Jon")) == 1 and not points.told("Jon")[0]["read_at"]


@pytest.mark.parametrize("what", ["items", "checklists"])
def test_what_is_deleted_is_not_hers_to_do(points, lawful, what):
    points.give("Jon")
    with lawful("Jon"):
        done(points.maya.delete(f"/{what}/{points.id if what == 'items' else points.checklist}"))
    assert points.told("Jon") == []


def test_not_who_does_not_see_the_board(points):
    done(points.maya.put(f"/boards/{points.desk.board}/guests/{member('Sam')}", {"right": "edit"}))
    points.give("Sam")
    assert len(points.told("Sam")) == 1
    done(points.maya.delete(f"/boards/{points.desk.board}/guests/{member('Sam')}"))
    assert points.told("Sam") == []
    status, _ = points.maya.patch(f"/items/{points.add('Chairs')}", {"owner_id": member("Sam")})
    assert status == 422 and points.told("Sam") == []


def test_who_switched_it_off(points):
    done(points.desk.as_("Jon").put("/me/notice-settings", {"off": ["named"]}))
    points.give("Jon")
    assert points.told("Jon") == []


def test_a_copy_names_each_once(points, lawful):
    for title in ("Chairs", "Lights"):
        points.give("Jon", item=points.add(title))
    points.give("Rose")
    before = len(points.told("Jon"))
    with lawful("Jon"), lawful("Rose"):
        body = {"list_id": points.desk.lists[1], "with": ["checklists", "owners"]}
        copy = done(points.maya.post(f"/cards/{points.desk.card}/copies", body, key="copy-the-card"))
    several, (one, *_) = points.told("Jon"), points.told("Rose")
    assert len(several) == before + 1
    assert (several[0]["count"], several[0]["item_id"], several[0]["card_id"]) == (2, None, copy["id"])
    assert (one["count"], one["title"], one["card_id"]) == (1, "Print posters", copy["id"])
    done(points.maya.put("/ops/copy-the-card/undone"))
    assert len(points.told("Jon")) == before and len(points.told("Rose")) == 1


def test_moved_to_a_board_that_she_does_not_see(points, lawful):
    done(points.maya.put(f"/boards/{points.desk.board}/guests/{member('Sam')}", {"right": "edit"}))
    points.give("Sam")
    points.give("Jon", item=points.add("Chairs"))
    ana = points.desk.as_("Ana")
    group = made(ana.post("/groups", {"title": "Concert"}))
    other = made(ana.post("/boards", {"title": "Spring", "group_id": group}))
    list_ = made(ana.post(f"/boards/{other}/lists", {"title": "Soon"}))
    with lawful("Sam"), lawful("Jon"):
        done(ana.put(f"/cards/{points.desk.card}/position", {"list_id": list_}))
    assert points.told("Sam") == [] and points.told("Jon")[0]["board_id"] == other


# ── due ──────────────────────────────────────────────────────────────────────────────────────────


def test_it_is_due_once(points, at, lawful):
    points.give("Jon")
    points.due()
    with lawful("Jon"):
        at(2026, 11, 24, 8)
    (told,) = points.told("Jon", "due")
    assert (told["title"], told["detail"], told["item_id"]) == ("Print posters", "2026-11-24", points.id)
    assert (told["by"], told["card_id"], told["event"]) == (None, points.desk.card, "due")
    at(2026, 11, 25, 8)
    assert len(points.told("Jon", "due")) == 1
    points.due("2026-11-26")
    at(2026, 11, 26, 8)
    assert [n["detail"] for n in points.told("Jon", "due")] == ["2026-11-26", "2026-11-24"]


def test_several_of_one_card_and_the_card_itself(points, at, lawful):
    points.desk.own("Jon")
    done(points.maya.patch(f"/cards/{points.desk.card}", {"due": "2026-11-24"}))
    for item in (points.id, points.add("Chairs")):
        points.give("Jon", item=item)
        points.due(item=item)
    with lawful("Jon"):
        at(2026, 11, 24, 8)
    told = points.told("Jon", "due")
    assert sorted(n["title"] for n in told) == ["Card 0 Autumn", "Chairs", "Print posters"]
    assert len({n["item_id"] for n in told}) == 3


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", "/items/{item}/done"),
        ("DELETE", "/items/{item}"),
        ("DELETE", "/checklists/{checklist}"),
        ("PUT", "/cards/{card}/done"),
        ("PUT", "/cards/{card}/archive"),
        ("PUT", "/lists/{list}/archive"),
    ],
)
def test_not_what_is_settled(points, at, method, path):
    points.give("Jon")
    points.due()
    desk = points.desk
    where = {"item": points.id, "checklist": points.checklist, "card": desk.card, "list": desk.lists[0]}
    status, answer = points.maya.call(method, path.format(**where))
    assert status == 200, answer
    at(2026, 11, 24, 8)
    assert points.told("Jon", "due") == []


def test_not_before_and_not_on_a_day_off(points, at):
    points.give("Jon")
    points.due()
    at(2026, 11, 23, 8)
    done(points.desk.as_("Jon").patch("/me", {"works_on": "15"}))
    at(2026, 11, 24, 8)
    assert points.told("Jon", "due") == []
    at(2026, 11, 27, 8)
    assert len(points.told("Jon", "due")) == 1


def test_not_who_no_longer_sees_it_nor_who_switched_it_off(points, at):
    done(points.maya.put(f"/boards/{points.desk.board}/guests/{member('Sam')}", {"right": "edit"}))
    points.give("Sam")
    points.due()
    other = points.add("Chairs")
    points.give("Jon", item=other)
    points.due(item=other)
    done(points.maya.delete(f"/boards/{points.desk.board}/guests/{member('Sam')}"))
    done(points.desk.as_("Jon").put("/me/notice-settings", {"off": ["due"]}))
    at(2026, 11, 24, 8)
    assert points.told("Sam", "due") == points.told("Jon", "due") == []


def test_an_item_of_nobody_tells_nobody(points, at, pushed):
    points.due()
    done(points.maya.delete(f"/items/{points.id}"))
    at(2026, 11, 24, 8)
    assert not [room for room, _ in pushed.events if room.startswith("member:")]
