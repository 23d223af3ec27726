"""What a person waits for, in Chromium: the first cards of a small and of a full board, a drag, a letter of the filter; and a busy member's home."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bench.browser import made, signed_in
from bench.server import BenchServer

SMALL, FULL, BOARDS = 100, 4_995, 40
#: of one request
_PASTED = 500
_WORDS = [
    "timetable",
    "reading",
    "corner",
    "library",
    "visit",
    "parents",
    "evening",
    "plan",
    "hall",
    "songs",
    "chairs",
    "trip",
    "report",
    "survey",
    "letter",
    "display",
]
#: When the first card is on the screen: the frame after it was drawn. When the page is painted first. When a key is answered: as the browser measures it.
_WATCH = """
window.drawn = new Promise(done => {
  const look = () => document.querySelector('.card') ? requestAnimationFrame(() => setTimeout(() => done(performance.now()))) : requestAnimationFrame(look);
  look();
});
window.painted = new Promise(done => new PerformanceObserver(list => done(list.getEntries().at(-1).startTime)).observe({ type: 'paint', buffered: true }));
window.keys = [];
new PerformanceObserver(list => window.keys.push(...list.getEntries().filter(e => e.name === 'keydown' || e.name === 'input').map(e => e.duration)))
  .observe({ type: 'event', durationThreshold: 16 });
"""
_FRAMES = """
window.frames_ = []; window.tasks = [];
new PerformanceObserver(list => window.tasks.push(...list.getEntries().map(e => e.duration))).observe({ type: 'longtask' });
let last = performance.now();
const tick = now => { window.frames_.push(now - last); last = now; requestAnimationFrame(tick); };
requestAnimationFrame(tick);
"""


def measure(server: BenchServer, out: Path, *, short: bool) -> None:
    print(f"\n━━━ {out.stem}", flush=True)
    full, runs = (600, 3) if short else (FULL, 9)
    with signed_in(server) as (context, api):
        group = made(api, "/groups", title="Measured")
        small_board, full_board = _board(api, group, SMALL), _board(api, group, full)
        result = _openings(context, small_board, full_board, runs)
        result["cards"] = full
        result |= _on_a_full_board(context, full_board)
        for _n in range(BOARDS - 2):
            _board(api, group, 25)
        result["home"] = _home(context, api, runs)
    for name, value in result.items():
        print(f"{name:24} {value}", flush=True)
    out.write_text(json.dumps({"scenario": "screen", "when": time.strftime("%Y-%m-%d"), "result": result}, indent=1))


def _openings(context: Any, small: int, full: int, runs: int) -> dict[str, Any]:
    """In turns, so that a busy second of the machine is shared by both."""
    spent: dict[int, list[float]] = {small: [], full: []}
    for _run in range(runs + 1):
        for board, times in spent.items():
            page = context.new_page()
            page.add_init_script(_WATCH)
            page.goto(f"/boards/{board}")
            times.append(page.evaluate("window.drawn"))
            page.close()
    first_small, first_full = (median(times[1:]) for times in spent.values())  # the first filled the browser's cache
    return {"first_card_small_ms": first_small, "first_card_full_ms": first_full}


def _on_a_full_board(context: Any, board: int) -> dict[str, Any]:
    page = context.new_page()
    page.set_viewport_size({"width": 1366, "height": 768})
    page.add_init_script(_WATCH)
    page.goto(f"/boards/{board}")
    page.evaluate("window.drawn")
    page.wait_for_timeout(1_000)
    found: dict[str, Any] = {"heap_mb": _heap(page), "drag": _drag(page)}
    page.evaluate("window.keys.length = 0")
    page.locator("#search").focus()
    for key in ("p", "l", "a", "n", " ", "4", "9", "Backspace", "Backspace", "Backspace"):
        page.keyboard.press(key)
        page.wait_for_timeout(250)
    keys = page.evaluate("window.keys")
    found["key_to_paint_ms"] = {"p50": median(keys), "longest": max(keys)}
    page.close()
    return found


def _drag(page: Any) -> dict[str, float]:
    """A card taken over the whole board and back, at a hand's pace."""
    box = page.locator(".card").first.bounding_box()
    page.evaluate(_FRAMES)
    page.mouse.move(box["x"] + 60, box["y"] + 16)
    page.mouse.down()
    for n in range(90):
        x = box["x"] + 70 + (n if n < 45 else 90 - n) * 20
        page.mouse.move(x, box["y"] + 40 + (n % 30) * 10)
        page.wait_for_timeout(16)
    page.keyboard.press("Escape")
    page.mouse.up()
    frames, tasks = page.evaluate("[window.frames_, window.tasks]")
    return {
        "frame_p50_ms": round(median(frames), 1),
        "frame_p95_ms": round(quantiles(frames, n=20)[-1], 1),
        "longest_frame_ms": round(max(frames), 1),
        "frames_over_50_ms": sum(f > 50 for f in frames),
        "tasks_over_50_ms": len(tasks),
    }


