"""Runs the load harness in an environment of its own, one scenario at a time, each against a freshly started server."""

import contextlib
import json
import shlex
import subprocess
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from bench.server import BenchServer, free_port, wait_for

ROOT = Path(__file__).resolve().parent.parent
ADMIN, PASSWORD = "admin@example.org", "bench-Pass-7731-kanban"


@dataclass(frozen=True)
class Scenario:
    name: str
    #: of the harness
    scenario: str
    flags: tuple[str, ...] = ()
    short_flags: tuple[str, ...] = ()
    #: the same against the harness's do-nothing server, just before: what the generator itself costs
    floor: bool = False
    #: the harness starts the server by itself
    starts: bool = False


SCENARIOS = {
    s.name: s
    for s in (
        Scenario("coldstart", "coldstart", starts=True, short_flags=("--runs", "2")),
        Scenario("board_open", "board_open", short_flags=("--sizes", "100", "--runs", "5")),
        Scenario("writes-200", "writes", ("--cards", "200"), ("--seconds", "4")),
        Scenario("writes-1000", "writes", ("--cards", "1000"), ("--cards", "400", "--seconds", "4")),
        Scenario("fanout", "fanout", ("--subs", "1000"), ("--subs", "100", "--seconds", "4"), floor=True),
        Scenario("converge", "converge", (), ("--seconds", "4")),
        Scenario("reconnect", "reconnect", ("--cards", "200"), ()),
    )
}


class Harness:
    def __init__(self, folder: Path, environment: Path):
        self.folder, self.python = folder, environment / "bin/python"
        make = [sys.executable, ROOT / "bin/environment", environment, ROOT / "requirements-bench.lock"]
        subprocess.run(make, check=True)

    def school(self, server: BenchServer) -> None:
        """The first admin, whom the harness signs in as."""
        body = {
            "code": server.setup_code,
            "school": "Bench school",
            "name": "Admin",
            "email": ADMIN,
            "password": PASSWORD,
        }
        request = urllib.request.Request(
            server.url + "/api/v1/setup", json.dumps(body).encode(), {"Content-Type": "application/json"}, method="POST"
        )
        with contextlib.suppress(urllib.error.HTTPError):  # there is one already
            urllib.request.urlopen(request, timeout=20).close()

    def run(self, scenario: Scenario, server: BenchServer, out: Path, *, short: bool) -> None:
        print(f"\n━━━ {out.stem}", flush=True)
        flags = [*scenario.flags, *(scenario.short_flags if short else ())]
        if scenario.floor:
            self._floor(scenario, flags, out.with_name(out.name.replace(".json", "-floor.json")))
        if scenario.starts:
            self._load(
                "staffroom", server.url, scenario, [*flags, "--start-cmd", f"exec {shlex.join(server.command)}"], out
            )
        else:
            with server.running():
                self._load("staffroom", server.url, scenario, flags, out)

    def _floor(self, scenario: Scenario, flags: list[str], out: Path) -> None:
        port = free_port()
        null = subprocess.Popen([self.python, self.folder / "nullserver.py", str(port)])
        try:
            wait_for(f"http://127.0.0.1:{port}/", null)
            self._load("null", f"http://127.0.0.1:{port}", scenario, [*flags, "--users", "2"], out)
        finally:
            null.terminate()
            null.wait(10)

    def _load(self, product: str, url: str, scenario: Scenario, flags: list[str], out: Path) -> None:
        words = [
            self.python,
            self.folder / "load.py",
            "--product",
            product,
            "--url",
            url,
            "--scenario",
            scenario.scenario,
        ]
        words += ["--json", out, *flags]
        if product == "staffroom":
            words += ["--opt", f"email={ADMIN}", "--opt", f"password={PASSWORD}"]
        # From the root, so that a start command finds `board`.
        subprocess.run([str(w) for w in words], check=True, stdout=subprocess.DEVNULL, cwd=ROOT, timeout=1800)
