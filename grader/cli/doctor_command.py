"""``grader doctor``"""

from __future__ import annotations

import importlib
import importlib.metadata
import json
import platform
from dataclasses import asdict, dataclass

import click

from grader.errors import GraderError

# The distributions behind each extra, as pyproject.toml has them.
EXTRAS = {
    "grade": (
        *("SQLAlchemy", "alembic", "jinja2", "jupytext", "msgspec", "nbformat", "openpyxl", "pandas"),
        *("pygments", "pyyaml", "rich", "scipy"),
    ),
    "torch": ("torch",),
}
NEEDS_GRADE = "pip install 'backprop-grader[grade]'"


@dataclass(frozen=True)
class Finding:
    """One thing that this machine can do or not, and what to do about it."""

    name: str
    ok: bool
    detail: str = ""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def command(as_json: bool) -> int:
    """Tell what this machine can do, and how to mend what is missing.

    The exit code is 0 when submissions can be run in some sandbox, else 3.

    Example: grader doctor
    """
    sandboxes, extras = _sandboxes(), [_extra(name) for name in EXTRAS]
    best = next((one.name for one in sandboxes if one.ok), None)
    python, numpy = platform.python_version(), importlib.metadata.version("numpy")
    if as_json:
        found = {"python": python, "numpy": numpy, "sandbox": best}
        lists = {"sandboxes": sandboxes, "extras": extras}
        found_in_lists = {name: [asdict(one) for one in group] for name, group in lists.items()}
        click.echo(json.dumps({**found, **found_in_lists}, ensure_ascii=False, indent=2))
    else:
        click.echo(f"Python {python} on {platform.system()} {platform.release()}, numpy {numpy}")
        _tell("Sandboxes", sandboxes)
        _tell("Extras", extras)
        click.echo(f"Submissions are run in: {best}" if best else "Submissions cannot be graded here.")
    return 0 if best else 3


def _tell(title: str, findings: list[Finding]) -> None:
    click.secho(title, bold=True)
    for finding in findings:
        mark = click.style("ok", fg="green") if finding.ok else click.style("no", fg="red")
        click.echo(f"  {mark}  {finding.name}{': ' * bool(finding.detail)}{finding.detail}")


def _sandboxes() -> list[Finding]:
    """Every kind of sandbox, tried. Without the libraries that grading needs none can be."""
    try:
        choose = importlib.import_module("grader.sandbox.choose")
    except ModuleNotFoundError as error:
        return [Finding("all", False, f"needs {error.name}: {NEEDS_GRADE}")]
    findings = []
    for name in choose.TIERS:
        try:
            sandbox = choose.proved(name, ())
            sandbox.close()
            how = "an interpreter for every box" if sandbox.fresh else "boxes are forked from a warm process"
            findings.append(Finding(name, True, how))
        except (GraderError, OSError) as error:
            findings.append(Finding(name, False, str(error)))
    return findings


def _extra(name: str) -> Finding:
    missing = []
    for distribution in EXTRAS[name]:
        try:
            importlib.metadata.version(distribution)
        except importlib.metadata.PackageNotFoundError:
            missing.append(distribution)
    mend = f"needs {', '.join(missing)}: pip install 'backprop-grader[{name}]'"
    return Finding(name, not missing, mend if missing else "")
