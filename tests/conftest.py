"""No test meets results that another run kept: each run of the tests has a cache folder of its own."""

from __future__ import annotations

import os
import tempfile

_folder = tempfile.TemporaryDirectory(prefix="xltools-tests-", ignore_cleanup_errors=True)
os.environ["XLTOOLS_CACHE"] = _folder.name
