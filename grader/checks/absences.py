"""Why an exercise was not found, in the language of the run. The box, which knows English only, says it first."""

from __future__ import annotations

import re

from grader.language import N_, _

SAID = (
    N_("{name} is imported from {origin}, not written here"),
    N_("{name} is a class here, and a function is asked for"),
    N_("{name} is a function here, and a class is asked for"),
    N_("the statement that defines {name} did not come to an end"),
    N_("the statement that imports {name} failed: {error}"),
    N_("the statement that defines {name} failed: {error}"),
    N_("the cell that defines {name} is not valid Python (line {line}: {error})"),
    N_("the block that defines {name} is not valid Python (line {line}: {error})"),
)
"""Every sentence of `Definition.why_not`."""


def retold(why: str) -> str:
    """The box's sentence in the language of the run; one that is not known, as it is."""
    for said in SAID:
        pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.*)", re.escape(said))
        if found := re.fullmatch(pattern, why, re.DOTALL):
            return _(said).format(**found.groupdict())
    return why
