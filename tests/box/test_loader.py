"""Running a submission statement by statement, and importing its files."""

# ruff: noqa: E501 - a submission is one string, however long it gets.

from __future__ import annotations

import linecache
import sys
import warnings
from types import ModuleType

import numpy as np
import pytest

from grader.box.program import Note, Place, Raised, Value
from tests.box.hosting import ALL, Files, box, definition, functions

F = functions("f")


def lines(ran: list[tuple[int, Place]]) -> list[int]:
    return [place.line for _, place in ran]


def test_definitions_run_and_the_rest_waits() -> None:
    text = """'''doc'''
import math
x = 2
print('waits')
y = math.sqrt(4)
def f(): return x
for i in range(3): x = i
try:
    import no_such_module
except ImportError:
    print('quiet')
    z = 1
if x:
    w = 3
else:
    pass
g = lambda: math.sqrt(9)
while True:
    pass
"""
    with box(text, F) as it:
        loaded = it.load()
        assert lines(it.ran) == [2, 3, 6, 8, 17]
        assert loaded.pending
        assert loaded.failures == ()
        assert it.call("f") == 2


@pytest.mark.parametrize(
    "statement",
    ["x = g()", "g()", "x = [h(i) for i in y]", "with y: pass", "for i in y: pass", "del f", "assert y", "raise y",
     "if g(): x = 1", "try:\n    g()\nexcept E: pass", "x: int = g()", "x += g()", "y[g()] = 1"],
)  # fmt: skip
def test_statements_left_aside(statement: str) -> None:
    with box(f"y = 0\ndef f(): return 0\n{statement}\n", F) as it:
        assert it.load().pending
        assert lines(it.ran) == [1, 2]


@pytest.mark.parametrize(
    "statement",
    ["x = lambda: g()", "x, z = y, y", "x: int", "class A:\n    b = len('a')", "@staticmethod\ndef h(a=len('a')): g()",
     "x = [i for i in (1, 2)]", "if y: x = 1\nelif x: z = 2", "y", "pass", "async def h(): await g()"],
)  # fmt: skip
def test_statements_that_only_define(statement: str) -> None:
    with box(f"y = 0; x = 1\ndef f(): return 0\n{statement}\n", F) as it:
        loaded = it.load()
        assert not loaded.pending
        assert not loaded.failures
        assert lines(it.ran)[3:] == [3 if "@" not in statement else 4]


def test_a_failing_statement_is_recorded_and_the_rest_goes_on() -> None:
    with box("x = 1 / 0\ny = undefined\ndef f(): return 1\n", F) as it:
        loaded = it.load()
        assert [(one.place.line, one.type, one.message, one.text) for one in loaded.failures] == [
            (1, "ZeroDivisionError", "division by zero", "x = 1 / 0"),
            (2, "NameError", "name 'undefined' is not defined", "y = undefined"),
        ]
        assert it.call("f") == 1


@pytest.mark.parametrize("what", ["return", "x = yield", "break", "nonlocal x", "await f()"])
def test_what_compiles_nowhere_costs_one_statement(what: str) -> None:
    with box(f"def f(): return 1\nclass A:\n    {what}\n", F) as it:
        [failure] = it.load().failures
        assert failure.type == "SyntaxError"
        assert failure.place == Place("layers.py", 3)
        assert "/sub" not in failure.message
        assert it.call("f") == 1


def test_an_assignment_waits_for_what_it_reads() -> None:
    text = """import numpy as np
x = np.ones(3)
y = x * 2
layers = {}
layers['a'] = dict(b=1)
z = layers['a']
np.random.seed(1)
e = np.e
def f(): return float(y[0]) + z['b']
"""
    with box(text, F) as it:
        loaded = it.load()
        assert loaded.failures == ()
        assert lines(it.ran) == [1, 4, 8, 9]
        outcome = it.outcome(["call", ["exercise", "f"]])
        assert isinstance(outcome, Raised)
        assert outcome.unset
        assert not it.host.rest().failures
        assert it.call("f") == 3.0


def test_a_definition_waits_for_the_name_of_a_default() -> None:
    with box("w = float(2)\ndef f(a=w): return a\n", F) as it:
        loaded = it.load()
        assert loaded.failures == ()
        assert definition(loaded, "f").found_as == "f"
        assert it.call("f") == 2.0


