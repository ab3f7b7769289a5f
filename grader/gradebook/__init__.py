"""A gradebook that remembers: attempts, results, adjustments, comments, releases, and who did what when."""

from grader.gradebook.asking import assignment_names, language_of
from grader.gradebook.digests import content_of, judging_files, made_with, result_id
from grader.gradebook.ledger import Before, Ledger, Result, Seen
from grader.gradebook.looking import Look, look
from grader.gradebook.opening import FILE, Gradebook, opened
from grader.gradebook.pseudonyms import pseudonyms
from grader.gradebook.saying import Desk, Release, student_history
from grader.gradebook.seeds import SEED_FILE, hidden_seed
from grader.gradebook.settling import Move
from grader.gradebook.standings import Standings, Streamed
from grader.gradebook.trail import this_user

__all__ = [
    "FILE",
    "SEED_FILE",
    "Before",
    "Desk",
    "Gradebook",
    "Ledger",
    "Look",
    "Move",
    "Release",
    "Result",
    "Seen",
    "Standings",
    "Streamed",
    "assignment_names",
    "content_of",
    "hidden_seed",
    "judging_files",
    "language_of",
    "look",
    "made_with",
    "opened",
    "pseudonyms",
    "result_id",
    "student_history",
    "this_user",
]
