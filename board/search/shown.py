"""Texts as results show them: the pieces that were looked for marked, and of a long text the part around the first of them.

A piece is ``{"text", "hit"}``; nothing here is HTML.
"""

from collections.abc import Sequence
from typing import Any

from board.search.question import Term
from board.search.words import Word, words

Pieces = list[dict[str, Any]]
#: a snippet is about so long, and begins so far before what was found
LONG, BEFORE = 180, 60
#: further into a text nothing is marked
READ = 20_000


def marked(text: str, terms: Sequence[Term]) -> Pieces:
    return _pieces(text, _hits(text, terms))


def snippet(texts: Sequence[str], terms: Sequence[Term], also: Sequence[str] = ()) -> Pieces:
    """Of the first text in which anything is found the part around it; else how the first text begins (``also``: never of these)."""
    best: tuple[str, list[tuple[int, int]]] | None = None
    for number, text in enumerate((*texts, *also)):
        flat = " ".join(text[:READ].split())
        if not flat:
            continue
        hits = _hits(flat, terms)
        if hits or (best is None and number < len(texts)):
            best = (flat, hits)
        if hits:
            break
    return _cut(*best) if best else []


def _cut(text: str, hits: list[tuple[int, int]]) -> Pieces:
    if len(text) <= LONG:
        return _pieces(text, hits)
    start = max(0, hits[0][0] - BEFORE) if hits else 0
    if start:
        space = text.find(" ", start, hits[0][0])
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + LONG)
    if end < len(text):
        space = text.rfind(" ", start + LONG // 2, end)
        end = space if space > 0 else end
    inside = [(max(a, start) - start, min(b, end) - start) for a, b in hits if a < end and b > start]
    pieces = _pieces(text[start:end], inside)
    before, after = ("… " if start else ""), (" …" if end < len(text) else "")
    return [*_plain(before), *pieces, *_plain(after)]


def _hits(text: str, terms: Sequence[Term]) -> list[tuple[int, int]]:
    if not terms:
        return []
    there = list(words(text))
    found = []
    for at, word in enumerate(there):
        for term in terms:
            for spelling in term.spellings:
                end = _end(there, at, word, spelling, term.beginning)
                if end is not None:
                    found.append((word.start, end))
    return sorted(found)


def _end(there: list[Word], at: int, word: Word, spelling: tuple[str, ...], beginning: bool) -> int | None:
    first = spelling[0]
    if word.text != first and not (beginning and len(spelling) == 1 and word.text.startswith(first)):
        return None
    last = at + len(spelling) - 1
    if last >= len(there):
        return None
    for step, wanted in enumerate(spelling[1:], 1):
        found = there[at + step].text
        if found != wanted and not (beginning and at + step == last and found.startswith(wanted)):
            return None
    return there[last].end


def _pieces(text: str, hits: list[tuple[int, int]]) -> Pieces:
    pieces: Pieces = []
    at = 0
    for start, end in hits:
        start = max(start, at)
        if end <= start:
            continue
        pieces += _plain(text[at:start])
        if pieces and pieces[-1]["hit"]:
            pieces[-1]["text"] += text[start:end]
        else:
            pieces.append({"text": text[start:end], "hit": True})
        at = end
    return pieces + _plain(text[at:])


def _plain(text: str) -> Pieces:
    return [{"text": text, "hit": False}] if text else []
