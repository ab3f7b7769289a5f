"""A YAML document as a stream of its scalars. Nothing is built of it: no objects, no aliases, no deep recursion."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

DEPTH = 50
ITEM = "\0"
"""A place in a list; no key of YAML can hold it."""

_EMPTY = frozenset({"", "~", "null"})
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def leaves(data: bytes) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every scalar of the document with the keys that lead to it, `ITEM` for a place in a list.

    The beginning of a mapping in a list comes as an empty key. Raises ValueError for what goes too deep or has keys
    that are no scalars, and what is no YAML.
    """
    try:
        yield from _leaves(yaml.parse(data, Loader=_Loader))
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error


def _leaves(events: Iterator[yaml.Event]) -> Iterator[tuple[tuple[str, ...], str]]:
    keys: list[str | None] = []
    for event in events:
        is_value = isinstance(event, yaml.ScalarEvent | yaml.AliasEvent)
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            if len(keys) >= DEPTH:
                raise ValueError(f"more than {DEPTH} levels")
            if keys and keys[-1] is None:
                raise ValueError("a key that is no text")
            if isinstance(event, yaml.MappingStartEvent):
                if keys and keys[-1] == ITEM:
                    yield (*map(str, keys), ""), ""
                keys.append(None)
            else:
                keys.append(ITEM)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            keys.pop()
            _value_ended(keys)
        elif is_value and keys and keys[-1] is None:
            keys[-1] = getattr(event, "value", "")
        elif is_value:
            yield tuple(map(str, keys)), _text(event)
            _value_ended(keys)


def _value_ended(keys: list[str | None]) -> None:
    if keys and keys[-1] != ITEM:
        keys[-1] = None


def _text(event: yaml.Event) -> str:
    value = getattr(event, "value", "")
    plain = getattr(event, "style", None) in (None, "")
    return "" if plain and value.casefold() in _EMPTY else value
