"""What a human should look at, by the text of a submission alone."""

from __future__ import annotations

import textwrap
from contextlib import suppress
from pathlib import Path

import pytest

from grader.box import flags as ids
from grader.box.flags import flags
from grader.box.host import Host
from grader.box.program import Cell, Place, Source, Wanted
from grader.box.units import parse
from grader.errors import UnreadableSubmission
from grader.submissions import sources
from grader.submissions.collect import find
from tests.box.hosting import box, source

ROOT = Path(__file__).parents[2]
WANTED = (
    Wanted("softmax", "function"),
    Wanted("mse_prime", "function"),
    Wanted("Sigmoid", "class", (), ("forward", "backward")),
)
HANDED_OUT = """
def numerical_gradient(f, x, h=1e-5):
    grad = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        old = x[index]
        x[index] = old + h
        above = f(x)
        x[index] = old - h
        below = f(x)
        grad[index] = (above - below) / (2 * h)
        x[index] = old
    return grad

def check_dx(layer, x, dout):
    layer.forward(x)
    return np.abs(layer.backward(dout) - numerical_gradient(lambda z: np.sum(layer.forward(z) * dout), x)).max()
"""


def raised(*texts: str, path: str = "layers.py") -> list[tuple[str, int]]:
    """Ids and lines of the flags of modules; the first is `path`."""
    named = (
        source(path if n == 0 else f"other{n}.py", textwrap.dedent(text)) for n, text in enumerate(texts)
    )
    units, _ = parse("/sub", tuple(named))
    return [(note.id, note.place.line) for note in flags(units, WANTED) if note.place]


def backward(*lines: str) -> str:
    """A layer whose backward has this body."""
    body = "".join(f"        {line}\n" for line in lines)
    return (
        f"class Sigmoid:\n    def forward(self, x):\n        return x\n    def backward(self, dout):\n{body}"
    )


@pytest.mark.parametrize(
    "text",
    [
        backward("h = 1e-4", "return dout * (self.forward(self.x + h) - self.forward(self.x - h)) / (2 * h)"),
        backward("s = 0.3", "return (self.forward(self.x + s) - self.forward(self.x)) / s"),
        backward("return (f(self.x + 1e-5) - f(self.x - 1e-5)) / 2e-5 * dout"),
        backward("d = f(self.x + eps) - f(self.x)", "return np.sum(d * dout) / eps"),
        backward("h = 10 ** -4", "return (f(self.x + h) - f(self.x - h)) * (1 / (2 * h))"),
        backward("h = 1e-20", "return dout * f(self.x + 1j * h).imag / h"),
        backward("h = 1e-20", "return dout * np.imag(f(self.x + 1j * h)) / h"),
        backward(
            "for i in range(3):",
            "    self.x[i] += 1e-4",
            "    up = self.forward(self.x)",
            "    self.x[i] -= 1e-4",
            "    g[i] = (up - self.y) / 1e-4",
            "return g",
        ),
        backward("return numerical_gradient(lambda z: np.sum(self.forward(z) * dout), self.x)"),
        backward("return slope(self.forward, self.x)")
        + "def slope(f, x):\n    return inner(f, x)\n"
        + "def inner(f, x, d=1e-6):\n    return (f(x + d) - f(x)) / d\n",
        backward("return helper(self.x)") + HANDED_OUT + "helper = lambda x: numerical_gradient(f, x)\n",
        "def mse_prime(a, b):\n    return approx_fprime(a, lambda z: mse(z, b), 1e-8)\n",
        "def softmax_gradient(x, h=1e-3):\n    return (softmax(x + h) - softmax(x - h)) / 2 / h\n",
        "class Sigmoid:\n    backward = lambda self, dout: (f(self.x + h) - f(self.x)) / h\n",
    ],
)
def test_differences_inside_a_gradient_are_seen(text: str) -> None:
    assert [id for id, _ in raised(text)] == [ids.DIFFERENCES]


