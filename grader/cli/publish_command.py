"""``grader publish``"""

from __future__ import annotations

import json
from typing import Unpack

import click

from grader.cli.gradebook_option import DeskOptions, at_desk, desk_options
from grader.gradebook import Release
from grader.language import _, ngettext
from grader.reports.facts import total
from grader.reports.text import line
from grader.reports.words import waiting


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@desk_options
def command(as_json: bool, **options: Unpack[DeskOptions]) -> None:
    """Make known the scores of the last run, as they stand: a snapshot with an id that every page then bears.

    From here on `grader regrade` does not lower them. Where nothing changed since the last time, its id is told again.

    Example: grader publish --assignment layers
    """
    with at_desk(options) as place:
        release = place.desk.publish()
        place.renew()
        (_tell_all if as_json else _tell)(release)
        if release.waiting:
            click.echo(waiting(release.waiting), err=True)


def _tell_all(release: Release) -> None:
    scores = {one.student: {"total": total(one), "max_score": one.max_score} for one in release.reports}
    told = {"release": release.key, "new": release.is_new, "students": scores}
    click.echo(json.dumps(told, ensure_ascii=False, indent=2))


def _tell(release: Release) -> None:
    said = _("Nothing has changed since {key}.")
    if release.is_new:
        said = ngettext(
            "Released {count} score as {key}; the pages bear this id.",
            "Released {count} scores as {key}; the pages bear this id.",
            len(release.reports),
        )
    click.echo(said.format(count=len(release.reports), key=release.key))
    for one in release.reports:
        click.echo(f"  {total(one):7g} / {one.max_score:g}  {line(f'{one.student} {one.name}'.strip())}")
