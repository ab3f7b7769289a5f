"""What changed since: hashes of what is handed in, and of what judges it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from grader import __version__
from grader.sandbox.base import Limits
from grader.settings import Changes
from grader.submissions import Submission

_NOT_JUDGING = {"mutants", "variants", "__pycache__"}


def content_of(submission: Submission) -> str:
    """The hash of what a student handed in, and of what was noted in reading it; when and by whom is no part of it."""
    files = sorted((file.path, file.data) for file in submission.files)
    parts = [part for path, data in files for part in (_bytes(path), data)]
    return _digest([*parts, _bytes(submission.problem), *map(_bytes, submission.notes)])


def made_with(folder: Path, changes: Changes, seed: str, limits: Limits, boxed: bool, language: str) -> str:
    """The hash of all that decides a result but the submission.

    That is this version, every file of the assignment's `folder` but its mutants and variants, what `course.toml`
    changes about judging, the fingerprint of the hidden seed, the limits, whether there was a sandbox at all, and the
    language of the findings.
    """
    settings = {
        "points": changes.points,
        "strict": changes.strict,
        "drop": changes.drop,
        "aliases": changes.aliases,
        "errata": changes.errata,
        "limits": asdict(limits),
        "boxed": boxed,
        "language": language,
    }
    said = json.dumps(settings, sort_keys=True, default=dict)
    files = (part for path, data in judging_files(folder) for part in (_bytes(path), data))
    return _digest([_bytes(__version__), _bytes(seed), _bytes(said), *files])


def result_id(content: str, made: str) -> str:
    """A short name for the judgement of a content, to be found again on the page that shows it."""
    return _digest([_bytes(content), _bytes(made)])[:16]


def judging_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The files of an assignment's folder that decide results: paths below it, with ``/``, and contents."""
    for path in sorted(folder.rglob("*")):
        place = path.relative_to(folder)
        if path.is_file() and not _NOT_JUDGING.intersection(place.parts):
            yield place.as_posix(), path.read_bytes()


def _digest(parts: Iterable[bytes]) -> str:
    """Of every part with its length, so that no two lists of parts run into the same bytes."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
