"""Which parts of a line are code and which are strings or comments, for text that need not parse."""

from __future__ import annotations

import re

_NEXT = re.compile(r"[#\"'()\[\]{}]")
_CLOSE = {quote: re.compile(rf"(?:\\.|[^\\])*?{quote}", re.DOTALL) for quote in ("'", '"', "'''", '"""')}


class Scanner:
    """Reads lines in order. `quote` is the mark of a string still open, `depth` counts open brackets."""

    def __init__(self) -> None:
        self.quote = ""
        self.depth = 0
        self.continued = False

    @property
    def fresh(self) -> bool:
        """Whether the next line begins a statement: no string, bracket or backslash holds it back."""
        return not self.quote and self.depth == 0 and not self.continued

    def feed(self, line: str) -> list[tuple[int, int]]:
        """Takes one line without its end; gives the (start, end) spans of it that are code."""
        spans: list[tuple[int, int]] = []
        start = pos = 0
        self.continued = False
        while True:
            if self.quote:
                closed = _CLOSE[self.quote].match(line, pos)
                if closed is None:
                    # A string with one mark ends with its line, unless a backslash carries it on.
                    if len(self.quote) == 1 and not line.endswith("\\"):
                        self.quote = ""
                    return spans
                start = pos = closed.end()
                self.quote = ""
            found = _NEXT.search(line, pos)
            end = found.start() if found else len(line)
            if found is None or found[0] == "#":
                if end > start:
                    spans.append((start, end))
                self.continued = found is None and line.endswith("\\")
                return spans
            pos = found.end()
            if found[0] in "([{":
                self.depth += 1
            elif found[0] in ")]}":
                self.depth = max(0, self.depth - 1)
            else:
                spans.append((start, end))
                self.quote = found[0] * 3 if line.startswith(found[0] * 3, end) else found[0]
                pos = end + len(self.quote)
