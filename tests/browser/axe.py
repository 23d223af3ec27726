"""axe-core in a page, with the rules of WCAG 2.2 AA and its best practices."""

import json
from pathlib import Path
from typing import Any

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def faults(page: Any) -> list[str]:
    """What axe finds on the page as it stands, a line each."""
    if not page.evaluate("'axe' in window"):
        # Through the debugger's world of the page: the content security policy would refuse a script element.
        page.evaluate(AXE.read_text())
    found = page.evaluate(
        f"axe.run(document, {{ runOnly: {json.dumps(RULES)}, resultTypes: ['violations'], preload: false }})"
    )
    return [
        f"{v['id']}: {node['target']} {node['failureSummary'][:200]}"
        for v in found["violations"]
        for node in v["nodes"]
    ]
