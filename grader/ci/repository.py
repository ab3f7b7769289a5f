"""A student's repository: every push is checked against the public cases, of which nothing has to be kept secret.

The files lie where a bundle has its own of the same names, so that both fit into one folder.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from grader.ci.filling import filled, requirement, word
from grader.frozen import SUFFIX, PublicKey, to_bytes
from grader.language import _, current

# What a sandbox needs beside the core, as pyproject.toml has it in the extra `grade`.
SANDBOX = "msgspec>=0.19"


def github(key: PublicKey, program: tuple[str, bytes]) -> Mapping[str, bytes]:
    """A workflow of GitHub Actions, the public answer key and `program`, the wheel's name and contents."""
    name = key.assignment.name
    workflow = filled(
        "github.yml",
        title=json.dumps(f"grader: {name}"),
        artifact=json.dumps(f"grader-{name}"),
        public=word(_("You are graded on hidden cases, which may differ.")),
        **_values(key, program[0]),
    )
    return {f".github/workflows/grader-{name}.yml": workflow, **_carried(key, program)}


def gitlab(key: PublicKey, program: tuple[str, bytes]) -> Mapping[str, bytes]:
    """A job of GitLab CI, the public answer key and `program`, the wheel's name and contents."""
    return {".gitlab-ci.yml": filled("gitlab.yml", **_values(key, program[0])), **_carried(key, program)}


def _values(key: PublicKey, wheel: str) -> Mapping[str, str]:
    return {
        "wheel": requirement(wheel, key.assignment),
        "sandbox": word(SANDBOX),
        "key": word(_key_file(key)),
        "lang": current(),
        "unjudged": word(_("Nothing was judged, so there is no score; what is said above tells why.")),
    }


def _carried(key: PublicKey, program: tuple[str, bytes]) -> Mapping[str, bytes]:
    return dict([(_key_file(key), to_bytes(key)), program])


def _key_file(key: PublicKey) -> str:
    return f"{key.assignment.name}{SUFFIX}"
