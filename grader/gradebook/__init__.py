"""A gradebook that remembers: attempts, results, adjustments, comments, releases, and who did what when."""

from grader.gradebook.asking import assignment_names, language_of, sandbox_of, with_flags
from grader.gradebook.digests import content_of, made_with, result_id
from grader.gradebook.ledger import Ledger, Seen
from grader.gradebook.looking import Look, look
from grader.gradebook.opening import FILE, Gradebook, opened
from grader.gradebook.pseudonyms import pseudonyms
from grader.gradebook.saying import Desk, Release, student_history
from grader.gradebook.seeds import SEED_FILE, hidden_seed
from grader.gradebook.settling import Move
from grader.gradebook.standing import Chosen, beside_score
from grader.gradebook.trail import this_user

__all__ = [
    "FILE",
    "SEED_FILE",
    "Chosen",
    "Desk",
    "Gradebook",
    "Ledger",
    "Look",
    "Move",
    "Release",
    "Seen",
    "assignment_names",
    "beside_score",
    "content_of",
    "hidden_seed",
    "language_of",
    "look",
    "made_with",
    "opened",
    "pseudonyms",
    "result_id",
    "sandbox_of",
    "student_history",
    "this_user",
    "with_flags",
]
