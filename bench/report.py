"""Raw figures → one table a person can read."""

import json
import os
import platform
import subprocess
from pathlib import Path
from typing import Any

HEAD = """# Figures
Measured by `bin/bench --harness DIR` on {machine}, {when}; the raw figures are written to `build/bench`. Generator, server and database
share the machine. The floor is the same load against a server that does nothing, in the same run: what the generator itself costs.

| | SQLite | PostgreSQL |
| --- | ---: | ---: |
"""
DATABASES = ("sqlite", "postgresql")


def figures(results: Path) -> str:
    raw = {path.stem: json.loads(path.read_text()) for path in sorted(results.glob("*.json"))}
    rows: list[tuple[str, list[str]]] = []

    def row(title: str, scenario: str, *keys: str, unit: str = "", digits: int = 1) -> None:
        # On SQLite there is no database server; whatever the harness counted there is somebody else's.
        beside = any("aux" in key for key in keys)
        documents = [None if beside and d == "sqlite" else raw.get(f"{d}-{scenario}") for d in DATABASES]
        cells = [_cell(document, keys, unit, digits) for document in documents]
        if any(cells):
            rows.append((title, cells))

    row("start to the first good answer", "coldstart", "p50_s", unit=" s", digits=2)
    row("memory of the server, idle", "coldstart", "rss_idle_mb", unit=" MB", digits=0)
    row(
        "memory of the database, idle",
        "coldstart",
        "aux_rss_idle_mb_counting_shared_pages_per_process",
        unit=" MB",
        digits=0,
    )
    for n in ("100", "1000", "5000"):
        row(f"open a board of {int(n):,} cards, p50", "board_open", n, "http", "p50", unit=" ms")
        row("… p95", "board_open", n, "http", "p95", unit=" ms")
        row("… bytes", "board_open", n, "raw_bytes", digits=0)
        row("… bytes as sent", "board_open", n, "wire_bytes", digits=0)
        row("… by 20 at once, p50", "board_open", n, "herd20_http", "p50", unit=" ms")
        row("… meanwhile, a move elsewhere, p95", "board_open", n, "small_move_while_opening", "p95", unit=" ms")
    for n in ("200", "1000"):
        row(f"8 people move cards, board of {int(n):,}", f"writes-{n}", "moves_per_s", unit=" /s", digits=0)
        row("… answer p50", f"writes-{n}", "answer", "p50", unit=" ms")
        row("… answer p99", f"writes-{n}", "answer", "p99", unit=" ms")
        row("… CPU a move", f"writes-{n}", "cpu_ms_per_move", unit=" ms", digits=2)
        row("… memory of the server", f"writes-{n}", "cost", "server_rss_mb", unit=" MB", digits=0)
        row("… memory of the database", f"writes-{n}", "cost", "aux_rss_mb", unit=" MB", digits=0)
    for n in _subscribers(raw):
        row(f"{int(n):,} watchers, 10 moves/s: p50", "fanout", n, "latency", "p50", unit=" ms")
        row("… the floor, p50", "fanout-floor", n, "latency", "p50", unit=" ms")
        row("… p99", "fanout", n, "latency", "p99", unit=" ms")
        row("… the floor, p99", "fanout-floor", n, "latency", "p99", unit=" ms")
        row("… CPU a delivery", "fanout", n, "cpu_us_per_delivery", unit=" µs")
        row("… missed / repeated: missed", "fanout", n, "missed", digits=0)
        row("… repeated", "fanout", n, "repeated", digits=0)
        row("… all connected and loaded in", "fanout", n, "connect_all_s", unit=" s", digits=2)
        row("… memory of the server", "fanout", n, "cost", "server_rss_mb", unit=" MB", digits=0)
    row("8 people at full speed: acknowledged writes", "converge", "acknowledged_writes", digits=0)
    row("… writers' screens wrong at the end", "converge", "actors_wrong_at_end", digits=0)
    row("… watchers' screens wrong at the end", "converge", "watchers_wrong_at_end", digits=0)
    row("… writes a watcher never heard of", "converge", "lost_writes_summed_over_watchers", digits=0)
    row("cut off for 5 s: writes meanwhile", "reconnect", "writes_while_away", digits=0)
    row("… caught up in, p50", "reconnect", "catch_up", "p50", unit=" ms")
    row("… bytes", "reconnect", "bytes_per_catch_up", digits=0)
    row("… screens wrong", "reconnect", "wrong_after_catch_up", digits=0)
    row("boards opened under full fire", "reconnect", "opened_under_fire", "boards_opened", digits=0)
    row("… wrong", "reconnect", "opened_under_fire", "wrong_at_end", digits=0)
    row("find among 100,000 cards and 500,000 comments, p50", "search", "p50", unit=" ms")
    row("… p95", "search", "p95", unit=" ms")
    row("… the commonest word, p95", "search", "queries", "the commonest word", "p95", unit=" ms")
    row("… all made anew in", "search", "indexed_s", unit=" s", digits=0)
    text = HEAD.format(machine=_machine(), when=_when(raw)) + "".join(
        f"| {title} | {' | '.join(cells)} |\n" for title, cells in rows
    )
    if "page" in raw:
        kinds = raw["page"]["result"]
        text += f"\nA board page fetched for the first time: {kinds.get('script', 0) / 1000:,.0f} kB of script, "
        text += f"{kinds.get('stylesheet', 0) / 1000:,.0f} kB of styles, {sum(kinds.values()) / 1000:,.0f} kB in all (compressed).\n"
    if "screen" in raw:
        text += _screen(raw["screen"]["result"])
    disturbed = [name for name, doc in raw.items() if _disturbed(doc)]
    if disturbed:
        text += f"\nOther work ran on the machine during: {', '.join(disturbed)}. Measure these again.\n"
    return text


