"""``grader check``: a student's file against the public cases."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader import cli
from grader.frozen import SUFFIX
from tests.courses import ROOT
from tests.frozen.keys import NUMPY_ONLY, written
from tests.selfcheck.handouts import folder, notebook, right, starter, wrong


class Desk:
    """A student's folder, with the command at hand."""

    def __init__(self, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.place = place
        self._capsys = capsys

    def write(self, name: str, text: str) -> None:
        path = self.place / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def check(self, *words: str) -> tuple[int, str, str]:
        """Exit code, standard output and standard error."""
        code = cli.run(["check", *words])
        return (code, *self._capsys.readouterr())


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    place = folder(tmp_path, "layers")
    monkeypatch.chdir(place)
    return Desk(place, capsys)


@pytest.mark.parametrize("name", NUMPY_ONLY)
def test_starter_right_and_half(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(folder(tmp_path, name), capsys)
    monkeypatch.chdir(desk.place)
    desk.write("begun.py", starter(name))
    code, said, _ = desk.check("begun.py")
    assert code == 1
    assert "not written yet" in said
    assert "hidden cases, which may differ" in said
    desk.write("done.ipynb", notebook(*right(name).split("# %%")))
    code, said, error = desk.check("done.ipynb")
    assert (code, error) == (0, "")
    assert "wrong" not in said
    assert f"{'94 of 94' if name == 'fc_conv' else '100 of 100'} points" in said


def test_a_mistake_is_named_with_its_place_and_hint(desk: Desk) -> None:
    desk.write("layers.py", wrong("layers", "affine_db_not_summed"))
    code, said, _ = desk.check("layers.py", "--only", "affine")
    assert code == 1
    assert "Affine: wrong" in said
    assert "db is summed over the batch: failed" in said
    assert "db.shape=" in said
    assert "at layers.py, line" in said
    assert "Compare the shape of b with the shape of your db." in said
    assert "Relu" not in said


def test_only_takes_aliases_in_any_case_and_refuses_other_names(desk: Desk) -> None:
    desk.write("layers.py", right("layers"))
    code, said, _ = desk.check("layers.py", "--only", "RELU", "--only", "sigmoid")
    assert code == 0
    assert [line.partition(":")[0] for line in said.splitlines() if "points" in line][:2] == [
        "Relu",
        "Sigmoid",
    ]
    code, _, error = desk.check("layers.py", "--only", "Rule")
    assert code == 2
    assert "There is no exercise Rule; there are softmax" in error


def test_what_stands_on_a_wrong_part_says_so(desk: Desk) -> None:
    broken = right("layers").replace("weights = np.exp(", "weights = 2 + np.exp(")
    desk.write("layers.py", broken + "\n\ndef softmax(x):\n    return 0.5 * x\n")
    _, said, _ = desk.check("layers.py")
    assert "uses softmax, which is not right yet: mend that first" in said


def test_what_is_open_because_of_a_wrong_part_is_neither_right_nor_wrong(desk: Desk) -> None:
    (desk.place / f"eight_weights{SUFFIX}").write_bytes(written("eight_weights"))
    desk.write("eight_weights.py", wrong("eight_weights", "back_published_erratum"))
    _, said, _ = desk.check("eight_weights.py")
    assert "update_w: right as far as it is judged here, 16 of 19 points" in said
    assert "uses back_propagate, which is not right yet: mend that first" in said


def test_for_programs_there_is_json(desk: Desk) -> None:
    desk.write("layers.py", wrong("layers", "affine_db_not_summed"))
    code, said, _ = desk.check("layers.py", "--json", "--only", "Affine")
    assert code == 1
    found = json.loads(said)
    assert (found["assignment"], found["passed"], found["score"], found["max_score"]) == (
        "layers",
        False,
        16,
        20,
    )
    (affine,) = found["exercises"]
    (check,) = [one for one in affine["checks"] if one["name"] == "db_matches_reference"]
    assert check["verdict"] == "failed"
    assert [one["id"] for one in check["diagnoses"]] == ["not-summed"]


def test_the_file_may_be_left_out_where_it_is_plain(desk: Desk) -> None:
    desk.write("layers.py", starter("layers"))
    assert desk.check()[0] == 1
    desk.write("layers.ipynb", notebook(starter("layers")))
    code, _, error = desk.check()
    assert code == 2
    assert "say which one: grader check layers.ipynb or grader check layers.py" in error
    desk.write("layers.ipynb", notebook(right("layers")))
    desk.write("plots.py", "def plot(x):\n    pass\n")
    assert desk.check()[0] == 0


def test_of_several_keys_the_one_is_taken_of_which_most_is_defined(desk: Desk) -> None:
    for name in ("fc_conv", "eight_weights"):
        (desk.place / f"{name}{SUFFIX}").write_bytes(written(name))
    (desk.place / "below").mkdir()
    desk.write("below/mine.py", right("fc_conv"))
    assert desk.check("below/mine.py")[1].startswith("mine.py: A library of layers")
    desk.write("mine.ipynb", notebook(right("eight_weights")))
    assert desk.check("mine.ipynb")[1].startswith("mine.ipynb: Eight weights by hand")
    desk.write("nothing.py", "x = 1\n")
    code, _, error = desk.check("nothing.py")
    assert code == 2
    assert "fit equally well" in error
    assert desk.check("nothing.py", "--key", f"layers{SUFFIX}")[0] == 1


def test_a_file_of_another_assignment_is_not_taken_for_one_where_nothing_is_written(desk: Desk) -> None:
    desk.write("net.py", right("two_layer_net"))
    desk.write("empty.py", "")
    for name in ("net.py", "empty.py"):
        code, said, error = desk.check(name)
        assert (code, said) == (2, "")
        assert f"{name} defines nothing of layers (Layers of a computational graph)" in error
        assert "softmax, " in error
    desk.write("broken.py", "class Relu:\n    def forward(self, x)\n        return x\n")
    desk.write("other.py", "import nowhere\n")
    code, said, _ = desk.check("broken.py")
    assert code == 1
    assert "Relu: could not be run, 0 of 10 points" in said
    assert "Affine: not written yet" in said
    assert desk.check("other.py")[0] == 1
    desk.write("one.py", "class Relu:\n    pass\n")
    assert desk.check("one.py", "--only", "Affine")[0] == 1


def test_without_a_key_it_says_where_one_is_looked_for(desk: Desk) -> None:
    (desk.place / f"layers{SUFFIX}").unlink()
    desk.write("layers.py", starter("layers"))
    code, _, error = desk.check("layers.py")
    assert code == 2
    assert "There is no public answer key (NAME.key.npz) in" in error
    (desk.place / f"layers{SUFFIX}").write_bytes(b"garbage")
    code, _, error = desk.check("layers.py")
    assert code == 2
    assert error.count("\n") == 1
    code, _, error = desk.check("absent.py")
    assert (code, error) == (2, "grader: There is no file absent.py\n")


def test_modules_beside_the_file_are_imported(desk: Desk) -> None:
    text = right("layers")
    desk.write("parts/functions.py", "import numpy as np\n\n" + text[text.index("def softmax") :])
    desk.write(
        "layers.py", text.replace("def softmax(", "def _other(") + "\nfrom parts.functions import softmax\n"
    )
    assert desk.check("layers.py", "--only", "softmax")[0] == 0


def test_cells_that_check_do_nothing_while_they_are_checked(desk: Desk) -> None:
    desk.write(
        "layers.ipynb",
        notebook("import grader", right("layers"), "grader.check_all()", 'grader.use_key("x")'),
    )
    code, said, _ = desk.check("layers.ipynb")
    assert code == 0
    assert "Error" not in said


def test_nothing_is_read_from_the_keyboard_and_nothing_printed_gets_through(desk: Desk) -> None:
    desk.write(
        "layers.py",
        'print("noise")\n'
        + right("layers")
        + "\nclass Relu:\n    def forward(self, x):\n        return input()\n",
    )
    code, said, _ = desk.check("layers.py", "--only", "Relu")
    assert code == 1
    assert "EOFError" in said
    assert "noise" not in said


def child(place: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command in an interpreter of its own."""
    command = [sys.executable, "-c", "from grader.cli import main; main()", "check", *words]
    return subprocess.run(
        command,
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        timeout=120,
        check=False,
    )


LOOP = """
class Relu:
    def forward(self, x):
        while True:
            pass
"""


def test_a_loop_without_end_is_ended(desk: Desk) -> None:
    desk.write("layers.py", right("layers") + LOOP)
    done = child(desk.place, "layers.py", "--only", "Relu", "--only", "Sigmoid")
    said = done.stdout.decode()
    assert done.returncode == 1, done.stderr
    assert "Relu.forward did not return within 5 s" in said
    assert "Sigmoid: right" in said


def test_a_console_of_few_characters_gets_escapes(desk: Desk) -> None:
    desk.write(
        "数据 émoji.py",
        right("layers") + '\nclass Relu:\n    def forward(self, x):\n        raise ValueError("é 😀 层")\n',
    )
    done = child(desk.place, "数据 émoji.py", "--only", "Relu", PYTHONIOENCODING="gbk", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (1, b"")
    said = done.stdout.decode("gbk")
    assert "数据" in said
    assert "\\U0001f600 层" in said


def test_in_the_sandbox_it_says_the_same(desk: Desk) -> None:
    desk.write("layers.py", wrong("layers", "affine_db_not_summed"))
    own = desk.check("layers.py", "--only", "Affine")
    assert desk.check("layers.py", "--only", "Affine", "--sandbox") == own
