"""Words as they are compared: small, without accents, the same on both databases, each with its place in the text it came from.

Nothing here asks a database: what is stored and what is looked for go through the same door.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

#: longer ones are cut, on both sides alike
LONGEST = 64
#: stands between two texts of a document: no phrase reaches over it, and no word is written like it
BETWEEN = "_"
#: a document is read so far; positions on PostgreSQL end at 16,383
MOST = 16_000

# Letters that Unicode does not take apart, as they are typed on a keyboard that has not got them.
_PLAIN = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ŧ": "t", "ŋ": "ng"}
)
# Signs that are written over or under a letter and left out by whoever types in a hurry; vowel signs of Indic scripts are no such thing.
_SIGNS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
# Written without spaces: each sign is a word, and several of them are a phrase.
_ALONE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(
    rf"[{_ALONE}]|(?:(?![{_ALONE}])[^\W_]|[\u0900-\u0963\u0966-\u0dff])(?:(?![{_ALONE}])[^\W_]|[\u0900-\u0963\u0966-\u0dff])*"
)
_UMLAUTS = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"))


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    #: where it stands in the text as it was written
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """The words of a text, in order."""
    if text.isascii():
        for match in _WORD.finditer(text.lower()):
            yield Word(match[0][:LONGEST], match.start(), match.end())
        return
    folded, places = _folded(text)
    for match in _WORD.finditer(folded):
        yield Word(match[0][:LONGEST], places[match.start()], places[match.end() - 1] + 1)


def plain(text: str) -> list[str]:
    """The words alone."""
    if text.isascii():
        return [found[:LONGEST] for found in _WORD.findall(text.lower())]
    return [found[:LONGEST] for found in _WORD.findall(_folded(text)[0])]


def line(texts: Sequence[str]) -> str:
    """Several texts as one row of words, as it is stored."""
    found: list[str] = []
    for text in texts:
        if text and len(found) < MOST:
            if found:
                found.append(BETWEEN)
            found += plain(text)
    return " ".join(found[:MOST])


def spellings(word: str) -> list[str]:
    """A word and how else it may be written: Müller is Mueller, and the other way round."""
    small = unicodedata.normalize("NFC", word).casefold()
    other = small
    for umlaut, pair in _UMLAUTS:
        other = other.replace(umlaut, pair)
    if other == small:
        for umlaut, pair in _UMLAUTS:
            other = other.replace(pair, umlaut)
    return [word] if other == small else [word, other]


def _folded(text: str) -> tuple[str, list[int]]:
    """The text folded, and for each sign of it the place of the one that it came from."""
    parts: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        if sign.isascii():
            parts.append(sign.lower())
            places.append(place)
            continue
        folded = _fold_sign(sign)
        parts.append(folded)
        places += [place] * len(folded)
    return "".join(parts), places


@lru_cache(maxsize=8192)
def _fold_sign(sign: str) -> str:
    folded = _SIGNS.sub("", unicodedata.normalize("NFKD", sign)).casefold().translate(_PLAIN)
    # What folding itself brings (the dot of a Turkish i) goes too.
    return _SIGNS.sub("", unicodedata.normalize("NFKD", folded))
