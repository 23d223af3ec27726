"""The named steps of bin/test, one after the other, with a summary: all run, even when an early one fails."""

import argparse
import filecmp
import io
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

ROOT = Path(__file__).resolve().parent.parent
PYTHON = str(ROOT / ".venv/bin/python")
NO_TEST_RAN = 5  # pytest's exit code
#: so many tests in the browser may be run once more: a page waits for a busy machine at many places, more than this is no accident
MOST_AGAIN = 3
#: where this thread's programs are heard
showing: ContextVar[BinaryIO] = ContextVar("showing", default=sys.stdout.buffer)


@dataclass
class Outcome:
    """How a step ended: `problem` is empty when all is well, `note` is worth a line in the summary."""

    problem: str = ""
    note: str = ""
    passed: int = 0
    failed: int = 0


@dataclass
class Step:
    name: str
    run: Callable[[], Outcome]
    seconds: float = 0.0
    outcome: Outcome = field(default_factory=Outcome)


def main() -> int:
    options = parse()
    done = [Step("environment", Outcome, options.environment_seconds)]
    for step in chosen(options):
        print(f"\n━━━ {step.name}", flush=True)
        began = time.monotonic()
        step.outcome = step.run()
        step.seconds = time.monotonic() - began
        done.append(step)
    return summary(done)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/test", description="Runs the checks and tests, on SQLite and PostgreSQL."
    )
    parser.add_argument("--quick", action="store_true", help="lint, types and the tests on SQLite, without a browser")
    parser.add_argument("--realdata", metavar="DIR", help="also import the large real exports that lie in DIR")
    parser.add_argument("--only", metavar="STEP", action="append", help="only the steps whose name contains this")
    parser.add_argument("--environment-seconds", type=float, default=0.0, help=argparse.SUPPRESS)
    return parser.parse_args()


def chosen(options: argparse.Namespace) -> list[Step]:
    steps = [
        Step("ruff", lambda: command("ruff", "check", ".")),
        Step("format", lambda: command("ruff", "format", "--check", ".")),
        Step("types", lambda: command("mypy")),
        Step("imports", lambda: command("lint-imports", "--no-logo")),
    ]
    if (ROOT / "package.json").exists():
        steps += [
            Step("node packages", node_packages),
            Step("scripts", lambda: command("npm", "run", "--silent", "check")),
            Step("script tests", lambda: command("npm", "--silent", "test")),
        ]
    if options.quick:
        steps += [Step("tests on sqlite", lambda: tests("sqlite", "not browser and not faults and not realdata"))]
    else:
        steps += [
            Step("known vulnerabilities", audit),
            *side_by_side(
                Step("tests on sqlite", lambda: tests("sqlite", "not browser and not realdata")),
                Step("tests on postgresql", lambda: tests("postgresql", "not browser and not realdata and not once")),
            ),
            Step("a browser", find_browser),
            Step("tests in the browser", browser_tests),
        ]
    if options.realdata:
        os.environ["BOARD_TEST_REALDATA"] = str(Path(options.realdata).resolve())
        steps += [Step("tests on real data", lambda: tests("sqlite", "realdata"))]
    if options.only:
        steps = [s for s in steps if any(part in s.name for part in options.only)]
    return steps


def side_by_side(first: Step, second: Step) -> list[Step]:
    """Both run at once, since each keeps one processor busy; what the second says is shown when the first has ended."""
    said = io.BytesIO()
    done: list[Outcome] = []

    def aside() -> None:
        showing.set(said)
        done.append(second.run())

    thread = threading.Thread(target=aside)

    def begin() -> Outcome:
        thread.start()
        return first.run()

    def end() -> Outcome:
        if not thread.ident:
            return second.run()
        thread.join()
        sys.stdout.buffer.write(said.getvalue())
        return done[0] if done else Outcome("it could not be run")

    return [Step(first.name, begin), Step(second.name, end)]


def tests(database: str, marks: str, *which: str) -> Outcome:
    code, text = echo([PYTHON, "-m", "pytest", "-q", "-m", marks, *(which or ["tests"])], BOARD_TEST_DATABASE=database)
    counts = {word: int(n) for n, word in re.findall(r"(\d+) (passed|failed|errors?)\b", last_line(text))}
    outcome = Outcome(passed=counts.get("passed", 0), failed=sum(n for word, n in counts.items() if word != "passed"))
    if code == NO_TEST_RAN:
        outcome.problem = "no test ran"
    elif code:
        outcome.problem = f"{outcome.failed} failed" if outcome.failed else f"pytest ended with {code}"
    return outcome


