"""The battery: which checks apply to which exercise, and what each of them asks. One question a function."""

from grader.checks.battery import Check, battery
from grader.checks.record import Record, Trial
from grader.checks.seen import Seen, Trouble, read

__all__ = ["Check", "Record", "Seen", "Trial", "Trouble", "battery", "read"]
