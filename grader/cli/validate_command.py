"""``grader validate``"""

from __future__ import annotations

import json
import secrets

import click
from rich.console import Console
from rich.progress import Progress

from grader import key as answer_key
from grader.cli.options import course_option
from grader.cli.sandbox_option import chosen, sandbox_option
from grader.confusion import confusion, table
from grader.course import Course
from grader.grading import Grader
from grader.key import SEED_BITS
from grader.validate import Proof, prove, specimens, unclear

PROMISES = {
    "mutants": "caught by the check they name",
    "unnamed": "caught, whose mistake has no name",
    "variants": "with full score",
}


@click.command()
@click.argument("assignment")
@click.option("--seed", type=click.IntRange(min=0), help="Sets the hidden seed (default: a new one).")
@click.option("--diagnoses", is_flag=True, help="Also print what was named, by what it is.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@sandbox_option
@course_option
def command(
    assignment: str, seed: int | None, diagnoses: bool, as_json: bool, tier: str | None, course: Course
) -> int:
    """Prove an assignment: the reference earns everything and the starter nothing, modules of zeros and of identities
    earn nothing where that is wrong, every mutant is caught by the check that it names, every right variant earns all,
    the derivations are right, and the cases tell their mistakes apart.

    Example: grader validate layers --diagnoses
    """
    loaded = course.load(assignment)
    reference = course.reference(assignment)
    sandbox = chosen((course.solutions,), tier)
    hidden = secrets.randbits(SEED_BITS) if seed is None else seed
    grader = Grader(loaded, reference, answer_key.build(loaded, reference, sandbox, hidden), sandbox)
    found = specimens(loaded, reference, course.folder(assignment))
    errors = Console(stderr=True)
    with Progress(console=errors, transient=True, disable=not errors.is_terminal) as bar:
        proofs = list(bar.track(prove(grader, found), total=len(found), description="proving"))
    doubts = list(unclear(grader))
    if as_json:
        cases = {"specimen": "cases", "score": None, "ok": not doubts, "complaints": doubts}
        summaries = [*map(_summary, proofs), cases]
        click.echo(json.dumps(summaries, ensure_ascii=False, indent=2))
    else:
        _tell(proofs, loaded.max_score)
        _tell_of_cases(doubts)
        if diagnoses:
            click.echo("\n" + "\n".join(table(confusion(proofs))))
    return 1 if doubts or any(proof.complaints for proof in proofs) else 0


def _tell(proofs: list[Proof], max_score: float) -> None:
    for proof in proofs:
        name, score = proof.specimen.name, f"{proof.report.score:g} of {max_score:g}"
        if proof.complaints:
            click.secho(f"FAILED  {name}: {score}", fg="red")
            for complaint in proof.complaints:
                click.echo(f"        {complaint}")
        elif "/" not in name:
            click.echo(f"ok      {name}: {score}")
    for group, promise in PROMISES.items():
        own = [proof for proof in proofs if proof.specimen.name.startswith(group + "/")]
        good = sum(not proof.complaints for proof in own)
        click.echo(f"{'ok    ' if good == len(own) else 'FAILED'}  {good} of {len(own)} {group} {promise}")


def _tell_of_cases(doubts: list[str]) -> None:
    if doubts:
        click.secho("FAILED  derivations, and whether the cases tell their mistakes apart", fg="red")
        for doubt in doubts:
            click.echo(f"        {doubt}")
    else:
        click.echo("ok      derivations are right, and the cases tell their mistakes apart")


def _summary(proof: Proof) -> dict[str, object]:
    return {
        "specimen": proof.specimen.name,
        "score": proof.report.score,
        "ok": not proof.complaints,
        "complaints": list(proof.complaints),
    }
