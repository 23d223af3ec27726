"""Asking the index: one interface, and how either database answers. Both find the same, in the same order."""

from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import ColumnElement, and_, bindparam, cast, column, literal_column, not_, select, table
from sqlalchemy.dialects.postgresql import TSQUERY

from board.core.db import Tx
from board.search.models import documents
from board.search.question import Term


class Index(Protocol):
    #: the number of a document, to sort by and to go on from
    id: Any
    #: the documents, to be joined with what they are checked against
    source: Any

    def meant(self, terms: Sequence[Term], without: Sequence[Term]) -> ColumnElement[bool]:
        """All terms stand in the title."""

    def said(self, terms: Sequence[Term], without: Sequence[Term]) -> ColumnElement[bool]:
        """All terms stand somewhere, but not all of them in the title."""

    def lacking(self, without: Sequence[Term]) -> ColumnElement[bool]:
        """None of these stands anywhere: where no word is asked for, of ``documents`` alone."""


def of(tx: Tx) -> Index:
    return _PostgreSQL() if tx.dialect == "postgresql" else _Sqlite()


_words = table("search_words", column("rowid"))
_match = literal_column("search_words").op("MATCH", is_comparison=True)


class _Sqlite:
    """FTS5 walks down its lists by document number, so that the first page of a common word is as quick as that of a rare one."""

    id = _words.c.rowid
    # The plus keeps the planner from doing it the other way round: every document, and for each one the whole query again.
    source = _words.join(documents, documents.c.id == literal_column("+search_words.rowid"))

    def meant(self, terms: Sequence[Term], without: Sequence[Term]) -> ColumnElement[bool]:
        return _match(bindparam("words", f"({_title(terms)}){_not(without)}"))

    def said(self, terms: Sequence[Term], without: Sequence[Term]) -> ColumnElement[bool]:
        return _match(bindparam("words", f"(({_fts(terms)}) NOT ({_title(terms)})){_not(without)}"))

    def lacking(self, without: Sequence[Term]) -> ColumnElement[bool]:
        found = select(_words.c.rowid).where(_match(bindparam("words", " OR ".join(map(_fts_term, without)))))
        return documents.c.id.not_in(found)


class _PostgreSQL:
    """Vectors with their places under GIN; written by ourselves, so that no configuration of a server changes what is found."""

    id = documents.c.id
    source = documents

    def meant(self, terms: Sequence[Term], without: Sequence[Term]) -> ColumnElement[bool]:
        return and_(_matches(documents.c.title, terms), *_none(without))

    def said(self, terms: Sequence[Term], without: Sequence[Term]) -> ColumnElement[bool]:
        return and_(_matches(documents.c.words, terms), not_(_matches(documents.c.title, terms)), *_none(without))

    def lacking(self, without: Sequence[Term]) -> ColumnElement[bool]:
        return and_(*_none(without))


# Words are made of letters and digits alone (see ``words``), so that nothing in them can be read as a sign of either language.


def _fts(terms: Sequence[Term]) -> str:
    return " AND ".join(map(_fts_term, terms))


def _fts_term(term: Term) -> str:
    star = " *" if term.beginning else ""
    return "(" + " OR ".join(f'"{" ".join(spelling)}"{star}' for spelling in term.spellings) + ")"


def _title(terms: Sequence[Term]) -> str:
    return f"{{title}} : ({_fts(terms)})"


def _not(without: Sequence[Term]) -> str:
    return f" NOT ({' OR '.join(map(_fts_term, without))})" if without else ""


def _matches(vector: Any, terms: Sequence[Term]) -> ColumnElement[bool]:
    query = " & ".join(map(_ts_term, terms))
    matches: ColumnElement[bool] = vector.op("@@", is_comparison=True)(cast(query, TSQUERY))
    return matches


def _none(without: Sequence[Term]) -> list[ColumnElement[bool]]:
    return [not_(_matches(documents.c.words, [term])) for term in without]


def _ts_term(term: Term) -> str:
    star = ":*" if term.beginning else ""
    return "(" + " | ".join(" <-> ".join(f"'{word}'" for word in spelling) + star for spelling in term.spellings) + ")"
