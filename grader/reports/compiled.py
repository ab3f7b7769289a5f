"""Templates as they were compiled before: beside them, where and as Python keeps its own modules."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import version
from importlib.util import cache_from_source
from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache

from grader.files import write_bytes


class Compiled(BytecodeCache):
    """What is compiled of the templates in a folder. It depends on more than Jinja asks for, which is a template's text
    and the version of Python: on Jinja itself, and on the texts of the modules `made_by` that tell it how to compile.

    Where nothing can be kept, or what was kept cannot be read, templates are compiled anew.
    """

    def __init__(self, templates: Path, made_by: Iterable[str]) -> None:
        self._folder = Path(cache_from_source(str(templates / "any.py"))).parent
        digest = sha256(b"".join(Path(module).read_bytes() for module in made_by)).hexdigest()[:8]
        self._made_by = f"{version('jinja2')}-{digest}"

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            bucket.bytecode_from_string(self._file(bucket).read_bytes())
        except Exception:  # none is there yet; and what a damaged one raises may be anything
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                write_bytes(self._file(bucket), bucket.bytecode_to_string())

    def _file(self, bucket: Bucket) -> Path:
        return self._folder / f"{self._made_by}-{bucket.key}.jinja"
