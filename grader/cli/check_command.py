"""``grader check``"""

from __future__ import annotations

import json
from pathlib import Path

import click

from grader import language
from grader.errors import SandboxUnavailable
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
    lang: str | None,
) -> int:
    """Check a notebook or module of your own against the public cases of its assignment.

    FILE may be left out where the folder holds only one. Exit code 0 when all is right, 1 when not.

    Example: grader check layers.ipynb --only Relu
    """
    checked = chosen(file, Path.cwd())
    folder = checked.resolve().parent
    if key_file is not None:
        key = keys.read(key_file)
    else:
        text = checked.read_text(encoding="utf-8", errors="replace")
        key = keys.fitting(keys.near(folder), str(folder), lambda one: keys.named_in(text, one))
    language.use(lang or key.language)
    box = _sandbox() if sandbox else InProcess(folder)
    checkup = check_file(key, wanted(key, only), box, checked)
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


def _as_json(checkup: Checkup, assignment: str) -> str:
    from grader.reports.results import report_to_dict

    report = report_to_dict(checkup.report, full=True)
    whole = {"assignment": assignment, "passed": checkup.passed, "withheld": checkup.withheld, **report}
    return json.dumps(
        {name: one for name, one in whole.items() if name != "student"}, ensure_ascii=False, indent=1
    )