def browser_tests() -> Outcome:
    """A test that fails and passes when it runs once more is named in the summary, for somebody to make it sure of itself."""
    outcome = tests("sqlite", "browser")
    if not 0 < outcome.failed <= MOST_AGAIN:
        return outcome
    kept = ROOT / ".pytest_cache/v/cache/lastfailed"
    names = [name for name in json.loads(kept.read_text()) if name.startswith("tests/browser/")]
    print("\nOnce more:", *names, sep="\n  ", flush=True)
    again = tests("sqlite", "browser", *names)
    if again.problem or again.passed != outcome.failed:
        return outcome
    unsure = ", ".join(name.rpartition("::")[2] for name in names)
    return Outcome(passed=outcome.passed + again.passed, note=f"{again.passed} ONLY WHEN RUN AGAIN: {unsure}")


def command(*words: str) -> Outcome:
    code, text = echo(list(words))
    outcome = Outcome(f"{words[0]} ended with {code}" if code else "")
    if node := re.findall(r"^[#ℹ] (pass|fail) (\d+)$", text, re.MULTILINE):  # node --test
        outcome.passed = sum(int(n) for word, n in node if word == "pass")
        outcome.failed = sum(int(n) for word, n in node if word == "fail")
    return outcome


def node_packages() -> Outcome:
    lock, stamp = ROOT / "package-lock.json", ROOT / "node_modules/.installed-lock.json"
    if stamp.exists() and filecmp.cmp(lock, stamp, shallow=False):
        return Outcome(note="as they were")
    outcome = command("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
    if not outcome.problem:
        shutil.copyfile(lock, stamp)
    return outcome


def audit() -> Outcome:
    """pip-audit needs a service on the internet; where that is out of reach, say so: nothing has been audited then."""
    home = ROOT / ".venv-audit"
    made = command(sys.executable, str(ROOT / "bin/environment"), str(home), str(ROOT / "requirements-audit.lock"))
    if made.problem:
        return made
    words = [
        str(home / "bin/pip-audit"),
        "--disable-pip",
        "--require-hashes",
        "--format",
        "json",
        "--progress-spinner",
        "off",
    ]
    done = subprocess.run([*words, "-r", "requirements.lock"], cwd=ROOT, capture_output=True, text=True, timeout=300)
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except ValueError:
        packages = []
    audited = [p for p in packages if "vulns" in p]
    if not audited:
        return Outcome(note="NOT AUDITED: the vulnerability service could not be reached from here")
    known = [f"{p['name']} {p['version']}: {v['id']}" for p in audited for v in p["vulns"]]
    print("\n".join(known))
    return Outcome(f"{len(known)} known vulnerabilities" if known else "", f"{len(audited)} packages audited")


def find_browser() -> Outcome:
    """A Chromium from PATH; else from the system's packages; else Playwright's own."""
    if not browser() and shutil.which("apt-get") and os.geteuid() == 0:
        command("apt-get", "-q", "update")
        command("apt-get", "-q", "install", "-y", "--no-install-recommends", "chromium", "fonts-dejavu-core")
    if path := browser():
        os.environ["BOARD_TEST_BROWSER"] = path
        return Outcome(note=path)
    outcome = command(PYTHON, "-m", "playwright", "install", "chromium")
    return (
        Outcome("no browser could be found or installed") if outcome.problem else Outcome(note="Playwright's Chromium")
    )


def browser() -> str | None:
    names = (os.environ.get("BOARD_TEST_BROWSER", ""), "chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if name and (path := shutil.which(name))), None)


def echo(words: Sequence[str], **environment: str) -> tuple[int, str]:
    """Runs a program, showing its output as it comes; returns its exit code and the output."""
    with subprocess.Popen(
        words,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as program:
        assert program.stdout
        seen = bytearray()
        while piece := os.read(program.stdout.fileno(), 65536):  # as it comes: a line of dots takes minutes to end
            out = showing.get()
            out.write(piece)
            out.flush()
            seen += piece
    return program.returncode, seen.decode(errors="replace")


def last_line(text: str) -> str:
    return text.rstrip().rsplit("\n", 1)[-1]


def summary(steps: list[Step]) -> int:
    bad = [s for s in steps if s.outcome.problem]
    print("\n━━━ summary")
    for s in steps:
        words = (
            s.outcome.problem
            or ", ".join(filter(None, [s.outcome.passed and f"{s.outcome.passed} passed", s.outcome.note]))
            or "ok"
        )
        print(f"{'✗' if s.outcome.problem else '✓'} {s.name:<24}{s.seconds:7.1f} s   {words}")
    print(f"{'':<26}{sum(s.seconds for s in steps):7.1f} s   in all")
    if bad:
        print("Failed: " + ", ".join(s.name for s in bad))
    passed = sum(s.outcome.passed for s in steps)
    failed = sum(s.outcome.failed or bool(s.outcome.problem) for s in steps)  # a failed check counts as one
    print(f"{passed} passed, {failed} failed")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
