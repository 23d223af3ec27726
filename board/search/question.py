"""What somebody typed, read: words, phrases, what must not be there, and operators. Whatever is typed means something; nothing is an error."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from board.search import words

OPERATORS = ("owner", "label", "due", "is", "in", "by")
DUE = ("today", "week", "late", "none")
IS = ("open", "done", "archived")
#: more than these are not looked for
MOST_TERMS, MOST_OPERATORS = 12, 8
#: of one letter there are too many beginnings
SHORTEST_BEGINNING = 2
_PART = re.compile(
    r'(?P<not>-)?(?:(?P<operator>[A-Za-z]{2,8}):(?:"(?P<quoted>[^"]*)"?|(?P<value>[^\s"]\S*))|"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+)|")'
)
_NUMBER = re.compile(r"#([0-9]{1,15})\Z")


@dataclass(frozen=True)
class Term:
    """Words that stand one after the other, in one of several spellings; with ``beginning`` the last is only how a word begins."""

    spellings: tuple[tuple[str, ...], ...]
    beginning: bool = False


@dataclass(frozen=True)
class Operator:
    name: str
    value: str
    no: bool = False
    #: as it was typed
    typed: str = ""


@dataclass
class Question:
    terms: list[Term] = field(default_factory=list)
    without: list[Term] = field(default_factory=list)
    operators: list[Operator] = field(default_factory=list)
    #: what was not understood, as (code, what)
    notes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        return not self.terms and not self.operators

    def take_as_text(self, operator: Operator) -> None:
        """An operator that turned out to mean nothing: its words are looked for instead."""
        self.operators.remove(operator)
        found = _term(operator.typed, beginning=False)
        if found:
            (self.without if operator.no else self.terms).append(found)
        self.notes.append(("as_text", operator.typed))


def read(typed: str) -> Question:
    question = Question()
    parts = list(_PART.finditer(typed))
    for part in parts:
        _take(question, part, last=part is parts[-1])
    if (
        len(question.terms) > MOST_TERMS
        or len(question.operators) > MOST_OPERATORS
        or len(question.without) > MOST_TERMS
    ):
        question.notes.append(("too_many", ""))
        del question.terms[MOST_TERMS:], question.operators[MOST_OPERATORS:], question.without[MOST_TERMS:]
    if question.empty and typed.strip():
        question.notes.append(("nothing_to_find", ""))
    return question


def _take(question: Question, part: re.Match[str], *, last: bool) -> None:
    no, name = bool(part["not"]), (part["operator"] or "").lower()
    into = question.without if no else question.terms
    if name in OPERATORS:
        value = (part["quoted"] if part["quoted"] is not None else part["value"]).strip()
        typed = part[0].removeprefix("-")
        if _means_something(name, value):
            question.operators.append(Operator(name, value, no, typed))
            return
        question.notes.append(("as_text", typed))
        into += _terms(typed, beginning=False)
    elif part["phrase"] is not None:
        into += _terms(part["phrase"], beginning=False)
    elif part["word"] or name:
        text = part["word"] or part[0].removeprefix("-")
        number = _NUMBER.match(text)
        if number:
            question.operators.append(Operator("number", number[1], no, text))
            return
        into += _terms(text, beginning=text.endswith("*") or (last and not no))


def _means_something(name: str, value: str) -> bool:
    if name == "due":
        return value.lower() in DUE or _is_day(value)
    if name == "is":
        return value.lower() in IS
    return bool(words.plain(value))


def _is_day(text: str) -> bool:
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _terms(text: str, *, beginning: bool) -> Iterator[Term]:
    found = _term(text, beginning=beginning)
    if found:
        yield found


def _term(text: str, *, beginning: bool) -> Term | None:
    folded = tuple(words.plain(text))
    if not folded:
        return None
    spellings = [folded]
    if len(folded) == 1:
        spellings += [s for s in (tuple(words.plain(o)) for o in words.spellings(text)) if len(s) == 1 and s != folded]
    return Term(tuple(dict.fromkeys(spellings)), beginning and _may_begin(folded[-1]))


def _may_begin(word: str) -> bool:
    # One sign of Chinese is a word already; one letter of an alphabet begins far too many.
    return len(word) >= SHORTEST_BEGINNING
