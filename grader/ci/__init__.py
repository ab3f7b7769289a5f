"""What systems of continuous integration need to run this program, as files: `github` and `gitlab` for a student's
repository, where public cases are asked, and `gradescope`, an instructor's, where hidden ones are.
"""

from grader.ci.autograder import gradescope
from grader.ci.repository import github, gitlab

__all__ = ["github", "gitlab", "gradescope"]
