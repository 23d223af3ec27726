"""Why a file cannot be taken, and where it broke."""

from typing import Any


class Broken(Exception):
    """A file that is refused as a whole.

    ``code`` is one of: empty, ends_early, not_json, trailing, too_deep, not_an_object, not_a_record, surrogate, number, long_run, too_many_parts,
    too_much, too_many, not_trello. The words for people are made where their language is known.
    """

    def __init__(self, code: str, *, byte: int | None = None, reading: str = "", **details: Any):
        super().__init__(code)
        self.code = code
        self.byte = byte
        self.reading = reading
        self.details = details

    def as_dict(self) -> dict[str, Any]:
        return {"code": self.code, "byte": self.byte, "reading": self.reading, **self.details}
