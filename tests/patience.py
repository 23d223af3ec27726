"""How long a test waits for what must come: long, since nobody waits who sees it come, and a slow machine is no fault."""

PATIENCE_MS = 30_000
