"""Secrets that stand for a person. Only their marks are kept: who reads the database can use none of them."""

import hashlib
import secrets

#: no I, L, O, U: read aloud and typed from paper without doubt
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ALIKE = str.maketrans("ILOU", "110V")
TOKEN_START = "sr_"


def cookie() -> str:
    return secrets.token_urlsafe(32)


def token() -> str:
    """A personal token: 256 bits, with a start by which secret scanners know it."""
    return TOKEN_START + secrets.token_urlsafe(32)


def code(groups: int = 3) -> str:
    """A code for paper, 20 bits a group: ``7KQM-2RTP-X9WD``."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(groups))


def typed(code: str) -> str:
    """A code as somebody typed it, brought to the way it was made."""
    letters = "".join(c for c in code.upper().translate(_ALIKE) if c in _LETTERS)
    return "-".join(letters[i : i + 4] for i in range(0, len(letters), 4))


def mark(secret: str) -> str:
    """What is kept of a secret. A plain hash is enough: nobody can try out 2^100 of them."""
    return hashlib.sha256(secret.encode()).hexdigest()
