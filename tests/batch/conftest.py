"""What tests of whole runs share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def tmp_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a short path, because sockets lie below it."""
    return tmp_path_factory.mktemp("run")
