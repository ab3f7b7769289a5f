"""Environments of Python with chosen libraries, made of those that are installed, without a network."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import subprocess
import sys
from pathlib import Path

OFFLINE = {"PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore"}


def environment(place: Path, *distributions: str) -> Path:
    """An environment that holds these and nothing else; the folder of its programs."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place)], check=True)
    (site,) = place.glob("lib/python*/site-packages")
    for name in distributions:
        bring(name, site)
    return place / "bin"


def bring(name: str, site: Path) -> None:
    """Puts an installed distribution into another folder of packages."""
    found = importlib.metadata.distribution(name)
    own = Path(str(found.locate_file("")))
    for top in sorted(
        {file.parts[0] for file in found.files or () if file.parts[0] not in ("..", "__pycache__")}
    ):
        if (own / top).is_dir():
            shutil.copytree(own / top, site / top, copy_function=_linked)
        else:
            _linked(str(own / top), str(site / top))


def _linked(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
