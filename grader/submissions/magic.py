"""What a file is by its first bytes, where it is neither Python nor a notebook."""

from __future__ import annotations

from grader.language import N_, _

_STARTS = (
    (b"%PDF-", N_("a PDF")),
    (b"{\\rtf", N_("a text document (RTF)")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", N_("an office document")),
    (b"\x89PNG\r\n", N_("a picture")),
    (b"\xff\xd8\xff", N_("a picture")),
    (b"GIF87a", N_("a picture")),
    (b"GIF89a", N_("a picture")),
    (b"II*\0", N_("a picture")),
    (b"MM\0*", N_("a picture")),
    (b"Rar!\x1a\x07", N_("an archive (RAR)")),
    (b"7z\xbc\xaf\x27\x1c", N_("an archive (7z)")),
    (b"\xfd7zXZ\0", N_("an archive (xz)")),
    (b"\x1f\x8b\x08", N_("an archive (gzip)")),
    (b"\x93NUMPY", N_("an array file of NumPy")),
    (b"\x89HDF\r\n", N_("an HDF5 file")),
    (b"SQLite format 3\0", N_("a database")),
    (b"\x80\x03", N_("a pickle")),
    (b"\x80\x04\x95", N_("a pickle")),
    (b"\x80\x05\x95", N_("a pickle")),
    (b"\x7fELF", N_("a program")),
    (b"MZ\x90\0", N_("a program")),
)
_OFFICE = (
    (b"word/", N_("a Word document")),
    (b"ppt/", N_("a PowerPoint document")),
    (b"xl/", N_("an Excel document")),
    (b"mimetypeapplication/vnd.oasis", N_("an office document")),
)
_LOOKED_AT = 1 << 16


def what_it_is(data: bytes) -> str:
    """``a PDF``, ``a picture``, ... in the language of the run; "" of what may be text."""
    return _(_kind(data))


def _kind(data: bytes) -> str:
    if data.startswith(b"PK\x03\x04"):
        inside = data[:_LOOKED_AT]
        return next((kind for part, kind in _OFFICE if part in inside), N_("a zip archive"))
    if data[4:8] == b"ftyp" or (data.startswith(b"RIFF") and data[8:12] in (b"WEBP", b"AVI ", b"WAVE")):
        return N_("a picture, film or sound")
    if data.startswith(b"BM") and data[6:10] == bytes(4):
        return N_("a picture")
    if data[1:4] == b"\r\r\n":
        return N_("compiled Python")
    return next((kind for start, kind in _STARTS if data.startswith(start)), "")