@pytest.mark.parametrize(
    "text",
    [
        HANDED_OUT,
        HANDED_OUT + "print(check_dx(Sigmoid(), x, dout))\nfor h in range(3): numerical_gradient(f, x)\n",
        HANDED_OUT + "def gradient_check(x):\n    return numerical_gradient(f, x)\n",
        HANDED_OUT + "def show_gradients(x):\n    print(numerical_gradient(f, x))\n",
        backward(
            "y = (np.exp(self.x) - np.exp(-self.x)) / (np.exp(self.x) + np.exp(-self.x))", "return dout * y"
        ),
        backward("h = dout.shape[0]", "return (self.y - self.t) / h"),
        backward("eps = 1e-7", "return -self.t / (self.y + eps)"),
        backward("eps = 1e-7", "return (dout - dout.mean(0)) / np.sqrt(self.var + eps)"),
        backward("lr = 0.01", "self.W -= lr * self.dW", "return (self.y - self.t) / len(self.t)"),
        backward("h = self.h", "return dout * h * (1 - h) + (self.a - self.b) / h"),
        backward("return (softmax(self.x) - self.t) / self.t.shape[0]"),
        backward("return (np.sum(dout + self.n) - np.sum(dout)) / self.t"),
    ],
)
def test_what_only_looks_like_differences_is_none(text: str) -> None:
    assert raised(text) == []


def test_a_helper_in_another_file_is_followed() -> None:
    text = "from other1 import slope\n" + backward("return slope(self.forward, self.x)")
    assert raised(text, "def slope(f, x, h=1e-4):\n    return (f(x + h) - f(x - h)) / (2 * h)\n") == [
        (ids.DIFFERENCES, 6)
    ]


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("import torch", ids.AUTOGRAD),
        ("import torch.nn.functional as F", ids.AUTOGRAD),
        ("from jax import grad", ids.AUTOGRAD),
        ("def f():\n    from autograd import elementwise_grad", ids.AUTOGRAD),
        ("t = __import__('tensorflow')", ids.AUTOGRAD),
        ("import importlib\nmx = importlib.import_module('mxnet.ndarray')", ids.AUTOGRAD),
        ("import sys\nf = sys._getframe(1)", ids.FRAMES),
        ("import inspect\ninspect.stack()", ids.FRAMES),
        ("from inspect import stack", ids.FRAMES),
        ("from sys import _getframe as look", ids.FRAMES),
        ("f = getattr(g, 'f_back')", ids.FRAMES),
        ("try:\n    pass\nexcept E as e:\n    e.__traceback__.tb_frame", ids.FRAMES),
        ("import gc\ngc.get_referrers(f)", ids.FRAMES),
        ("object.__subclasses__()", ids.FRAMES),
        ("open('/proc/self/maps')", ids.MACHINE),
        ("open(f'/proc/{pid}/mem')", ids.MACHINE),
        ("import ctypes", ids.MACHINE),
        ("from socket import socket", ids.MACHINE),
        ("import subprocess as sp", ids.MACHINE),
        ("import os\nos.fork()", ids.MACHINE),
        ("import os\nos.execvp('sh', [])", ids.MACHINE),
        ("from os import system", ids.MACHINE),
        ("from solutions.layers.layers import softmax", ids.GRADER),
        ("import grader.key", ids.GRADER),
        ("from grader.box import host", ids.GRADER),
        ("import sys\nm = sys.modules['grader_box.host']", ids.GRADER),
        ("__import__('solutions')", ids.GRADER),
        ("open('../../solutions/layers/layers.py')", ids.GRADER),
        ("import os\nos.listdir('/judge')", ids.GRADER),
        ("np.allclose = lambda *a, **k: True", ids.PATCHES),
        ("np.linalg.norm = abs", ids.PATCHES),
        ("import numpy as xp\nxp.sum = sum", ids.PATCHES),
        ("del np.array", ids.PATCHES),
        ("setattr(np, 'isclose', f)", ids.PATCHES),
        ("np.__dict__['isclose'] = f", ids.PATCHES),
        ("vars(np)['isclose'] = f", ids.PATCHES),
        ("import builtins\nbuiltins.abs = f", ids.PATCHES),
        ("__builtins__['abs'] = f", ids.PATCHES),
    ],
)
def test_each_flag_is_raised_where_it_stands(text: str, id: str) -> None:
    assert id in [found for found, _ in raised(text)]
    lines = [line for found, line in raised(text) if found == id]
    assert max(lines) == text.count("\n") + 1


