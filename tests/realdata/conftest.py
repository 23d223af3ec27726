"""Real exports that nobody here wrote, where they are present: ``bin/test --realdata DIR``. They are never part of the repository."""

import os

from tests.exchange.conftest import importer

__all__ = ["importer"]
collect_ignore_glob = [] if "BOARD_TEST_REALDATA" in os.environ else ["test_*.py"]
