"""What all tests share."""

from __future__ import annotations

import os

from hypothesis import settings

# A busy machine is no failure: no property test has a deadline. In CI hypothesis takes a profile of its own,
# which has none either and draws the same examples every time.
if "CI" not in os.environ:
    settings.register_profile("desk", deadline=None)
    settings.load_profile("desk")
