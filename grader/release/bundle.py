"""A student's bundle: the starter, the public answer key, how to check oneself, and the program that does it."""

from __future__ import annotations

import base64
import json
import textwrap
from collections.abc import Mapping
from typing import Any

from grader.assignment import Assignment
from grader.errors import AssignmentError
from grader.frozen import SUFFIX, PublicKey, to_bytes
from grader.frozen.packed import packed
from grader.language import _

_LINE = 120


def bundle(
    starter: Mapping[str, bytes], key: PublicKey, program: tuple[str, bytes] | None
) -> Mapping[str, bytes]:
    """The files of a bundle by their names: the starter's, the key, and `program`, a wheel's name and contents.

    The notebook gets a cell that holds the key, for places where no file lies beside it, and one that checks all.
    Raises AssignmentError where a file of the assignment has the name of one of these.
    """
    name = key.assignment.name
    data = to_bytes(key)
    added = {f"{name}{SUFFIX}": data, **dict([program] if program else [])}
    for taken in added.keys() & starter.keys():
        raise AssignmentError(
            f"{taken} beside the reference would take the place of the file that is generated"
        )
    book = f"{name}.ipynb"
    readme = (
        starter["README.md"].decode() + "\n" + instructions(key.assignment, program[0] if program else "")
    )
    return {
        **starter,
        book: _with_check(starter[book].decode(), data).encode(),
        "README.md": readme.encode(),
        **added,
    }


def zipped(files: Mapping[str, bytes], name: str) -> bytes:
    """The files as a zip, in a folder of this name."""
    return packed({f"{name}/{path}": content for path, content in sorted(files.items())})


def instructions(assignment: Assignment, program: str) -> str:
    """How to check oneself, as the end of a README; `program` is the wheel's file name, if there is one."""
    name, example = assignment.name, assignment.exercises[0].sought[0].name
    source = program or "backprop-grader"
    return _("""\
## How to check yourself with the grader

Once: `pip install {source}` in this folder (Python 3.11 or newer). Then, at the command line,

    grader check {name}.ipynb
    grader check {name}.py --only {example}

or in the notebook, where it takes what you have defined so far:

    import grader
    grader.check("{example}")
    grader.check_all()

`{name}.key.npz` holds the public cases and their right results; keep it beside your work. On Colab, Kaggle or
JupyterLite, where no file lies beside the notebook, its last cells hold it as well: upload the wheel, run
`%pip install {source}` in a cell, and then those cells. Nothing leaves your machine.

You are graded by the same checks on hidden cases, which may differ. Checks that are your instructor's only are named.
""").format(source=source, name=name, example=example)


def _with_check(notebook: str, key: bytes) -> str:
    """The notebook with cells that check it."""
    document = json.loads(notebook)
    lines = textwrap.wrap(base64.b64encode(key).decode("ascii"), _LINE)
    embedded = "\n".join(
        [
            "# @title " + _("The public answer key: run this cell before you check yourself"),
            "import grader",
            "",
            'grader.use_key("""',
            *lines,
            '""")',
        ]
    )
    document["cells"] += [
        _cell(
            "markdown",
            "check-yourself",
            _("## Check yourself\n\nSee README.md for how to install the grader."),
        ),
        _cell("code", "check-key", embedded, {"cellView": "form", "jupyter": {"source_hidden": True}}),
        _cell("code", "check-all", "grader.check_all()"),
    ]
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _cell(kind: str, name: str, source: str, metadata: Mapping[str, Any] | None = None) -> dict[str, Any]:
    cell = {
        "cell_type": kind,
        "id": name,
        "metadata": dict(metadata or {}),
        "source": source.splitlines(keepends=True),
    }
    return cell | {"execution_count": None, "outputs": []} if kind == "code" else cell
