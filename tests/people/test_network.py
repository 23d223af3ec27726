"""Whose budget a failure counts for: the address that asks, as far as the proxies in front are ours."""

import pytest

from board.people import setup_code

WRONG = {
    "school": "S",
    "name": "Kit",
    "email": "kit@example.org",
    "password": "four quiet green chairs",
    "code": "AAAA-BBBB-CCCC",
}


@pytest.fixture
def tries(empty_app):
    def tries(forwarded: list[str], trusted_proxies: int = 0, remote: str = "127.0.0.1") -> list[int]:
        app = empty_app(trusted_proxies=trusted_proxies)
        setup_code(app)
        client = app.test_client()
        return [
            client.post(
                "/api/v1/setup", json=WRONG, headers={"X-Forwarded-For": name}, environ_base={"REMOTE_ADDR": remote}
            ).status_code
            for name in forwarded
        ]

    return tries


def test_without_a_proxy_of_ours_nobody_chooses_an_address(tries):
    assert tries([f"10.0.0.{i}" for i in range(31)])[-1] == 429


def test_behind_a_proxy_each_address_has_its_own(tries):
    assert set(tries([f"10.0.0.{i}" for i in range(31)], trusted_proxies=1)) == {422}
    assert tries(["10.0.0.1"] * 31, trusted_proxies=1)[-1] == 429


def test_what_stands_before_our_proxy_is_not_believed(tries):
    assert tries([f"10.0.0.{i}, 192.0.2.7" for i in range(31)], trusted_proxies=1)[-1] == 429


def test_one_machine_has_many_addresses_in_ipv6(tries):
    assert tries([f"2001:db8:1:2::{i}" for i in range(1, 32)], trusted_proxies=1)[-1] == 429
    assert set(tries([f"2001:db8:1:{i}::1" for i in range(1, 32)], trusted_proxies=1)) == {422}
