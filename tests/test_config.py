"""Settings that cannot be served with are refused in a sentence that says what to do."""

import os
import stat
from pathlib import Path
from typing import Any

import pytest

from board.config import Config, ConfigError


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"port": 99_999}, "port"),
        ({"port": -1}, "port"),
        ({"workers": 0}, "worker"),
        ({"workers": 2}, "SQLite serves one process"),
        ({"workers": 2, "database": "postgresql://x/y"}, "Redis"),
        ({"database": "mysql://x/y"}, "postgresql://"),
        ({"secret": "changeme"}, "secret"),
        ({"secret": "short"}, "secret"),
        ({"limits": "perhaps"}, "on or off"),
        ({"port": "eighty"}, "whole number"),
    ],
)
def test_what_cannot_be_served_is_refused(tmp_path: Path, settings: dict[str, Any], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        Config.load(data=tmp_path / "data", **settings)


def test_a_data_directory_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="--data"):
        Config.load(data=tmp_path / "file" / "data")


def test_unknown_settings_in_the_file_are_named(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("trusted_host = 'x'\n")
    with pytest.raises(ConfigError, match="trusted_host"):
        Config.load(data=tmp_path)


def test_flags_win_over_the_environment_and_that_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config.toml").write_text("port = 1111\nhost = '127.0.0.2'\ntrusted_hosts = ['Board.example']\n")
    monkeypatch.setenv("BOARD_PORT", "2222")
    assert Config.load(data=tmp_path).port == 2222
    config = Config.load(data=tmp_path, port=3333)
    assert (config.port, config.host, config.trusted_hosts) == (3333, "127.0.0.2", ("board.example",))


def test_the_secret_is_made_once_for_the_owner_alone(tmp_path: Path) -> None:
    first, second = Config.load(data=tmp_path), Config.load(data=tmp_path)
    assert first.secret == second.secret and len(first.secret) >= 32
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("host", "trusted"),
    [
        ("localhost:8000", True), ("127.0.0.1", True), ("[::1]:8000", True), ("192.168.1.7:8000", True), ("board.example", True),
        ("evil.example", False), ("localhost.evil.example", False), (f"{os.uname().nodename}.evil.example", False), ("", False),
    ],
)  # fmt: skip
def test_only_names_of_this_server_are_answered_to(tmp_path: Path, host: str, trusted: bool) -> None:
    assert Config.load(data=tmp_path, trusted_hosts="board.example").trusts_host(host) is trusted
