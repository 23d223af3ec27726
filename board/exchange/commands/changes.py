"""What an import again did, and how one field of two sides is taken over."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from board.exchange.commands import sources

LeftOut = dict[str, Any]


@dataclass
class Changes:
    """What an import made and changed, and what it left as it was."""

    made: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    left_out: list[LeftOut] = field(default_factory=list)

    def add(self, more: "Changes") -> None:
        self.made.update(more.made)
        self.changed.update(more.changed)
        self.left_out += more.left_out

    def kept_ours(self, kind: str, what: str, name: str) -> None:
        self.left_out.append({"kind": kind, "code": "changed_here", "what": what[:80], "field": name})


def simple(
    values: dict[str, Any], row: Any, seen: sources.Seen, kind: str, report: Changes
) -> tuple[dict[str, Any], sources.Seen]:
    """(fields to set here, what is said there now) of something with plain fields and a title."""
    now, given = sources.marks(values), {}
    for name, value in values.items():
        ours = getattr(row, name)
        if now[name] != seen.get(name) and value != ours:
            if sources.mark(ours) == seen.get(name):
                given[name] = value
            else:
                report.kept_ours(kind, row.title, name)
    return given, now
