"""The public answer key as data: what a student's self-check knows of an assignment.

`frozen` takes an assignment and the public part of its answer key and leaves out or writes down as tables all that is
code; `to_bytes` makes one file of the outcome, `from_bytes` reads it back. What comes back are an `Assignment` and a
`Key` like any others, so that the same checks judge by them.

The file is an npz that numpy loads with ``allow_pickle=False``: a JSON text, and the numbers of all arrays by their
type. It holds the cases of the public seed, the programs that are run on them, the expected arrays, the declarations of
the exercises, and no code.
"""

from grader.frozen.file import SUFFIX, from_bytes, to_bytes
from grader.frozen.freeze import PublicKey, Withheld, frozen

__all__ = ["SUFFIX", "PublicKey", "Withheld", "from_bytes", "frozen", "to_bytes"]
