"""Zip files of the same bytes for the same contents."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Container, Mapping

_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3


def packed(files: Mapping[str, bytes], programs: Container[str] = ()) -> bytes:
    """A zip of files by their paths, in this order, each readable by all, and `programs` executable too."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = _UNIX
            entry.external_attr = (0o100755 if name in programs else 0o100644) << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return whole.getvalue()