def _heap(page: Any) -> float:
    chrome = page.context.new_cdp_session(page)
    chrome.send("HeapProfiler.collectGarbage")
    chrome.send("Performance.enable")
    metrics = {m["name"]: m["value"] for m in chrome.send("Performance.getMetrics")["metrics"]}
    return round(float(metrics["JSHeapUsedSize"]) / 1e6, 1)


def _home(context: Any, api: Any, runs: int) -> dict[str, float]:
    """Of a member who owns cards on 40 boards."""
    answers = [_timed(lambda: api.get("/")) for _n in range(20)]
    paints = []
    for _run in range(runs):
        page = context.new_page()
        page.add_init_script(_WATCH)
        page.goto("/")
        paints.append(page.evaluate("window.painted"))
        page.close()
    return {
        "answer_p50_ms": round(median(answers), 1),
        "answer_p95_ms": round(quantiles(answers, n=20)[-1], 1),
        "first_paint_ms": round(median(paints)),
    }


def _timed(ask: Callable[[], Any]) -> float:
    start = time.perf_counter()
    if not ask().ok:
        raise RuntimeError("no answer")
    return (time.perf_counter() - start) * 1000


def _board(api: Any, group: int, cards: int) -> int:
    """Six lists; a third of the cards with a date, a third labelled, a fifth owned."""
    board = made(api, "/boards", title=f"Board of {cards}", group_id=group)
    lists = [
        made(api, f"/boards/{board}/lists", title=title)
        for title in ("Ideas", "Soon", "This week", "Doing", "Waiting", "Done")
    ]
    labels = [
        made(api, f"/boards/{board}/labels", title=title, colour=colour)
        for title, colour in (("Literacy", "blue"), ("Sport", "green"))
    ]
    ids: list[int] = []
    for n, list_id in enumerate(lists):
        many = len(range(n, cards, len(lists)))
        titles = [f"{_WORDS[k % len(_WORDS)]} {_WORDS[k * 7 % 13]} {k}" for k in range(many)]
        for start in range(0, many, _PASTED):
            answer = _said(api.post(f"/api/v1/lists/{list_id}/batch", data={"titles": titles[start : start + _PASTED]}))
            ids += [row["id"] for event in answer["events"] for row in event["put"].get("cards", [])]
    me = _said(api.get("/api/v1/me"))["data"]["id"]
    for change, chosen in (
        ({"due": "2026-12-04"}, ids[::3]),
        ({"label_ids": {"add": labels}}, ids[1::3]),
        ({"owner_ids": {"add": [me]}}, ids[::5]),
    ):
        _said(api.post(f"/api/v1/boards/{board}/batch", data={"card_ids": chosen, **change}))
    return board


def _said(answer: Any) -> Any:
    if not answer.ok:
        raise RuntimeError(answer.text())
    return answer.json()