def _screen(found: dict[str, Any]) -> str:
    """What a browser measured, which has no database to compare."""
    drag, key, home = found["drag"], found["key_to_paint_ms"], found["home"]
    rows = [
        ("from the address to the first card, board of 100 cards", f"{found['first_card_small_ms']:,.0f} ms"),
        (f"… of {found['cards']:,} cards", f"{found['first_card_full_ms']:,.0f} ms"),
        ("a drag over it: a frame, p50 / p95 / longest", " / ".join(f"{drag[k]:,.0f}" for k in ("frame_p50_ms", "frame_p95_ms", "longest_frame_ms")) + " ms"),
        ("… tasks over 50 ms", f"{drag['tasks_over_50_ms']}"),
        ("a letter of the filter, from the key to the paint, p50 / longest", f"{key['p50']:,.0f} / {key['longest']:,.0f} ms"),
        ("JavaScript's heap with it", f"{found['heap_mb']:,.1f} MB"),
        ("home of a member with 40 boards: answer, p50 / p95", f"{home['answer_p50_ms']:,.0f} / {home['answer_p95_ms']:,.0f} ms"),
        ("… first paint", f"{home['first_paint_ms']:,.0f} ms"),
    ]  # fmt: skip
    return "\n| In Chromium, on SQLite | |\n| --- | ---: |\n" + "".join(
        f"| {title} | {value} |\n" for title, value in rows
    )


def _cell(document: Any, keys: tuple[str, ...], unit: str, digits: int) -> str:
    value = document and document["result"]
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return "" if value is None else f"{value:,.{digits}f}{unit}"


def _subscribers(raw: dict[str, Any]) -> list[str]:
    found = {n for name, doc in raw.items() if name.endswith("-fanout") for n in doc["result"]}
    return sorted(found, key=int)


def _disturbed(value: Any) -> bool:
    if isinstance(value, dict):
        return value.get("disturbed") is True or any(_disturbed(v) for v in value.values())
    return False


def _machine() -> str:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()
    return f"{os.cpu_count()} cores, Python {platform.python_version()}" + (f", commit {commit}" if commit else "")


def _when(raw: dict[str, Any]) -> str:
    return max((doc.get("when", "") for doc in raw.values()), default="")[:10]
