"""The round that the tests of this folder share."""

from __future__ import annotations

import pytest

from tests.support.rounds import Round


@pytest.fixture(scope="session")
def round_(tmp_path_factory: pytest.TempPathFactory) -> Round:
    """A round of an invented district, reviewed and summed up once."""
    return Round(tmp_path_factory.mktemp("round"))
