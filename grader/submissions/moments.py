"""Moments as exports and people write them, read only where they can mean one thing."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

WANTED = "2026-10-01 23:59, with +02:00 behind it if the zone is not this machine's"

_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d{1,9})?)?"
_ZONE = r"(?:\s*(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d|[A-Z][A-Za-z_]+/[A-Za-z_/]+))?"
_FORMS = tuple(
    re.compile(rf"{day}\s*[T ,]\s*{_CLOCK}{_ZONE}", re.ASCII)
    for day in (
        r"(?P<year>\d{4})(?P<dash>[-/.])(?P<month>\d{1,2})(?P=dash)(?P<day>\d{1,2})",
        r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日"
        r"(?: (?:(?:星期|周)[一二三四五六日天]|[A-Z][a-z]+day))?",
        r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})",
    )
)
# As Moodle's worksheets have them, by the language of whoever downloaded one.
_ENGLISH = re.compile(r"[A-Z][a-z]+day, (\d{1,2} [A-Z][a-z]+ \d{4}, \d{1,2}:\d\d [AP]M)", re.ASCII)
_GERMAN = re.compile(r"[A-Z][a-z]+, (\d{1,2}\.) ([A-Z][a-zä]+) (\d{4}, \d{1,2}:\d\d)", re.ASCII)
_MONTHS = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni"),
    *("Juli", "August", "September", "Oktober", "November", "Dezember"),
)
_YEARS = range(1980, 2200)
_NONE = frozenset({"", "-", "–", "—"})


def moment(text: str) -> datetime | None:
    """The moment that `text` names, with its zone: this machine's where it names none. None for an empty cell.

    Raises ValueError for a day without a time, for days that two countries read differently, and for what is no
    moment at all.
    """
    text = text.strip()[:100].replace("：", ":")
    if text in _NONE:
        return None
    if found := _ENGLISH.fullmatch(text):
        return aware(datetime.strptime(found[1], "%d %B %Y, %I:%M %p"))
    if (found := _GERMAN.fullmatch(text)) and found[2] in _MONTHS:
        return moment(f"{found[1]}{_MONTHS.index(found[2]) + 1}.{found[3]}")
    for form in _FORMS:
        if found := form.fullmatch(text):
            year, month, day, hour, minute, second = (
                int(found[part] or 0) for part in ("year", "month", "day", "hour", "minute", "second")
            )
            when = datetime(year, month, day, hour, minute, second)
            return aware(when.replace(tzinfo=_zone(found["zone"])) if found["zone"] else when)
    raise ValueError(f"{text!r} is no moment such as {WANTED}")


def aware(when: datetime) -> datetime:
    """`when` with this machine's zone, if it has none. Raises ValueError for years in which nobody hands in."""
    if when.year not in _YEARS:
        raise ValueError(f"the year {when.year} is out of range")
    return when if when.tzinfo else when.astimezone()


def _zone(name: str) -> tzinfo:
    if name in ("Z", "UTC", "GMT"):
        return UTC
    if name[0] in "+-":
        offset = timedelta(hours=int(name[1:3]), minutes=int(name[-2:]))
        return timezone(-offset if name[0] == "-" else offset)
    try:
        return ZoneInfo(name)
    except (LookupError, OSError) as error:
        raise ValueError(f"{name} is no time zone") from error
