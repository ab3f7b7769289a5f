"""What students handed in: finding it, unpacking it, and reading it as text.

`find` gives one light handle a submission; its `read` brings the files into memory; `sources` picks those
that are Python or notebooks and reads them as text. Nothing here runs, parses as Python, or writes to disk
what a student wrote.
"""

from grader.submissions.find import Handle, find
from grader.submissions.sources import sources
from grader.submissions.submission import File, NothingHandedIn, Submission

__all__ = ["File", "Handle", "NothingHandedIn", "Submission", "find", "sources"]
