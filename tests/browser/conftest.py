"""A board in use, on the real server."""

from datetime import UTC, datetime

import pytest

from tests.browser.scenery import Scenery, furnish
from tests.servers import LiveServer


@pytest.fixture
def scenery(live_server: LiveServer) -> Scenery:
    return furnish(live_server, datetime.now(UTC).date())


@pytest.fixture
def board(scenery: Scenery) -> str:
    """The address of the board."""
    return f"/boards/{scenery.board}"