def test_missing_names_that_nothing_would_set_are_not_unset() -> None:
    with box("def f(): return nowhere\nprint('waits')\n", F) as it:
        assert it.load().pending
        outcome = it.outcome(["call", ["exercise", "f"]])
        assert isinstance(outcome, Raised)
        assert not outcome.unset


def test_other_statements_run_in_load_only_for_what_is_missing() -> None:
    loop = "for i in range(2):\n    print(i)\n"
    with box(f"def f(): return 0\n{loop}", functions("f", "g")) as it:
        assert it.load().pending
        assert lines(it.ran) == [1]
    with box(f"import numpy as np\n{loop}g = np.vectorize(abs)\n", functions("g")) as it:
        assert not it.load().pending
        assert lines(it.ran) == [1, 2, 4]
    with box(f"{loop}exec('def g(): return 4')\n", functions("g")) as it:
        it.load()
        assert it.call("g") == 4


def test_a_later_definition_wins_over_a_statement_run_late() -> None:
    with box("f = len('a')\nf.x = 1\ndef f(): return w\nw = int(3)\n", F) as it:
        it.load()
        it.host.rest()
        assert it.call("f") == 3


def test_a_statement_run_late_wins_over_an_earlier_definition() -> None:
    with box("def f(): return 1\nf = dict(a=lambda: 2)['a']\n", F) as it:
        it.load()
        assert it.call("f") == 1
        it.host.rest()
        assert it.call("f") == 2


def test_of_definitions_in_a_row_the_first_is_told_of() -> None:
    files: Files = {
        "a.py": "def f(): pass\ndef g(): pass\nimport b\nclass C: pass\nclass D: pass\nx = 1\ndef softmax(x): pass\n",
        "b.py": "def f(): pass\nimport math\ndef g(): pass\n",
    }
    with box(files, functions("softmax")) as it:
        it.load()
        told = [(place.file, place.line) for _, place in it.told]
        assert told == [
            ("a.py", 1),
            ("a.py", 3),
            ("b.py", 2),
            ("a.py", 3),
            ("a.py", 4),
            ("a.py", 6),
            ("a.py", 7),
        ]
        assert len(it.ran) == len(told) + 4


def test_skipped_statements_never_run_and_ordinals_are_stable() -> None:
    files = {"layers.py": "import helper\nx = 1\ndef f(): return 0\n", "helper.py": "y = 1\nz = 2\n"}
    with box(files, F) as it:
        it.load()
        assert [ordinal for ordinal, _ in it.ran] == [0, 3, 0, 4, 0, 1, 2]
        assert it.ran[1][1] == Place("helper.py", 1)
    with box(files, F) as it:
        loaded = it.load(4, 2)
        assert [ordinal for ordinal, _ in it.ran] == [0, 3, 0, 1]
        assert definition(loaded, "f").why_not == "the statement that defines f did not come to an end"


@pytest.mark.parametrize("skip", [(), (1,)])
def test_skipped_statements_do_not_run_late_either(skip: tuple[int, ...]) -> None:
    with box("def f(): return 0\nx = len('a')\n", F) as it:
        it.load()
        it.host.rest(frozenset(skip))
        assert lines(it.ran) == ([1] if skip else [1, 2])


def test_names_of_an_import_are_bound_one_by_one() -> None:
    text = "from math import sqrt, nothing, pi\nimport json, no_such_module, cmath\ndef f(): return sqrt(4), pi, json, cmath\n"
    with box(text, F) as it:
        loaded = it.load()
        assert [one.type for one in loaded.failures] == ["ImportError", "ModuleNotFoundError"]
        assert not isinstance(it.outcome(["call", ["exercise", "f"]]), Raised)


def test_a_missing_module_is_told_once() -> None:
    with box("from no_such_module import a, b\n", F) as it:
        assert len(it.load().failures) == 1


def test_name_is_main_in_a_notebook_only() -> None:
    text = "if __name__ == '__main__':\n    def f(): return 1\nelse:\n    def f(): return __name__ == 'a.b'\n"
    with box({"a/b.py": text}, F) as it:
        it.load()
        assert it.call("f") is True
    with box([text], F) as it:
        it.load()
        assert it.call("f") == 1


