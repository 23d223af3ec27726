"""Scenes in the browser judge nothing that may still be on its way: a slow machine shows it later."""

import re
from pathlib import Path

SCENES = Path(__file__).resolve().parents[1] / "browser"
#: what a page says in this very moment, judged without waiting; and times of its own beside tests/patience.py
HASTY = re.compile(
    r"^\s*assert .*\.(count\(\) [=>]|inner_text\(|text_content\(|input_value\(|is_visible\(|is_checked\(|title\(\) ==|url\.endswith\()"
    r"|wait_until\(.*timeout|\(timeout="
)


def test_what_is_judged_is_waited_for() -> None:
    found = [
        f"{path.name}:{number}: {line.strip()}"
        for path in sorted(SCENES.glob("*.py"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if HASTY.search(line)
    ]
    assert not found, "expect(…) of Playwright, or wait_until:\n" + "\n".join(found)


def test_a_hasty_line_is_found() -> None:
    for line in ('    assert page.locator(".card").count() == 60', '    page.locator(".card").wait_for(timeout=1000)'):
        assert HASTY.search(line)
    assert not HASTY.search('    expect(page.locator(".card")).to_have_count(60)')
