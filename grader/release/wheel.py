"""This program as a wheel, made of the very files that run: from a checkout as well as from an installed wheel.

A build backend needs the project's folder, which an instructor who installed the program does not have. Packing what is
installed gives the same files, the same bytes each time, and needs nothing else.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import grader
from grader.errors import UsageError
from grader.frozen.packed import packed

DISTRIBUTION = "backprop-grader"
_PREFIX = f"backprop_grader-{grader.__version__}"
_TAGS = "py3-none-any"
_WHEEL = f"Wheel-Version: 1.0\nGenerator: backprop-grader {grader.__version__}\nRoot-Is-Purelib: true\nTag: {_TAGS}\n"


def wheel() -> tuple[str, bytes]:
    """The wheel's file name and contents. Raises UsageError where the program's metadata is not installed with it."""
    info = f"{_PREFIX}.dist-info"
    files = {**_package(), **{f"{info}/{name}": content for name, content in _metadata().items()}}
    rows = [f"{name},sha256={_digest(content)},{len(content)}\n" for name, content in files.items()]
    record = "".join([*rows, f"{info}/RECORD,,\n"])
    return f"{_PREFIX}-{_TAGS}.whl", packed({**files, f"{info}/RECORD": record.encode()})


def _package() -> Mapping[str, bytes]:
    """All files of the package, by their paths in it, but for compiled and hidden ones."""
    top = Path(grader.__file__).parent
    paths = {path.relative_to(top.parent).as_posix(): path for path in top.rglob("*") if path.is_file()}
    return {
        name: path.read_bytes()
        for name, path in sorted(paths.items())
        if not any(part == "__pycache__" or part.startswith(".") for part in name.split("/"))
    }


def _metadata() -> Mapping[str, bytes]:
    try:
        own = distribution(DISTRIBUTION)
    except PackageNotFoundError:
        raise _not_installed("it is not installed") from None
    if own.version != grader.__version__:
        raise _not_installed(f"what is installed says that it is version {own.version}")
    texts = {name: own.read_text(name) for name in ("METADATA", "entry_points.txt")}
    if absent := [name for name, text in texts.items() if not text]:
        raise _not_installed(f"its {absent[0]} is missing")
    kept = {name: text.encode() for name, text in texts.items() if text}
    return {**kept, "WHEEL": _WHEEL.encode(), **_licences(own)}


def _licences(own: Distribution) -> Mapping[str, bytes]:
    """The files of ``licenses/`` in the metadata."""
    found = {
        str(path).replace("\\", "/").partition(".dist-info/")[2]: Path(str(path.locate())).read_bytes()
        for path in own.files or ()
        if ".dist-info/licenses/" in str(path).replace("\\", "/")
    }
    return dict(sorted(found.items()))


def _not_installed(why: str) -> UsageError:
    return UsageError(
        f"The wheel of {DISTRIBUTION} {grader.__version__} cannot be packed: {why}. Install the program again (in its "
        "folder: pip install -e .), or release without it (--no-wheel)"
    )


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode("ascii")
