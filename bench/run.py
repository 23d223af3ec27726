"""bin/bench --harness DIR: runs the scenarios on SQLite and on PostgreSQL, and writes docs/figures.md from what was measured."""

import argparse
import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import harness, page, report, screen, search
from bench.server import BenchServer, own_postgresql

#: what brings its own load
OWN_LOAD = {"search", "screen"}
ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    options = parse()
    results = Path(options.results or ROOT / "build/bench").resolve()
    results.mkdir(parents=True, exist_ok=True)
    if not options.report:
        with tempfile.TemporaryDirectory(prefix="staffroom-bench-") as folder:
            for database in options.database:
                measure(Path(folder), database, options, results)
    text = report.figures(results)
    print(text)
    if not options.short and not options.only:
        (ROOT / "docs/figures.md").write_text(text)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("--harness", type=Path, help="folder of the load harness (load.py, nullserver.py)")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument(
        "--only", nargs="+", metavar="SCENARIO", help=f"some of: {', '.join(harness.SCENARIOS)}, search, screen, page"
    )
    parser.add_argument(
        "--short", action="store_true", help="small sizes, to see that everything runs; the figures mean little"
    )
    parser.add_argument("--results", help="folder for the raw figures (default build/bench)")
    parser.add_argument(
        "--report", action="store_true", help="measure nothing: write the figures from the raw ones there are"
    )
    options = parser.parse_args()
    alone = options.only and {*options.only} <= OWN_LOAD
    if not (options.report or alone) and not (options.harness and (options.harness / "load.py").is_file()):
        parser.error("--harness must name the folder that holds load.py")
    return options


def measure(folder: Path, database: str, options: argparse.Namespace, results: Path) -> None:
    wanted = options.only or [*harness.SCENARIOS, "search", "screen", "page"]
    if "search" in wanted:
        with a_database(folder / "search", database) as url:
            server = BenchServer(folder / f"data-{database}-search", url)
            search.measure(server, url, results / f"{database}-search.json", short=options.short)
    if "screen" in wanted and database == "sqlite":
        server = BenchServer(folder / "data-screen", None)
        with server.running():
            screen.measure(server, results / "screen.json", short=options.short)
    if {*wanted} <= OWN_LOAD:
        return
    load = harness.Harness(options.harness.resolve(), ROOT / ".venv-bench")
    with a_database(folder, database) as url:
        server = BenchServer(folder / f"data-{database}", url)
        with server.running():
            load.school(server)  # the first start makes the tables and the school; it is not measured
        for scenario in harness.SCENARIOS.values():
            if scenario.name in wanted:
                load.run(scenario, server, results / f"{database}-{scenario.name}.json", short=options.short)
        if "page" in wanted and database == "sqlite":
            with server.running():
                page.weigh(server, results / "page.json")


@contextlib.contextmanager
def a_database(folder: Path, kind: str) -> Iterator[str | None]:
    if kind == "sqlite":
        yield None
    else:
        with own_postgresql(folder / "postgresql") as url:
            yield url


if __name__ == "__main__":
    main()
