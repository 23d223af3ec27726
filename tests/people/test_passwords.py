"""Which passwords are refused."""

import unicodedata
from pathlib import Path

import pytest
from flask import Flask

from board.core.errors import Invalid
from board.people import passwords


@pytest.fixture
def refused(app: Flask):
    def is_refused(password: str, *own_words: str) -> bool:
        with app.test_request_context():
            try:
                passwords.check(password, *own_words)
            except Invalid:
                return True
            return False

    return is_refused


@pytest.mark.parametrize(
    "password",
    [
        "password", "password1", "Password123!", "P@ssw0rd", "pa55word", "passw0rd2024", "letmein1", "qwertyuiop", "qwerty123", "1q2w3e4r5t",
        "asdfghjkl", "12345678", "123456789", "87654321", "11111111", "abcd1234", "abcdefgh", "iloveyou", "ILoveYou!!", "sunshine12",
        "football1", "Welcome2026", "princess", "monkey123", "1qaz2wsx", "aaaaaaaa", "abcabcabc", "20262026", "teacher2026", "Staffroom1",
        "schule123", "dragon99", "trustno1!", "zxcvbnm1", "q1w2e3r4", "superman1", "$unsh1ne", "summer2026", "holiday2026",
        "        ", "12121212", "monday2026", "liverpool7", "computer99",
    ],
)  # fmt: skip
def test_what_is_tried_first_is_refused(refused, password):
    assert refused(password)


@pytest.mark.parametrize(
    "password",
    [
        "four quiet green chairs", "chalk-and-cheese-71", "bench-Pass-7731-kanban", "tr0mbone.lantern", "xK3!pq9Z", "vier grüne Stühle",
        "пароль с пятью словами", "密码不容易猜到吧啊", "correct horse battery staple", "my dog ate the blackboard",
    ],
)  # fmt: skip
def test_words_of_ones_own_are_taken(refused, password):
    assert not refused(password, "Riverbend School", "Maya Lindqvist", "maya")


@pytest.mark.parametrize("length, bad", [(7, True), (8, False), (64, False), (200, False), (1000, False), (1001, True)])
def test_boundaries(refused, length, bad):
    words = "kQ7 lantern vz " * 80
    assert refused(words[:length]) is bad


@pytest.mark.parametrize(
    "password", ["riverbend", "Riverbend1", "riverbend-school", "R1verbendSch00l", "lindqvist99", "maya1234"]
)
def test_names_that_anybody_would_try_are_refused(refused, password):
    assert refused(password, "Riverbend School", "Maya Lindqvist", "maya")


def test_a_long_password_is_not_cut(app):
    with app.test_request_context():
        kept = passwords.hashed("a quiet long one " * 50)
        assert passwords.matches(kept, "a quiet long one " * 50)
        assert not passwords.matches(kept, ("a quiet long one " * 50)[:-1])


def test_the_same_letters_from_another_keyboard(app):
    with app.test_request_context():
        kept = passwords.hashed(unicodedata.normalize("NFC", "vier grüne Stühle"))
        assert passwords.matches(kept, unicodedata.normalize("NFD", "vier grüne Stühle"))


def test_nothing_matches_nothing(app):
    with app.test_request_context():
        assert not passwords.matches(None, "")
        assert not passwords.matches("no hash at all", "x")


def test_the_list_covers_as_much_as_three_thousand():
    words = {w for w in Path(passwords.__file__).with_name("common_passwords.txt").read_text().split() if w.isalpha()}
    # Each word stands for itself with any digits and signs around it, and with look-alikes in it.
    assert len(words) > 500
