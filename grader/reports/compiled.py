"""Templates as they were compiled before: beside them, where and as Python keeps its own modules."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import version
from importlib.util import cache_from_source
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket


class Compiled(FileSystemBytecodeCache):
    """What is compiled of the templates in a folder. It depends on more than Jinja asks for, which is a template's text
    and the version of Python: on Jinja itself, and on the texts of the modules `made_by` that tell it how to compile.

    Where nothing can be kept, or what was kept cannot be read, templates are compiled anew.
    """

    def __init__(self, templates: Path, made_by: Iterable[str]) -> None:
        digest = sha256(b"".join(Path(module).read_bytes() for module in made_by)).hexdigest()[:8]
        folder = Path(cache_from_source(str(templates / "any.py"))).parent
        super().__init__(str(folder), f"{version('jinja2')}-{digest}-%s.jinja")

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            super().load_bytecode(bucket)
        except Exception:  # a damaged file may raise anything
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        if sys.dont_write_bytecode:
            return
        with suppress(OSError):
            Path(self.directory).mkdir(parents=True, exist_ok=True)
            super().dump_bytecode(bucket)
            # For every user of this installation, like the templates.
            os.chmod(self._get_cache_filename(bucket), 0o644)
