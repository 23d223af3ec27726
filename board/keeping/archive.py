"""The file of a backup: a zip with a manifest, one member of JSON lines a table, and the kept files. It knows nothing of either database.

``tables/cards.jsonl`` holds one JSON array a row, in the order of the manifest's columns; bytes stand as base64.
"""

import base64
import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import orjson

from board.core.errors import Problem

FORMAT, VERSION = "staffroom-backup", 1
_MANIFEST = "manifest.json"
_CHUNK = 1 << 20
#: no honest row is longer: a comment has 65,536 characters, an answer kept for a day a megabyte
_LONGEST_LINE = 64 << 20


class Unusable(Problem):
    """The file is no backup, or not whole."""


@dataclass
class Counted:
    """Passes bytes on, and knows how many and which they were."""

    out: IO[bytes]
    size: int = 0

    def __post_init__(self) -> None:
        self._hash = hashlib.sha256()

    def write(self, data: bytes) -> None:
        self.out.write(data)
        self.size += len(data)
        self._hash.update(data)

    def mark(self) -> dict[str, Any]:
        return {"bytes": self.size, "sha256": self._hash.hexdigest()}


def write_table(file: zipfile.ZipFile, name: str, columns: list[str], rows: Iterator[Any]) -> dict[str, Any]:
    """Writes one table; returns what the manifest says of it."""
    many = 0
    with file.open(f"tables/{name}.jsonl", "w", force_zip64=True) as member:
        counted = Counted(member)
        for row in rows:
            counted.write(orjson.dumps([_plain(value) for value in row]) + b"\n")
            many += 1
    return {"columns": columns, "rows": many, **counted.mark()}


def write_file(file: zipfile.ZipFile, name: str, path: Path) -> dict[str, Any]:
    with path.open("rb") as source, file.open(f"files/{name}", "w", force_zip64=True) as member:
        counted = Counted(member)
        while chunk := source.read(_CHUNK):
            counted.write(chunk)
    return counted.mark()


def write_manifest(file: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    file.writestr(_MANIFEST, orjson.dumps(manifest, option=orjson.OPT_INDENT_2))


class Archive:
    """A backup to read from.

    Raises:
        Unusable: with words that say why, here and in every method.
    """

    def __init__(self, path: Path):
        try:
            self._zip = zipfile.ZipFile(path)
            manifest = orjson.loads(self._zip.read(_MANIFEST))
        except FileNotFoundError:
            raise Unusable(f"There is no file {path}.") from None
        except (OSError, zipfile.BadZipFile, KeyError, ValueError) as e:
            raise Unusable(f"{path} is no backup of Staffroom, or its end is missing.") from e
        if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
            raise Unusable(f"{path} is no backup of Staffroom.")
        if manifest.get("version") != VERSION:
            raise Unusable(f"{path} was made by a newer Staffroom. Update this one first.")
        self.manifest: dict[str, Any] = manifest
        if not _is_whole(manifest):
            raise Unusable(f"{path} is damaged: its list of contents is not whole.")

    def close(self) -> None:
        self._zip.close()

    def rows(self, name: str, binary: set[str]) -> Iterator[list[Any]]:
        """The rows of a table; ``binary`` names the columns that hold bytes."""
        said = self.manifest["tables"][name]
        at = [i for i, column in enumerate(said["columns"]) if column in binary]
        many = 0
        for line in self._lines(f"tables/{name}.jsonl", said):
            # Here bytes are read that may not be what was written: that is known at the member's end alone.
            try:
                row = orjson.loads(line)
                if not isinstance(row, list) or len(row) != len(said["columns"]):
                    raise Unusable(f"The backup is damaged: a row of {name} has the wrong length.")
                for i in at:
                    row[i] = None if row[i] is None else base64.b64decode(row[i])
            except (ValueError, TypeError) as e:
                raise Unusable(f"The backup is damaged: a row of {name} cannot be read.") from e
            many += 1
            yield row
        if many != said["rows"]:
            raise Unusable(f"The backup is damaged: {name} has {many} rows instead of {said['rows']}.")

    def copy(self, name: str, to: Path) -> None:
        """One kept file, to ``to``; never anywhere else."""
        with to.open("xb") as out:
            for chunk in self._bytes(f"files/{name}", self.manifest["files"][name]):
                out.write(chunk)

    def verify(self) -> None:
        """Reads every byte and compares it with the manifest."""
        for name in self.manifest["tables"]:
            for _row in self.rows(name, set()):
                pass
        for name, said in self.manifest["files"].items():
            for _chunk in self._bytes(f"files/{name}", said):
                pass

    def _lines(self, member: str, said: dict[str, Any]) -> Iterator[bytes]:
        rest = b""
        for chunk in self._bytes(member, said):
            *lines, rest = (rest + chunk).split(b"\n")
            yield from lines
            if len(rest) > _LONGEST_LINE:
                raise Unusable(f"The backup is damaged: a row of {member} does not end.")
        if rest:
            raise Unusable(f"The backup is damaged: {member} breaks off.")

    def _bytes(self, member: str, said: dict[str, Any]) -> Iterator[bytes]:
        digest, size = hashlib.sha256(), 0
        try:
            with self._zip.open(member) as source:
                while chunk := source.read(_CHUNK):
                    size += len(chunk)
                    if size > said["bytes"]:
                        raise Unusable(f"The backup is damaged: {member} is longer than it says.")
                    digest.update(chunk)
                    yield chunk
        except KeyError:
            raise Unusable(f"The backup is damaged: {member} is missing.") from None
        except (OSError, EOFError, zipfile.BadZipFile, zipfile.zlib.error) as e:  # type: ignore[attr-defined]
            raise Unusable(f"The backup is damaged: {member} cannot be read.") from e
        if (size, digest.hexdigest()) != (said["bytes"], said["sha256"]):
            raise Unusable(f"The backup is damaged: {member} is not what was written.")


def _is_whole(manifest: dict[str, Any]) -> bool:
    tables, files = manifest.get("tables"), manifest.get("files")
    if not (isinstance(tables, dict) and isinstance(files, dict)):
        return False
    members = [*tables.values(), *files.values()]
    marked = all(
        isinstance(m, dict) and isinstance(m.get("bytes"), int) and isinstance(m.get("sha256"), str) for m in members
    )
    return marked and all(
        isinstance(t.get("rows"), int)
        and isinstance(t.get("columns"), list)
        and all(isinstance(c, str) for c in t["columns"])
        for t in tables.values()
    )


def _plain(value: Any) -> Any:
    return base64.b64encode(value).decode() if isinstance(value, bytes | memoryview) else value
