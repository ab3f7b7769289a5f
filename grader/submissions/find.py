"""Where the submissions of a class lie and whose they say they are, without reading them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from grader.errors import UsageError
from grader.language import _
from grader.submissions import layouts
from grader.submissions.archive import Kind
from grader.submissions.clone import committed
from grader.submissions.gradescope import METADATA, gradescope
from grader.submissions.layouts import Claim, Node
from grader.submissions.lms import packed_by_lms
from grader.submissions.moments import moment
from grader.submissions.names import clean, folded, is_archive, passed_over, presentable, shown
from grader.submissions.opening import opened
from grader.submissions.submission import LIMITS, MIB, Budget, Contents, File, Refused, Submission
from grader.submissions.trees import Folder, Packed, Tree

_EXPECTED = (
    "expected one folder or one .py, .ipynb or .zip file a student, an archive of these, what an LMS packed, or "
    "nbgrader's submitted/<student>/<assignment>/"
)


@dataclass(frozen=True, slots=True)
class Handle:
    """One submission, found and not yet read. `about` is all that is known of it but its files."""

    about: Submission
    tree: Tree
    claim: Claim

    @property
    def student(self) -> str:
        """Unique in its class, but for the attempts of one student."""
        return self.about.student

    def read(self) -> Submission:
        """Brings the files into memory. What the student did wrong is the submission's `problem`.

        Raises Fault when the disk, or the archive of the whole class, cannot be read.
        """
        blank, parts = self.about, self.claim.parts
        if not parts:
            return blank
        where = shown(self.claim.where.rpartition("/")[2])
        if all(part.kind in ("link", "special") for part in parts):
            link = _("{where} is a link or special file; hand in the file itself.")
            return replace(blank, problem=link.format(where=where))
        try:
            contents = self._contents()
        except Refused as refused:
            return replace(blank, problem=str(refused))
        result = opened(contents, where)
        problem = result.problem()
        others = [sentence for sentence in result.failures if sentence != problem]
        notes = (*blank.notes, *result.notes, *others)
        return replace(blank, files=tuple(result.files), problem=problem, notes=notes)

    def _contents(self) -> Contents:
        """All parts together, their files called as their students called them where no two are called the same."""
        budget, files, taken = Budget(), list[File](), set[str]()
        links: list[str] = []
        large: list[str] = []
        for part in self.claim.parts:
            if part.kind == "left":
                continue
            if part.kind in ("link", "special"):
                links.append(presentable(part.path.rpartition("/")[2]))
                continue
            found = self.tree.read(part.path, budget)
            links += found.links
            large += found.large
            for file in found.files:
                name = _without_prefix(part.name) or file.path
                name = file.path if folded(name) in taken else name
                taken.add(folded(name))
                files.append(File(name, file.data))
        return Contents(tuple(files), tuple(links), tuple(large))


def _without_prefix(name: str) -> str:
    try:
        return clean(name) if "/" not in name else ""
    except ValueError:
        return ""


@dataclass(frozen=True)
class Place:
    """Where a class lies: what is there (`listing`, below `base`), and what it was taken for."""

    tree: Tree
    listing: Mapping[str, Kind] = field(repr=False)
    base: str
    claims: tuple[Claim, ...]


def located(path: Path, assignment: str = "") -> Place:
    """The class at `path`, a folder or an archive that holds one, or a single file.

    `assignment` names nbgrader's folder. Raises UsageError when no submission lies there.
    """
    name = shown(str(path))
    try:
        path.stat()
    except OSError as error:
        raise UsageError(f"{name} cannot be read: {error.strerror}; {_EXPECTED}.") from error
    place = _located(path, assignment)
    if not place.claims:
        raise UsageError(f"{name} holds no submission; {_EXPECTED}.")
    return place


def _located(path: Path, assignment: str) -> Place:
    packed = not path.is_dir()
    if packed and not is_archive(path.name):
        file = path.resolve()
        claim = layouts.plain(Node(file.name, "file"))
        alone = () if claim is None or passed_over(file.name) else (claim,)
        return Place(Folder(file.parent), {file.name: "file"}, "", alone)
    tree: Tree = Packed(path) if packed else Folder(path)
    return taken_for(tree, path.name if packed else path.resolve().name, assignment, packed)


def taken_for(tree: Tree, name: str, assignment: str, packed: bool) -> Place:
    """The class in a tree called `name`, which is a `packed` one or not; with no claims where there is none."""
    listing = tree.listing()
    base = layouts.base_of(listing, packed)
    claims = _claims(tree, listing, base, base.rstrip("/") or name, assignment)
    return Place(tree, listing, base, tuple(layouts.in_order(claims)))


def _claims(
    tree: Tree, listing: Mapping[str, Kind], base: str, name: str, assignment: str
) -> Sequence[Claim]:
    if listing.get(base + METADATA) == "file":
        found = gradescope(listing, base, _bytes(tree, base + METADATA))
        rest = layouts.without(layouts.entries(listing, base), found)
        return [*found, *(claim for node in rest if (claim := layouts.plain(node)) and node.kind == "folder")]
    collected = layouts.nbgrader(listing, base, name, assignment)
    if collected is not None:
        return [_stamped(tree, listing, claim) for claim in collected]
    nodes = layouts.entries(listing, base)
    found = packed_by_lms(nodes) or layouts.clones(listing, nodes, assignment)
    others = (layouts.plain(node) for node in layouts.without(nodes, found))
    return [_committed(tree, listing, claim) for claim in (*found, *others) if claim is not None]


def _stamped(tree: Tree, listing: Mapping[str, Kind], claim: Claim) -> Claim:
    """With the time that nbgrader wrote beside what it collected."""
    path = f"{claim.parts[0].path}/timestamp.txt" if claim.parts else ""
    if listing.get(path) != "file":
        return claim
    try:
        return replace(claim, handed_in=moment(_bytes(tree, path).decode()))
    except ValueError:
        return claim


def _committed(tree: Tree, listing: Mapping[str, Kind], claim: Claim) -> Claim:
    if not isinstance(tree, Folder) or claim.handed_in or not claim.parts:
        return claim
    path = claim.parts[0].path
    return replace(claim, handed_in=committed(tree.root / path)) if f"{path}/.git" in listing else claim


def _bytes(tree: Tree, path: str) -> bytes:
    try:
        found = tree.read(path, Budget())
    except Refused as refused:
        raise UsageError(str(refused)) from refused
    if found.large:
        raise UsageError(
            f"{shown(presentable(path))} is larger than {LIMITS.one // MIB} MiB, and is not read."
        )
    return b"".join(file.data for file in found.files)
