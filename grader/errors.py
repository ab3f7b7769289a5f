"""Every error that leaves this package.

GraderError
├── UsageError            the user can mend it: wrong path, wrong name, bad file (exit code 2)
│   ├── CourseNotFound    no folder with solutions/ above the current one
│   ├── AssignmentError   an assignment's own files are wrong
│   └── UnreadableSubmission   what a student handed in cannot be read (a status, never a crash)
└── Fault                 our own fault, or this machine's (exit code 3, verdict ERROR)
    ├── SandboxUnavailable     no sandbox works here; the message says how to mend it
    └── KeyMissing             the reference did not give an answer that a check needs
"""


class GraderError(Exception):
    """Base of every error of this package; its text is one line for the user."""

    exit_code = 3


class UsageError(GraderError):
    """The user can mend it; the text says how."""

    exit_code = 2


class CourseNotFound(UsageError):
    """No course above the current folder."""


class AssignmentError(UsageError):
    """An assignment's own files are wrong."""


class UnreadableSubmission(UsageError):
    """A submission that cannot be read; becomes the status ``unreadable`` of its row."""


class Fault(GraderError):
    """Our fault, never the student's."""


class SandboxUnavailable(Fault):
    """No sandbox works on this machine."""


class KeyMissing(Fault):
    """The reference has no answer where a check needs one."""
