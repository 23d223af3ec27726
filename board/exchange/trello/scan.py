"""Looks at the raw bytes before the parser does: what would make it wrong (half characters) or hungry (endless tokens) stops here."""

import re

from .broken import Broken

#: a text or a number of this length without any quote near is no board: it bounds what the parser must hold at once
LONGEST_RUN = 512 * 1024
BOM = b"\xef\xbb\xbf"
_ESCAPE = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u([dD][89a-fA-F][0-9a-fA-F]{2})|\\.", re.DOTALL
)
_PAIR = 12


class Scan:
    """Takes the file's chunks in order, each before it is parsed."""

    def __init__(self) -> None:
        self._run = 0
        self._tail = b""
        self._seen = 0

    def take(self, chunk: bytes, *, last: bool = False) -> None:
        """Raises:
        Broken: half of a surrogate pair, or a token without end.
        """
        self._measure(chunk)
        self._find_halves(chunk, last)
        self._seen += len(chunk)

    def _measure(self, chunk: bytes) -> None:
        if b'"' in chunk.replace(rb"\"", b""):
            self._run = 0
        else:
            self._run += len(chunk)
        if self._run > LONGEST_RUN:
            raise Broken("long_run", byte=self._seen + len(chunk) - self._run)

    def _find_halves(self, chunk: bytes, last: bool) -> None:
        data = self._tail + chunk
        if b"\\" not in data:
            self._tail = b""
            return
        # An escape that starts in the last bytes may go on in the next chunk: it waits for that.
        sure = len(data) if last else len(data) - _PAIR
        keep_from = max(sure, 0)
        for found in _ESCAPE.finditer(data):
            if found.start() >= sure:
                keep_from = found.start()
                break
            if found[1]:
                raise Broken("surrogate", byte=self._seen - len(self._tail) + found.start())
            keep_from = max(keep_from, found.end())
        self._tail = data[keep_from:]
