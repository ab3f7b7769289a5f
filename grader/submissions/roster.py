"""The list of a class: who should have handed in, by which ids and names they may be known."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.errors import UsageError
from grader.language import _
from grader.submissions.names import folded, several, shown
from grader.submissions.tables import Row, Table, read_table

IDS = (
    *(
        "学号",
        "学生学号",
        "学号工号",
        "学工号",
        "學號",
        "studentid",
        "studentnumber",
        "studentno",
        "studentnr",
    ),
    *("matrikelnummer", "matrikelnr", "matrnr", "matriculationnumber", "idnumber", "idnummer", "sid", "id"),
    *(
        "identifier",
        "编号",
        "标识符",
        "sisuserid",
        "sisloginid",
        "login",
        "loginid",
        "userid",
        "username",
        "user",
    ),
    *("benutzername", "anmeldename", "用户名", "账号", "githubusername", "github", "email", "emailaddress"),
    *("emailadresse", "mail", "邮箱", "电子邮件", "电子邮件地址", "电子邮箱", "student"),
)
_WORDS = {
    "id": IDS,
    "name": (
        *(
            "姓名",
            "学生姓名",
            "fullname",
            "name",
            "studentname",
            "displayname",
            "vollständigername",
            "全名",
            "student",
        ),
    ),
    "first name": ("firstname", "givenname", "vorname", "名", "名字"),
    "last name": ("lastname", "surname", "familyname", "nachname", "姓", "姓氏"),
    "group": (
        "group",
        "groupname",
        "team",
        "gruppe",
        "gruppenname",
        "小组",
        "小组名称",
        "组别",
        "分组",
        "组",
    ),
}
# Moodle's own word before the number by which its worksheets and archives know a student.
_PARTICIPANT = re.compile(
    r"(?:participante?|partecipante|teilnehmer(?:[/:*]?in)?|deltagare|участник|参与人|参与者|參與者|参加者)\s*([0-9]+)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Student:
    """One row: the `id` by which the gradebook knows a student, and all `keys`, the id included."""

    id: str
    name: str = ""
    keys: frozenset[str] = frozenset()
    group: str = ""


@dataclass(frozen=True)
class Roster:
    """A class in the order of its list, and sentences about rows that are not of it."""

    students: tuple[Student, ...] = ()
    notes: tuple[str, ...] = ()


def read_roster(path: Path) -> Roster:
    """The students of a CSV or XLSX file. Raises UsageError where it is none, or one id stands for two people."""
    table = read_table(path, _WORDS, ["id"])
    found: dict[str, Student] = {}
    nameless: list[str] = []
    for number, row in table.rows:
        student = _student(table, row)
        if student is None:
            nameless += [str(number)] if any(cell.strip() for cell in row) else []
            continue
        before = found.setdefault(folded(student.id), student)
        if before.name != student.name:
            raise UsageError(
                f"{shown(path.name)}, row {number}: the id {shown(student.id)} stands for {shown(before.name)} and for "
                f"{shown(student.name)}."
            )
    if not found:
        raise UsageError(f"{shown(path.name)} lists no student below its header.")
    if not nameless:
        return Roster(tuple(found.values()))
    note = _("Rows of {file} without an id were passed over: {rows}.")
    return Roster(tuple(found.values()), (note.format(file=shown(path.name), rows=several(nameless)),))


def _student(table: Table, row: Row) -> Student | None:
    first = table.first(row, "id")
    if not first:
        return None
    name = _name(table, row)
    keys = [identifier(cell) for cell in table.cells(row, "id") if cell != name]
    return Student(identifier(first), name, frozenset(keys) | {identifier(first)}, table.first(row, "group"))


def _name(table: Table, row: Row) -> str:
    whole = tuple(place for place in table.columns["name"] if place != table.columns["id"][0])
    if whole:
        return row[whole[0]].strip() if whole[0] < len(row) else ""
    parts = (table.first(row, "first name"), table.first(row, "last name"))
    return " ".join(part for part in parts if part)


def identifier(cell: str) -> str:
    """An id as the rest of the world writes it: of Moodle's ``Participant 17`` the number."""
    found = _PARTICIPANT.fullmatch(cell.strip())
    return found[1] if found else cell.strip()


def by_key(students: Sequence[Student]) -> Mapping[str, Student | None]:
    """Students by everything that they are known by; None where that is more than one."""
    found: dict[str, Student | None] = {}
    for student in students:
        for key in map(folded, student.keys):
            found[key] = student if key not in found or found[key] is student else None
    return found