def test_numpy_is_there_without_import() -> None:
    with box(["def f():\n    return float(np.ones(1)[0] + numpy.ones(1)[0])"], F) as it:
        loaded = it.load()
        assert it.call("f") == 2.0
        place = Place("layers.ipynb", 2, 2)
        assert loaded.notes == (
            Note("forgotten-import", "np", place),
            Note("forgotten-import", "numpy", place),
        )


@pytest.mark.parametrize("head", ["import numpy as np", "from numpy import *\nfrom math import *", "try:\n    import cupy as np\nexcept ImportError:\n    import numpy as np"])  # fmt: skip
def test_an_import_that_is_there_was_not_forgotten(head: str) -> None:
    with box(f"{head}\ndef f(): return np.e\n", F) as it:
        assert it.load().notes == ()


def test_future_imports_hold_for_the_whole_file() -> None:
    text = "from __future__ import annotations\ndef f(a: undefined = 1): return f.__annotations__['a'] == 'undefined'\n"
    with box(text, F) as it:
        assert not it.load().failures
        assert it.call("f") is True


def test_sources_and_tracebacks_of_cells() -> None:
    cell = "import inspect\nclass A:\n    pass\ndef f():\n    '''own text'''\n    return 'own text' in inspect.getsource(f)"
    with box(["x = 1", cell, "def g():\n    return 1 / 0"], functions("f", "g")) as it:
        it.load()
        assert it.call("f") is True
        outcome = it.outcome(["call", ["exercise", "g"]])
        assert isinstance(outcome, Raised)
        assert outcome.place == Place("layers.ipynb", 2, 6)
    assert not any("layers.ipynb" in file for file in linecache.cache)


def test_sources_of_modules() -> None:
    text = "import inspect\nclass A:\n    'own text'\ndef f(): return 'own text' in inspect.getsource(A)\n"
    with box(text, F) as it:
        it.load()
        assert it.call("f") is True


@pytest.mark.parametrize(
    "line",
    ["from common.functions import one", "from common.functions import *", "from common import functions\none = functions.one",
     "import common.functions as m\none = m.one", "import common.functions\none = common.functions.one"],
)  # fmt: skip
def test_files_are_importable_without_an_init(line: str) -> None:
    files = {"main.py": f"{line}\ndef f(): return one\n", "common/functions.py": "one = 1\n"}
    with box(files, F) as it:
        assert not it.load().failures
        assert it.call("f") == 1


def test_packages_and_relative_imports() -> None:
    files: Files = {
        "p/__init__.py": "from .a import one\n",
        "p/a.py": "from . import b\nfrom .c.d import three\none = b.two - 1 + 0 * three\n",
        "p/b.py": "two = 2\n",
        "p/c/d.py": "from ..b import two\nthree = two + 1\n",
        "f.ipynb": ["from p import one\nimport p.c.d as d\ndef f(): return one + d.three"],
    }
    with box(files, F) as it:
        assert not it.load().failures
        assert it.call("f") == 4


def test_folders_above_a_file_may_be_left_out() -> None:
    files = {
        "hw/ch05/net.py": "from common.layers import one\nimport near\ndef f(): return one + near.x\n",
        "hw/common/layers.py": "one = 1\n",
        "hw/ch05/near.py": "x = 1\n",
    }
    with box(files, F) as it:
        assert not it.load().failures
        assert it.call("f") == 2


@pytest.mark.parametrize("line", ["from .helper import one", "from . import helper\none = helper.one"])
def test_relative_imports_of_files_handed_in_flat(line: str) -> None:
    with box({"a.py": f"{line}\ndef f(): return one\n", "helper.py": "one = 1\n"}, F) as it:
        assert not it.load().failures
        assert it.call("f") == 1


def test_a_second_download_is_the_same_module() -> None:
    with box(
        {"a.py": "from helper import one\ndef f(): return one\n", "helper (1).py": "one = 1\n"}, F
    ) as it:
        assert not it.load().failures


