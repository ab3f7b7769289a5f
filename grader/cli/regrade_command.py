"""``grader regrade``"""

from __future__ import annotations

import json
from typing import Any, Unpack

import click
from rich.console import Console

from grader.cli.collecting import tell_untimed
from grader.cli.grading import GradingOptions, graded, grading_options
from grader.cli.summary import moved, print_moves
from grader.gradebook import Move
from grader.language import _


@click.command()
@grading_options
@click.option("--allow-lower", is_flag=True, help="Lets a new result lower a score that was made known.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def command(allow_lower: bool, as_json: bool, **options: Unpack[GradingOptions]) -> int:
    """Grade every submission under SUBMISSIONS again, after a check was mended, and tell which scores moved.

    Adjustments are kept. A score that was made known is never lowered, unless --allow-lower says so.

    Example: grader regrade layers submissions/ -o reports/layers
    """
    run = graded(options, again=True, allow_lower=allow_lower)
    if as_json:
        click.echo(
            json.dumps([_as_dict(move) for move in run.batch.ledger.moves], ensure_ascii=False, indent=2)
        )
    else:
        console = Console()
        if not run.batch.ledger.moves:
            console.print(_("Nothing moved."))
        print_moves(console, run.batch.ledger.moves)
        tell_untimed(console, run.found, run.batch.ledger.policy)
    return 3 if run.batch.unjudged else 0


def _as_dict(move: Move) -> dict[str, Any]:
    return {
        "student": move.new.student,
        "old": move.old.score,
        "new": move.new.score,
        "held": move.held,
        "exercises": [{"name": name, "old": old, "new": new} for name, old, new in moved(move)],
    }
