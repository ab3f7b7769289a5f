"""``grader check``"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import click

from grader import __version__, language
from grader.errors import SandboxUnavailable, UnreadableSubmission, UsageError
from grader.files import write_text
from grader.frozen import PublicKey
from grader.language import _
from grader.model import ClassReport, Report, Status
from grader.sandbox.base import Sandbox
from grader.sandbox.inprocess import InProcess
from grader.selfcheck import keys
from grader.selfcheck.checking import Checkup, check_file, wanted
from grader.selfcheck.handin import chosen
from grader.selfcheck.lines import lines

_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("file", type=_FILE, required=False)
@click.option(
    "--only", multiple=True, metavar="EXERCISE", help="Checks this exercise alone; may be given again."
)
@click.option(
    "--key", "key_file", type=_FILE, help="The public answer key (default: found beside FILE or above)."
)
@click.option(
    "--sandbox", is_flag=True, help="Runs the code in a sandbox instead of in this process (Linux)."
)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("-o", "--output", type=_FILE, help="Writes this results.json as well, for `grader export`.")
@click.option(
    "--lang",
    type=click.Choice(language.LANGUAGES),
    help="The language (default: the one of the public answer key).",
)
def command(
    file: Path | None,
    only: tuple[str, ...],
    key_file: Path | None,
    sandbox: bool,
    as_json: bool,
    output: Path | None,
    lang: str | None,
) -> int:
    """Check a notebook or module of your own against the public cases of its assignment.

    FILE may be left out where the folder holds only one. Exit code 0 when all is right, 1 when not.

    Example: grader check layers.ipynb --only Relu
    """
    folder = file.resolve().parent if file else Path.cwd()
    found = keys.near(folder) if key_file is None else [key_file]
    known = [] if file else [keys.read(path) for path in found]
    checked = chosen(file, folder, lambda text: any(keys.named_in(text, key) for key in known))
    text = checked.read_text(encoding="utf-8", errors="replace")
    if key_file is not None:
        key = keys.read(key_file)
    else:
        key = keys.fitting(found, str(folder), lambda one: keys.named_in(text, one))
    language.use(lang or key.language)
    box = _sandbox() if sandbox else InProcess(folder)
    exercises = wanted(key, only)
    try:
        checkup = check_file(key, exercises, box, checked)
    except UnreadableSubmission as error:
        _write(output, key, box, _unreadable(checked, str(error), sum(one.max_score for one in exercises)))
        raise
    _write(output, key, box, checkup.report)
    if key_file is None and checkup.fits_nothing and not keys.named_in(text, key):
        names = ", ".join(one.name for one in key.assignment.exercises)
        raise UsageError(
            f"{checked.name} defines nothing of {key.assignment.name} ({checkup.title}), of which the public answer "
            f"key was found; it asks for {names}. If that is what you mean, say --key FILE"
        )
    click.echo(_as_json(checkup, key.assignment.name) if as_json else "\n".join(lines(checkup)))
    if checkup.undecided:
        return 3
    return 0 if checkup.passed else 1


def _sandbox() -> Sandbox:
    """The first sandbox that holds. Raises SandboxUnavailable, also where none can even be looked for."""
    try:
        from grader.sandbox.choose import default_sandbox
    except ImportError as error:
        reason = f"{error.name} is missing" if error.name else str(error)
        raise SandboxUnavailable(
            f"There is no sandbox on this machine ({reason}); leave --sandbox out to run your own code in this process"
        ) from error
    return default_sandbox(())


def _write(path: Path | None, key: PublicKey, box: Sandbox, report: Report) -> None:
    """Writes a class of this one submission, if anywhere."""
    if path is None:
        return
    from grader.reports.results import to_json

    alone = ClassReport(
        assignment=key.assignment.name,
        title=_(key.assignment.title),
        grader=__version__,
        seed=key.key.fingerprint,
        sandbox=box.name,
        max_score=report.max_score,
        submissions=(replace(report, student=report.files[0]),),
    )
    write_text(path, to_json(alone))


def _unreadable(file: Path, note: str, max_score: float) -> Report:
    return Report("", (file.name,), Status.UNREADABLE, 0.0, max_score, 0.0, (), note=note)


def _as_json(checkup: Checkup, assignment: str) -> str:
    from grader.reports.results import report_to_dict

    report = report_to_dict(checkup.report, full=True)
    whole = {"assignment": assignment, "passed": checkup.passed, "withheld": checkup.withheld, **report}
    return json.dumps(
        {name: one for name, one in whole.items() if name != "student"}, ensure_ascii=False, indent=1
    )
