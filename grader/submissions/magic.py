"""What a file is by its first bytes, where it is neither Python nor a notebook."""

from __future__ import annotations

_STARTS = (
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office document"),
    (b"\x89PNG\r\n", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF87a", "a picture"),
    (b"GIF89a", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"Rar!\x1a\x07", "an archive (RAR)"),
    (b"7z\xbc\xaf\x27\x1c", "an archive (7z)"),
    (b"\xfd7zXZ\0", "an archive (xz)"),
    (b"\x1f\x8b\x08", "an archive (gzip)"),
    (b"\x93NUMPY", "an array file of NumPy"),
    (b"\x89HDF\r\n", "an HDF5 file"),
    (b"SQLite format 3\0", "a database"),
    (b"\x80\x03", "a pickle"),
    (b"\x80\x04\x95", "a pickle"),
    (b"\x80\x05\x95", "a pickle"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\0", "a program"),
)
_OFFICE = (
    (b"word/", "a Word document"),
    (b"ppt/", "a PowerPoint document"),
    (b"xl/", "an Excel document"),
    (b"mimetypeapplication/vnd.oasis", "an office document"),
)
_LOOKED_AT = 1 << 16


def what_it_is(data: bytes) -> str:
    """``a PDF``, ``a picture``, ...; "" of what may be text."""
    if data.startswith(b"PK\x03\x04"):
        inside = data[:_LOOKED_AT]
        return next((kind for part, kind in _OFFICE if part in inside), "a zip archive")
    if data[4:8] == b"ftyp" or (data.startswith(b"RIFF") and data[8:12] in (b"WEBP", b"AVI ", b"WAVE")):
        return "a picture, film or sound"
    if data.startswith(b"BM") and data[6:10] == bytes(4):
        return "a picture"
    if data[1:4] == b"\r\r\n":
        return "compiled Python"
    return next((kind for start, kind in _STARTS if data.startswith(start)), "")
