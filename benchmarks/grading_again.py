"""What grading a class again costs where nothing changed, beside grading it. Fails from a tenth on."""

from __future__ import annotations

from benchmarks import classes
from benchmarks.figures import Promise, Section
from benchmarks.running import grade, new_folder

CLASS = 200
LIMIT = 0.1


def measured() -> Section:
    """Grades a class twice into the same folder."""
    handed_in, out = classes.write(new_folder() / "class", CLASS), new_folder()
    first, again = (grade(handed_in, out, "--jobs", "1").cpu for _ in range(2))
    text = f"A class of {CLASS}: first {first:.1f} s of CPU, again {again:.1f} s."
    return Section("Grading again", text, [Promise("grading again beside grading", again / first, LIMIT)])