@pytest.mark.parametrize(
    "text",
    [
        "import grader\ngrader.check('Relu')",
        "np.random.seed(0)\nnp.set_printoptions(precision=3)\nnp.seterr(all='ignore')",
        "np.int = int\nnp.float = float",
        "np.stack([x]).trace()\nx = np.trace(x)",
        "import sys\nsys.stdout = open('log.txt', 'w')\nsys.path.append('..')",
        "import ssl\nssl._create_default_https_context = ssl._create_unverified_context",
        "import os\nos.environ['OMP_NUM_THREADS'] = '1'\nos.makedirs('data')\nos.path.join('a', 'b')",
        "plt.rcParams['font.sans-serif'] = ['SimHei']",
        "import traceback\ntry:\n    pass\nexcept Exception:\n    traceback.print_exc()",
        '"""Compare with /proc and with solutions/layers. Uses f_back and torch."""',
        "def f():\n    'see solutions/layers'\n    return 1  # import torch, sys._getframe",
        "print('the solutions are right')\nx = {'solutions': 1}",
        "import matplotlib.pyplot as plt, pandas, scipy.special, sklearn, urllib.request, gzip, pickle",
        "self = type('T', (), {})\nself.np = 1\nsum = 0",
    ],
)
def test_what_students_do_in_good_faith_raises_nothing(text: str) -> None:
    assert raised(text) == []


def test_a_students_own_module_of_that_name_is_not_the_graders() -> None:
    text = "import solutions\nfrom solutions import softmax"
    assert raised(text) == [(ids.GRADER, 1), (ids.GRADER, 2)]
    units, _ = parse("/sub", (source("layers.py", text), source("solutions.py", "def softmax(x): return x")))
    assert flags(units, WANTED) == ()


def test_of_one_id_a_few_places_are_told() -> None:
    found = raised("import torch\n" * 10 + "import ctypes\n")
    assert found == [(ids.AUTOGRAD, 1), (ids.AUTOGRAD, 2), (ids.AUTOGRAD, 3), (ids.MACHINE, 11)]


def test_the_place_counts_cells_and_lines() -> None:
    with box(["x = 1", "import numpy as np\n\nimport torch"]) as made:
        (note,) = made.load().notes
    assert (note.id, note.detail, note.place) == (ids.AUTOGRAD, "torch", Place("layers.ipynb", 3, 4))


def test_flags_are_there_before_anything_runs() -> None:
    with box("import sys\nclass Relu:\n    here = sys._getframe()\n") as made:
        assert [note.id for note in made.host.noticed] == [ids.FRAMES]
        assert made.ran == []
        assert made.load().notes == made.host.noticed
        assert made.ran != []


def test_a_box_with_loans_does_not_look_again() -> None:
    with box("import torch", lent={"softmax": "def softmax(x):\n    return x\n"}) as made:
        assert made.host.noticed == ()


def expected(path: Path) -> set[str]:
    """What an assignment about a library may raise; the judge, who knows its reference, leaves that out."""
    return {ids.AUTOGRAD} if "torch_linear" in path.parts else set()


@pytest.mark.parametrize("path", sorted((ROOT / "solutions").glob("*/variants/*.py")), ids=lambda p: p.name)
def test_right_variants_raise_nothing(path: Path) -> None:
    units, _ = parse("/sub", (Source(path.name, (Cell(path.read_text("utf-8")),)),))
    assert {note.id for note in flags(units, WANTED)} <= expected(path)


def test_mutants_and_starters_raise_nothing() -> None:
    paths = [*(ROOT / "solutions").glob("*/mutants/*.py"), *(ROOT / "assignments").glob("*/*.py")]
    assert len(paths) > 100
    for path in paths:
        units, _ = parse("/sub", (Source(path.name, (Cell(path.read_text("utf-8")),)),))
        assert {note.id for note in flags(units, WANTED)} <= expected(path), path.name


@pytest.mark.parametrize("folder", sorted(path for path in (ROOT / "examples").iterdir() if path.is_dir()))
def test_the_example_classes_raise_nothing(folder: Path) -> None:
    readable = 0
    for handle in find(folder, folder.name):
        with suppress(UnreadableSubmission):
            units, _ = parse("/sub", sources(handle.read())[0])
            assert {note.id for note in flags(units, WANTED)} <= expected(folder), handle.student
            readable += 1
    assert readable > 4


@pytest.mark.parametrize(
    "text",
    [
        "def backward():\n    return (a - b" + " - h" * 3000 + ") / h\n",
        "def backward():\n    return (f" + ".a" * 900 + "(x + h) - f" + ".a" * 900 + "(x)) / h\n",
        "def backward():\n    return x / (" + "2 * " * 900 + "h)\n",
        "x = " + "(" * 190 + "1" + ")" * 190,
        "def backward():\n" + "    y = (f(x + h) - g(x)) / h\n" * 2000,
    ],
)
def test_text_that_is_hard_to_read_is_read(text: str) -> None:
    host = Host("/sub", (source("a.py", text),), WANTED, {}, lambda *_: None)
    host.close()
