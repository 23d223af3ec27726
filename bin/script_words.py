"""Finds the texts for people in the pages' scripts, for pybabel: ``t('…')`` and ``tn(count, 'one', 'many')``.

Babel's own reader of JavaScript loses its place inside nested template strings, of which our scripts are full; a literal is a literal
wherever it stands.
"""

import re
from collections.abc import Iterator
from typing import IO, Any

_LITERAL = r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)\""""
_ONE = re.compile(rf"\bt\(\s*(?:{_LITERAL})", re.S)
_MANY = re.compile(rf"\btn\(\s*[^,()]+(?:\([^()]*\))?[^,()]*,\s*(?:{_LITERAL}),\s*(?:{_LITERAL})", re.S)


def extract(
    script: IO[bytes], keywords: Any, comment_tags: Any, options: Any
) -> Iterator[tuple[int, str, Any, list[str]]]:
    source = script.read().decode()
    for found in _ONE.finditer(source):
        yield _line(source, found), "t", _text(found[1], found[2]), []
    for found in _MANY.finditer(source):
        yield _line(source, found), "tn", (None, _text(found[1], found[2]), _text(found[3], found[4])), []


def _line(source: str, found: re.Match[str]) -> int:
    return source.count("\n", 0, found.start()) + 1


def _text(single: str | None, double: str | None) -> str:
    return re.sub(r"\\(.)", r"\1", single if single is not None else double or "")