def test_imported_files_are_mended_and_only_define() -> None:
    helper = "def g():\n    x = 1\n\treturn x\nprint('waits')\nx = 1 / 0\ndef h(:\n    pass\n"
    with box({"a.py": "from helper import g\ndef f(): return g()\n", "helper.py": helper}, F) as it:
        loaded = it.load()
        assert it.call("f") == 1
        assert [(one.place, one.type) for one in loaded.failures] == [
            (Place("helper.py", 6), "SyntaxError"),
            (Place("helper.py", 5), "ZeroDivisionError"),
        ]
        assert [note.id for note in loaded.notes] == ["tabs"]


def test_files_that_import_each_other() -> None:
    files = {"a.py": "import b\nx = 1\ndef f(): return b.g()\n", "b.py": "import a\ndef g(): return a.x\n"}
    with box(files, F) as it:
        assert not it.load().failures
        assert it.call("f") == 1


@pytest.mark.parametrize(
    "line", ["from config import eps", "from config import *", "import config\nclass A: pass"]
)
def test_what_another_file_sets_late(line: str) -> None:
    use = "config.eps" if line.startswith("import") else "eps"
    files = {"a.py": f"{line}\ndef f(): return {use}\n", "config.py": "eps = float(3)\n"}
    with box(files, F) as it:
        assert not it.load().failures
        outcome = it.outcome(["call", ["exercise", "f"]])
        assert isinstance(outcome, Raised)
        assert outcome.unset
        assert not it.host.rest().failures
        assert it.call("f") == 3.0


def test_no_file_of_a_student_hides_an_installed_module() -> None:
    files = {"a.py": "import numpy, json\ndef f(): return numpy.pi > 3 and json.dumps(1) == '1'\n",
             "numpy.py": "pi = 0\n", "json.py": "x = 1\n"}  # fmt: skip
    with box(files, F) as it:
        it.load()
        assert it.call("f") is True


def test_an_installed_module_is_found_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    files: Files = {"a.py": "import colorsys\ndef f(): return colorsys.x\n", "colorsys.py": "x = 1\n"}
    with box(files, F) as it:
        it.load()
        assert isinstance(it.outcome(["call", ["exercise", "f"]]), Raised)


def test_the_file_that_is_run_hides_no_installed_module_either() -> None:
    for name in ("json", "colorsys", "jinja2"):
        with box({f"{name}.py": f"import {name}\ndef f(): return len({name}.__doc__)\n"}, F) as it:
            it.load()
            outcome = it.outcome(["call", ["exercise", "f"]])
            assert isinstance(outcome, Value)


def test_modules_of_others_are_neither_seen_nor_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = ModuleType("helper")
    monkeypatch.setitem(sys.modules, "helper", theirs)
    main = sys.modules["__main__"]
    files: Files = {
        "a.ipynb": ["import helper, __main__\nx = 3\ndef f(): return helper.x + __main__.x"],
        "helper.py": "x = 1\n",
    }
    with box(files, F) as it:
        assert not it.load().failures
        assert it.call("f") == 4
        assert sys.modules["helper"] is theirs
        assert sys.modules["__main__"] is main


def test_the_interpreter_is_left_as_it_was() -> None:
    text = (
        "import sys, helper, matplotlib.pyplot, warnings\nimport numpy as np\n"
        "sys.path.insert(0, 'x')\nsys.path = []\nsys.meta_path = None\nsys.modules[3] = 3\n"
        "np.seterr(all='raise')\nwarnings.simplefilter('error')\nsys.setrecursionlimit(500)\ndef f(): return helper.x\n"
    )
    before = (list(sys.path), list(sys.meta_path), dict(sys.modules), np.geterr(), sys.getrecursionlimit())
    path, finders, filters = sys.path, sys.meta_path, list(warnings.filters)
    with box({"a.py": text, "helper.py": "x = 1\n"}, F) as it:
        it.load()
        it.host.rest()
        assert it.call("f") == 1
        sys.modules.pop(3, None)  # type: ignore[call-overload]
        assert sys.path is path
        assert sys.meta_path is finders
        assert list(warnings.filters) == filters
        after = (list(sys.path), list(sys.meta_path), dict(sys.modules), np.geterr(), sys.getrecursionlimit())
        assert {name for name in after[2] if name not in before[2]} <= sys.stdlib_module_names
        assert after[:2] + after[3:] == before[:2] + before[3:]
        assert "helper" not in sys.modules


