"""Results in the formats of others: reports in, text or bytes out. Only here are scores scaled and rounded.

====================  ==========================================================================
`junit`               JUnit XML of a class or a student
`gradescope`          Gradescope's ``results.json`` of one submission
`github_annotations`  GitHub's workflow commands for one submission
`github_summary`      markdown for a step of GitHub Actions
`fill_canvas`         a downloaded gradebook of Canvas, filled in place
`fill_moodle`         a downloaded grading worksheet of Moodle, filled in place
`nbgrader_csv`        the table that nbgrader exports
`grades_csv`          a plain table
`pages_moodle`        students' pages for Moodle's upload of feedback files
`pages_canvas`        students' pages for Canvas's upload of submissions
====================  ==========================================================================
"""

from grader.export.canvas import fill_canvas
from grader.export.github import github_annotations, github_summary
from grader.export.gradebook import Filled
from grader.export.gradescope import VISIBILITIES, gradescope
from grader.export.junit import junit
from grader.export.moodle import fill_moodle
from grader.export.pages import pages_canvas, pages_moodle
from grader.export.points import Scale, scale_of
from grader.export.tables import grades_csv, nbgrader_csv
from grader.export.told import score_line

__all__ = [
    "VISIBILITIES",
    "Filled",
    "Scale",
    "fill_canvas",
    "fill_moodle",
    "github_annotations",
    "github_summary",
    "grades_csv",
    "gradescope",
    "junit",
    "nbgrader_csv",
    "pages_canvas",
    "pages_moodle",
    "scale_of",
    "score_line",
]
