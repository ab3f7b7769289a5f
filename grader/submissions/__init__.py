"""What students handed in: finding it, unpacking it, and reading it as text.

`collect` gives one light handle a submission and accounts for every file; a handle's `read` brings the files into
memory; `sources` picks those that are Python or notebooks and reads them as text. Nothing here runs, parses as
Python, or writes to disk what a student wrote.
"""

from grader.submissions.collect import Collected, collect, find
from grader.submissions.find import Handle
from grader.submissions.roster import Roster, read_roster
from grader.submissions.sources import sources
from grader.submissions.submission import File, NothingHandedIn, Submission, content
from grader.submissions.times import Times, read_times

__all__ = [
    "Collected",
    "File",
    "Handle",
    "NothingHandedIn",
    "Roster",
    "Submission",
    "Times",
    "collect",
    "content",
    "find",
    "read_roster",
    "read_times",
    "sources",
]
