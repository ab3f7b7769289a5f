"""From what was read off the disk to what the student meant: archives opened, wrappers taken off."""

from __future__ import annotations

from dataclasses import dataclass, field

from grader.language import _
from grader.submissions.archive import unpack_bytes
from grader.submissions.names import is_archive, is_source, natural, several, shown
from grader.submissions.submission import LIMITS, MIB, Budget, Contents, File, Refused

_NESTED = 1


@dataclass
class Opened:
    """The files of a submission in natural order; `failures` are sentences about what could not be read."""

    files: list[File] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def problem(self) -> str:
        """The first failure, where nothing else promises to be a submission."""
        readable = any(is_source(file.path) or file.path.casefold().endswith(".json") for file in self.files)
        return self.failures[0] if self.failures and not readable else ""


def opened(contents: Contents, where: str) -> Opened:
    """What lies in `where`, its archives opened into folders of their names.

    An archive beside code is data and stays closed; one that is all there is takes the submission's place.
    """
    result = Opened()
    _open(result, contents, where, Budget(), _NESTED)
    result.files.sort(key=lambda file: (file.path.count("/"), natural(file.path)))
    return result


def _open(result: Opened, contents: Contents, where: str, budget: Budget, nested: int) -> None:
    if contents.links:
        links = _("{where} holds links, which are not followed ({names}).")
        result.failures.append(links.format(where=where, names=several(contents.links)))
    if contents.large:
        large = _(
            "Files larger than {size} MiB are not read ({names}); clear the outputs of a notebook, leave out data."
        )
        result.failures.append(large.format(size=LIMITS.one // MIB, names=several(contents.large)))
    archives = [file for file in contents.files if is_archive(file.path)]
    result.files += [file for file in contents.files if not is_archive(file.path)]
    if archives and any(is_source(file.path) for file in contents.files):
        names = several([file.path for file in archives])
        result.notes.append(_("Not opened, because code lies beside: {names}.").format(names=names))
        result.files += archives
        return
    alone = len(contents.files) == 1
    for file in archives:
        try:
            result.files += _unpacked(result, file, "" if alone else f"{file.path}/", budget, nested)
        except Refused as refused:
            result.failures.append(str(refused))
            result.files.append(file)


def _unpacked(result: Opened, file: File, prefix: str, budget: Budget, nested: int) -> list[File]:
    if nested < 0:
        nested_twice = _("{file} lies in an archive in an archive; pack your files once.")
        raise Refused(nested_twice.format(file=shown(file.path)))
    inside = Opened()
    contents = _without_top(unpack_bytes(file.path, file.data, budget))
    _open(inside, contents, shown(file.path), budget, nested - 1)
    result.notes += inside.notes
    result.failures += inside.failures
    return [File(prefix + inner.path, inner.data) for inner in inside.files]


def _without_top(contents: Contents) -> Contents:
    paths = [file.path for file in contents.files]
    tops = {path.partition("/")[0] for path in paths}
    top = min(tops, default="")
    if len(tops) != 1 or top in paths or f"{top}/__init__.py" in paths:
        return contents
    stripped = tuple(File(file.path[len(top) + 1 :], file.data) for file in contents.files)
    return Contents(stripped, contents.links, contents.large)
