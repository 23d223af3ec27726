"""Typed settings: flags over environment (``BOARD_…``) over ``DIR/config.toml`` over defaults. Weak ones are refused with a clear message."""

import ipaddress
import os
import re
import secrets
import socket
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

WEAK_SECRETS = {"dev", "secret", "changeme", "password", "test"}


class ConfigError(Exception):
    """A setting that cannot be used; the message says what to do."""


@dataclass
class Config:
    data: Path = Path("instance")
    database: str | None = None
    redis: str | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    demo: bool = False
    limits: bool = True
    https: bool = False
    trusted_hosts: tuple[str, ...] = ()
    trusted_proxies: int = 0
    async_mode: str = "threading"
    metrics_token: str = ""
    argon2_cost: int = 19_456
    secret: str = ""
    testing: bool = False
    extra: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def load(cls, **flags: Any) -> "Config":
        """Settings from all sources; ``flags`` that are None count as not given.

        Raises:
            ConfigError: a value has the wrong type, is unknown, or is too weak to serve with.
        """
        given = {k: v for k, v in flags.items() if v is not None}
        environ = _from_environment()
        data = Path(given.get("data") or environ.get("data") or "instance").resolve()
        merged = {**_from_file(data / "config.toml"), **environ, **given, "data": data}
        config = cls(**{name: _typed(name, value) for name, value in merged.items()})
        config.prepare()
        return config

    def prepare(self) -> None:
        """Makes the data directory and the secret, and refuses what cannot be served."""
        self._refuse_nonsense()
        try:
            self.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as e:
            raise ConfigError(
                f"The data directory {self.data} cannot be made: {e.strerror}. Choose another with --data."
            ) from e
        self.secret = self.secret or kept_secret(self.data / "secret")
        self.metrics_token = self.metrics_token or kept_secret(self.data / "metrics-token")
        if self.secret.lower() in WEAK_SECRETS or len(self.secret) < 32:
            raise ConfigError(
                "The secret is too short or well known. Remove it from the settings; a strong one is then made in the data directory."
            )
        if self.workers > 1 and self.is_sqlite:
            raise ConfigError(
                "SQLite serves one process only. Set --workers 1, or use PostgreSQL with --database postgresql://…"
            )
        if self.workers > 1 and not self.redis:
            raise ConfigError(
                "Several workers need Redis to pass events between them. Set --redis redis://… or --workers 1."
            )

    def _refuse_nonsense(self) -> None:
        if not 0 <= self.port <= 65_535:
            raise ConfigError(f"There is no port {self.port}. Choose one from 1 to 65535 with --port.")
        if self.workers < 1:
            raise ConfigError("At least one worker is needed: set --workers 1 or more.")
        if not self.database_url.startswith(("sqlite:", "postgresql:", "postgresql+psycopg2:")):
            raise ConfigError(
                "The database must be postgresql://…; without --database it is SQLite in the data directory."
            )

    @property
    def database_url(self) -> str:
        if not self.database:
            return f"sqlite:///{self.data / 'board.db'}"
        # SQLAlchemy would take psycopg 3 for a plain postgresql:// address.
        return re.sub(r"^postgres(ql)?://", "postgresql+psycopg2://", self.database)

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    def trusts_host(self, host: str) -> bool:
        """Whether a Host header may name this server: configured names, this machine's addresses, loopback (against DNS rebinding)."""
        name = host.rsplit(":", 1)[0].strip("[]").lower() if not host.endswith("]") else host.strip("[]").lower()
        if name in self.trusted_hosts or name == "localhost" or name == self.host:
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return name in _own_names()
        return True


def _own_names() -> set[str]:
    """What this machine is called, with and without its domain, and in the local network."""
    node = os.uname().nodename.lower()
    return {node, node.split(".")[0], f"{node.split('.')[0]}.local", socket.getfqdn().lower()}


def kept_secret(path: Path) -> str:
    """The secret in ``path``, made at first use, readable by the owner only."""
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as out:
            out.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def _from_environment() -> dict[str, Any]:
    known = {f.name for f in fields(Config)}
    return {k[6:].lower(): v for k, v in os.environ.items() if k.startswith("BOARD_") and k[6:].lower() in known}


def _from_file(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        values = tomllib.loads(path.read_text())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
        raise ConfigError(f"{path} cannot be read: {e}") from e
    unknown = set(values) - {f.name for f in fields(Config)}
    if unknown:
        raise ConfigError(f"{path} has settings that do not exist: {', '.join(sorted(unknown))}")
    return values


def _typed(name: str, value: Any) -> Any:
    kind = {f.name: f.type for f in fields(Config)}[name]
    if kind == "int" or kind is int:
        try:
            return int(value)
        except (TypeError, ValueError) as e:
            raise ConfigError(f"{name} must be a whole number, not {value!r}") from e
    if kind == "bool" or kind is bool:
        if isinstance(value, bool):
            return value
        if str(value).lower() in ("1", "true", "yes", "on"):
            return True
        if str(value).lower() in ("0", "false", "no", "off", ""):
            return False
        raise ConfigError(f"{name} must be on or off, not {value!r}")
    if name == "trusted_hosts":
        return tuple(h.strip().lower() for h in (value.split(",") if isinstance(value, str) else value) if h.strip())
    return value
