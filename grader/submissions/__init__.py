"""What students handed in: finding it, unpacking it, and reading it as text.

`collect.collect` gives one light handle a submission and accounts for every file; a handle's `read` brings the files
into memory; `sources` picks those that are Python or notebooks and reads them as text. Nothing here runs, parses as
Python, or writes to disk what a student wrote.

Only what a student's self-check reads with is named here: finding the submissions of a class needs programs of this
machine, and more time to begin.
"""

from grader.submissions.sources import sources
from grader.submissions.submission import File, NothingHandedIn, Submission, content

__all__ = ["File", "NothingHandedIn", "Submission", "content", "sources"]