def test_two_submissions_side_by_side() -> None:
    def files(x: int) -> dict[str, str | list[str]]:
        return {"a.ipynb": ["def f():\n    import helper\n    return helper.x"], "helper.py": f"x = {x}\n"}

    with box(files(1), F) as one, box(files(2), F) as two:
        one.load()
        two.load()
        assert (one.call("f"), two.call("f"), one.call("f")) == (1, 2, 1)


@pytest.mark.parametrize(
    "head",
    ["%matplotlib inline\nimport matplotlib.pyplot as plt\nfrom matplotlib import cm\nfrom mpl_toolkits.mplot3d import Axes3D",
     "import seaborn as sns\nfrom matplotlib.pyplot import figure as fig",
     "get_ipython().run_line_magic('matplotlib', 'inline')\ndisplay(3)"],
)  # fmt: skip
def test_plotting_does_nothing(head: str) -> None:
    body = "plt.figure(figsize=(3, 4))\nfig, (a, b) = plt.subplots(1, 2)\nline, = a.plot([1])\nwith plt.style.context('x'): plt.show()\nfor x in a: 1 / 0"
    with box([head, body if "plt" in head else "pass", "def f(): return 1"], F) as it:
        assert not it.load().failures
        assert not it.host.rest().failures


def test_stand_ins_for_what_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    class Nothing:
        def find_spec(self, name: str, *_: object) -> None:
            if name.partition(".")[0] in ("tqdm", "google", "IPython"):
                raise ModuleNotFoundError(f"No module named {name!r}", name=name.partition(".")[0])

    monkeypatch.setattr(sys, "meta_path", [Nothing(), *sys.meta_path])
    for name in [name for name in sys.modules if name.partition(".")[0] in ("tqdm", "google", "IPython")]:
        monkeypatch.delitem(sys.modules, name)
    text = """from tqdm import tqdm, trange
from tqdm.notebook import tqdm as bar
from google.colab import drive
from IPython.display import display
def f():
    drive.mount('/content')
    with bar(total=2) as b:
        b.update(1)
    return sum(tqdm([1, 2], desc='x')) + sum(trange(3)) + len(bar([1]))
"""
    with box(text, F) as it:
        assert not it.load().failures
        assert it.call("f") == 7


def test_an_import_guarded_by_the_student_fails_as_it_should() -> None:
    text = "try:\n    import google.colab\n    x = 1\nexcept ImportError:\n    x = 2\ndef f(): return x\n"
    with box(text, F) as it:
        it.load()
        assert it.call("f") == 2


def test_other_missing_modules_are_told() -> None:
    with box("import no_such_module as torch\ndef f(): return 1\n", F) as it:
        assert [one.type for one in it.load().failures] == ["ModuleNotFoundError"]


@pytest.mark.parametrize(
    "line",
    ["raise_ = [].x", "class A:\n    raise SystemExit(3)", "class A:\n    raise KeyboardInterrupt",
     "class E(Exception):\n    def __str__(self): raise SystemExit\nclass A:\n    raise E",
     "class M(type):\n    __module__ = property(lambda s: 1 / 0)\n    __name__ = property(lambda s: 1 / 0)\nclass f(metaclass=M): pass\nclass Relu(metaclass=M): pass",
     "class O:\n    __class__ = property(lambda s: 1 / 0)\n    def __call__(self): pass\nclass A:\n    x = O.__new__(O)\nf = A.x",
     "class A:\n    def g(): A.g()\n    g()", "globals = 1\n__name__ = 5\n__builtins__ = None\nx = len",
     "for_ = 'a' * 10\n" + "(" * 500, "x = " + "-" * 5000 + "1", "import sys\nclass A:\n    sys.modules = None\n    sys.meta_path = None"],
)  # fmt: skip
def test_hostile_statements_are_failures_and_no_more(line: str) -> None:
    with box(f"{line}\ndef softmax(x): return 1\n", ALL) as it:
        loaded = it.load()
        it.host.rest()
        assert definition(loaded, "softmax").found_as == "softmax"
        assert all(type(one.message) is str and len(one.message) <= 300 for one in loaded.failures)
