"""A staff list at once: nobody is written to, nobody comes in twice, and no student is kept."""

import pytest
from sqlalchemy import func, select

from board.people.models import Link, Member
from board.people.schemas import MOST_ON_ROSTER
from tests import laws

NO_STAFF = [
    "Student", "pupil, grade 4", "Parent of Tim", "Guardian", "Mother", "Grade 3 student", "Foster parent", "3rd grade, student", "Student (4b)",
    "Step-mother", "PARENT", "Legal guardian", "Schüler", "Schülerin Klasse 5b", "Schüler der 4b", "Kind", "Mutter von Tim", "Elternteil",
    "Élève", "Élève CM2", "Parent d’élève", "Mère", "Alumna de 4º", "Alumno", "Padre", "Leerling groep 8", "Ouder van Tim", "Moeder",
    "Alunno 3B", "Genitore", "Studentessa",
]  # fmt: skip
STAFF = [
    "Student support lead", "Student support teacher", "Parent liaison", "Head of student services", "Student teacher", "Teacher, student council",
    "Teacher/parent", "Parent-teacher coordinator", "Schülerberatung", "Lehrerin für Kinder", "Kinderpfleger", "Conseiller d'élèves",
    "Professeur des élèves", "Jefe de estudiantes", "Leerlingbegeleider", "Coördinator leerlingen zorg", "Insegnante di bambini", "Child care worker", "", "4b",
]  # fmt: skip
LIST = [
    {"name": "Priya Natarajan", "email": "priya@example.org", "job_title": "Teacher, grade 6"},
    {"name": "Wim Peters", "job_title": "Caretaker"},
]


def test_they_come_in_as_staff_and_nobody_is_written_to(as_, look):
    ana = as_("Ana")
    with look() as tx:
        links = tx.scalar(select(func.count()).select_from(Link.__table__))
    with laws.kept(ana, "school:1"):
        answer = ana.post("/rosters", {"people": LIST})
    assert answer.status == 201
    assert [(each["name"], each["role"]) for each in answer.json["data"]["added"]] == [
        ("Priya Natarajan", "staff"),
        ("Wim Peters", "staff"),
    ]
    assert [event["type"] for event in answer.json["events"]] == ["member.added"]
    with look() as tx:
        assert tx.scalar(select(func.count()).select_from(Link.__table__)) == links


def test_each_can_be_invited_later(sign_in):
    ana = sign_in("Ana")
    added = ana.post("/api/v1/rosters", json={"people": LIST}).json["data"]["added"]
    assert ana.put(f"/api/v1/members/{added[0]['id']}/invitation").status_code == 200
    assert ana.put(f"/api/v1/members/{added[1]['id']}/card").status_code == 200


def test_who_is_here_stays_as_she_is(as_):
    ana = as_("Ana")
    people = [
        {"name": "Another Maya", "email": "MAYA@example.org"},
        {"name": "maya"},
        *LIST,
        {"name": "Priya again", "email": "priya@example.org"},
    ]
    data = ana.post("/rosters", {"people": people}).json["data"]
    assert data["known"] == ["Another Maya", "maya"]
    assert data["twice"] == ["Priya again"], "she is not here from before"
    assert len(data["added"]) == 2
    assert ana.get("/members/3").json["data"]["name"] == "Maya"
    again = ana.post("/rosters", {"people": LIST}).json
    assert (again["data"]["added"], again["events"]) == ([], [])


@pytest.mark.parametrize("job", NO_STAFF)
def test_who_is_no_staff_is_not_kept(as_, look, job):
    data = as_("Ana").post("/rosters", {"people": [{"name": "Tim Little", "job_title": job}]}).json["data"]
    assert (data["added"], data["not_staff"]) == ([], 1)
    with look() as tx:
        assert tx.scalar(select(Member.id).where(Member.name == "Tim Little")) is None


def test_who_was_left_out_is_named_once_and_can_be_put_back(as_):
    ana = as_("Ana")
    row = {"name": "Kim Student", "email": "kim@example.org", "job_title": "Exchange student"}
    data = ana.post("/rosters", {"people": [row]}, key="roster-0001").json["data"]
    assert data["left_out"] == [row]
    again = ana.post("/rosters", {"people": [row]}, key="roster-0001").json["data"]
    assert "left_out" not in again and again["not_staff"] == 1, "nothing of her is kept for the next answer"
    data = ana.post("/rosters", {"people": [{**row, "staff": True}]}).json["data"]
    assert [each["name"] for each in data["added"]] == ["Kim Student"]


@pytest.mark.parametrize("job", STAFF)
def test_a_job_with_students_is_a_job(as_, job):
    data = as_("Ana").post("/rosters", {"people": [{"name": "Nora", "job_title": job}]}).json["data"]
    assert len(data["added"]) == 1


@pytest.mark.parametrize(("who", "status"), [(None, 401), ("Sam", 403), ("Maya", 403), ("Thomas", 403), ("Ana", 201)])
def test_who_may(as_, who, status):
    assert as_(who).post("/rosters", {"people": LIST}).status == status


@pytest.mark.parametrize(
    "people",
    [
        [],
        [{"name": ""}],
        [{"email": "a@example.org"}],
        [{"name": "A", "email": "a@"}],
        [{"name": "A", "role": "admin"}],
        [{"name": "A"}] * (MOST_ON_ROSTER + 1),
        "Maya",
    ],
)
def test_what_cannot_be_is_refused_whole(as_, people):
    ana = as_("Ana")
    before = ana.get("/members").json["data"]
    assert ana.post("/rosters", {"people": people}).status == 422
    assert ana.get("/members").json["data"] == before
