"""Finding exercises in a submission, lending, stubs, and exceptions in plain data."""

# ruff: noqa: E501 - a submission is one string, however long it gets.

from __future__ import annotations

import inspect
import linecache

import numpy as np
import pytest

from grader.box.program import Cell, Note, Place, Raised, Source, Wanted
from tests.box.hosting import AFFINE, ALL, LOSS, RELU, SOFTMAX, Files, box, definition, functions, source

LENT = "def softmax(x):\n    'secret text'\n    return np.asarray(x) * 7\n"
FORWARD = [
    "call",
    ["attr", ["call", ["exercise", "SoftmaxWithLoss"]], "forward"],
    ["value", 1.0],
    ["value", 0],
]


def test_where_an_exercise_is() -> None:
    cell = "import functools\n@functools.wraps(max)\nclass Relu:\n    x = 1\n    @staticmethod\n    def forward(x): return x\n    def backward(self, d): return d"
    with box(["class Base:\n    def backward(self): pass\n    def extra(self): pass", cell.replace("class Relu:", "class Relu(Base):").replace("@functools.wraps(max)", "@(lambda c: c)")], (RELU,)) as it:  # fmt: skip
        found = definition(it.load(), "Relu")
        assert found.found_as == "Relu"
        assert found.places == {
            "": Place("layers.ipynb", 3, 4),
            "forward": Place("layers.ipynb", 6, 4),
            "backward": Place("layers.ipynb", 7, 4),
            "extra": Place("layers.ipynb", 3, 2),
            "forward return": Place("layers.ipynb", 6, 4),
            "backward return": Place("layers.ipynb", 7, 4),
        }


def test_the_last_definition_of_a_name_counts() -> None:
    with box(
        "class Relu:\n    def forward(self): return 1\nclass Relu:\n    def forward(self): return 2\n",
        (RELU,),
    ) as it:
        found = definition(it.load(), "Relu")
        assert (found.places[""].line, found.places["forward"].line) == (3, 4)


@pytest.mark.parametrize(
    ("line", "line_of"),
    [("f = lambda x: x", 3), ("import functools\nf = functools.partial(max, 1)", 4), ("f = np.vectorize(max)", 3),
     ("g = lambda x: x\nf = g", 3), ("f = np.frompyfunc(lambda x: x, 1, 1)", 3)],
)  # fmt: skip
def test_functions_that_are_assigned_count(line: str, line_of: int) -> None:
    with box(f"import numpy as np\n\n{line}\n", functions("f")) as it:
        found = definition(it.load(), "f")
        assert found.found_as == "f"
        assert found.places[""].line == line_of


def test_decorated_functions_count() -> None:
    text = "import functools, contextlib\n@functools.lru_cache\ndef f(): return 1\n@contextlib.contextmanager\ndef g(): yield\n"
    with box(text, functions("f", "g")) as it:
        loaded = it.load()
        assert definition(loaded, "g").places == {"": Place("layers.py", 5)}
        assert definition(loaded, "f").places == {"": Place("layers.py", 3)}


@pytest.mark.parametrize(
    ("line", "name", "why"),
    [
        ("from numpy import exp as softmax", "softmax", "softmax is imported from numpy, not written here"),
        ("from statistics import mean as softmax", "softmax", "softmax is imported from statistics, not written here"),
        ("import statistics\nsoftmax = statistics.mean", "softmax", "softmax is imported from statistics, not written here"),
        ("from fractions import Fraction as ReLU", "Relu", "ReLU is imported from fractions, not written here"),
        ("from operator import *\nfrom operator import add as Softmax", "softmax", "Softmax is imported from operator, not written here"),
        ("from functools import partial\nfrom helper2 import relu as softmax", "softmax", "the statement that imports softmax failed: ModuleNotFoundError: No module named 'helper2'"),
        ("def Relu(x): return x", "Relu", "Relu is a function here, and a class is asked for"),
        ("class softmax: pass", "softmax", "softmax is a class here, and a function is asked for"),
        ("class Relu(undefined): pass", "Relu", "the statement that defines Relu failed: NameError: name 'undefined' is not defined"),
        ("class relu_layer(:\n    pass", "Relu", "the block that defines Relu is not valid Python (line 1: invalid syntax)"),
        ("relu = 1", "Relu", ""),
    ],
)  # fmt: skip
def test_why_an_exercise_was_not_found(line: str, name: str, why: str) -> None:
    with box(line + "\n") as it:
        found = definition(it.load(), name)
        assert (found.found_as, found.why_not, dict(found.places)) == ("", why, {})
        with pytest.raises(LookupError):
            it.host.resolve(name)


def test_a_builtin_or_ufunc_is_nobodys_own() -> None:
    with box("import numpy as np\nf = np.exp\ng = len\n", functions("f", "g")) as it:
        assert [one.found_as for one in it.load().definitions] == ["", ""]


def test_aliases_need_no_note() -> None:
    with box("class ReLU: pass\n") as it:
        loaded = it.load()
        assert definition(loaded, "Relu").found_as == "ReLU"
        assert loaded.notes == ()


def test_near_names_are_noted() -> None:
    with box("class RELU_layer:\n    def forward(self): return 1\ndef sofmax(x): return x\n") as it:
        loaded = it.load()
        assert [one.found_as for one in loaded.definitions] == ["sofmax", "RELU_layer", "", ""]
        assert loaded.notes == (
            Note("name", "sofmax for softmax", Place("layers.py", 3)),
            Note("name", "RELU_layer for Relu", Place("layers.py", 1)),
        )
        assert it.call("softmax", 3) == 3


@pytest.mark.parametrize(
    ("method", "value"),
    [("def softmax(self, x): return x * self.two", 6), ("def softmax(x): return x", 3), ("def Soft_Max(x): return x", 3),
     ("@staticmethod\n    def softmax(x): return x", 3), ("@classmethod\n    def softmax(cls, x): return cls.two * x", 6)],
)  # fmt: skip
def test_a_function_inside_a_class(method: str, value: int) -> None:
    text = f"class SoftmaxWithLoss:\n    two = 2\n    def __init__(self): 1 / 0\n    {method}\n"
    with box(text) as it:
        found = definition(it.load(), "softmax")
        assert found.found_as.startswith("SoftmaxWithLoss.")
        assert found.places[""].line == 4 + ("@" in method)
        assert it.call("softmax", 3) == value


def test_a_class_inside_a_class_or_a_function_is_no_exercise() -> None:
    with box("class A:\n    class Relu: pass\n    def affine(self): pass\n") as it:
        assert [one.found_as for one in it.load().definitions] == ["", "", "", ""]


def test_the_entry_defines_most_and_the_others_what_it_lacks() -> None:
    files: Files = {
        "a.py": "class Relu: x = 1\n",
        "b.ipynb": ["def softmax(x): return 1", "class Relu: x = 2", "print('waits')"],
        "c.py": "class Affine: x = 3\nclass Relu: x = 3\n",
        "d.py": "1 / 0\nclass Other: pass\n",
    }
    with box(files) as it:
        loaded = it.load()
        assert [place.file for _, place in it.ran] == ["b.ipynb", "b.ipynb", "c.py", "c.py"]
        assert [one.places[""].file for one in loaded.definitions if one.found_as] == [
            "b.ipynb",
            "b.ipynb",
            "c.py",
        ]
        assert it.value(["attr", ["exercise", "Relu"], "x"]) == 2
        assert loaded.failures == ()


def test_among_equals_the_first_path_that_lies_highest() -> None:
    text = "class Relu: pass\n"
    with box({"old/a.py": text, "z.py": text, "m.py": text}) as it:
        assert definition(it.load(), "Relu").places[""].file == "m.py"


def test_a_solved_file_goes_before_an_untouched_starter() -> None:
    starter = "class Relu:\n    def __init__(self):\n        self.x = 1\n    def forward(self, x):\n        raise NotImplementedError\ndef softmax(x): pass\nclass Affine:\n    def forward(self): ...\n"
    files = {"a.py": starter, "b.py": "class Relu:\n    def forward(self, x): return x\n"}
    with box(files) as it:
        loaded = it.load()
        assert definition(loaded, "Relu").places[""].file == "b.py"
        assert definition(loaded, "softmax").places[""].file == "a.py"
        assert definition(loaded, "Affine").found_as == "Affine"
        assert definition(loaded, "SoftmaxWithLoss").found_as == ""


def test_a_stub_here_gives_way_to_what_is_written_elsewhere() -> None:
    files: Files = {
        "a.py": "def softmax(x): return x\nclass Affine: x = 1\nclass Relu:\n    def forward(self): pass\n",
        "b.py": "class Relu:\n    def forward(self): return 1\n",
    }
    with box(files) as it:
        loaded = it.load()
        assert definition(loaded, "Relu").places[""].file == "b.py"
        assert definition(loaded, "softmax").places[""].file == "a.py"


def test_an_untouched_starter_is_not_even_run() -> None:
    stubs = "".join(
        f"class {name}:\n    def forward(self): pass\n" for name in ("Relu", "Affine", "SoftmaxWithLoss")
    )
    solved = stubs.replace("pass", "return 1") + "def softmax(x): return x\n"
    with box({"a.py": stubs + "def softmax(x): pass\n", "b.py": solved}) as it:
        it.load()
        assert {place.file for _, place in it.ran} == {"b.py"}


def test_a_class_is_the_students_whatever_module_it_names() -> None:
    with box("class Relu:\n    __module__ = 'torch.nn'\n") as it:
        assert definition(it.load(), "Relu").found_as == "Relu"


def test_an_exact_name_elsewhere_goes_before_a_near_one_here() -> None:
    files = {
        "a.py": "class Gelu: pass\nclass Affine: pass\nclass SoftmaxWithLoss: pass\n",
        "b.py": "class Relu: pass\n",
    }
    with box(files) as it:
        assert definition(it.load(), "Relu").found_as == "Relu"


def test_a_class_imported_from_another_file_is_the_students() -> None:
    files = {
        "a.py": "from b import *\nfrom b import Relu as ReLU\nclass Affine: pass\nclass SoftmaxWithLoss: pass\n",
        "b.py": "class Relu: pass\n",
    }
    with box(files) as it:
        found = definition(it.load(), "Relu")
        assert (found.found_as, found.places[""]) == ("Relu", Place("b.py", 1))


def test_errors_of_a_file_that_may_hold_what_is_missing_are_told() -> None:
    files = {"a.py": "def softmax(x): return x\n", "b.py": "class Relu(:\n    pass\n", "c.py": "x = = 1\n"}
    with box(files) as it:
        loaded = it.load()
        assert [one.place.file for one in loaded.failures] == ["b.py"]
        assert "b" not in definition(loaded, "Affine").why_not


def test_nothing_handed_in() -> None:
    with box({}) as it:
        loaded = it.load()
        assert [one.found_as for one in loaded.definitions] == ["", "", "", ""]
        assert not it.host.rest().pending


@pytest.mark.parametrize(
    "body",
    ["pass", "...", "'doc'", "'doc'\n    pass", "raise NotImplementedError", "raise NotImplementedError('x')",
     "'doc'\n    # here\n    raise NotImplementedError()"],
)  # fmt: skip
def test_stubs_are_known_by_their_body(body: str) -> None:
    with box(
        f"@(lambda g: g)\ndef f(x):\n    {body}\nclass A:\n    def f(self, x): {body.split(chr(10))[0]}\n",
        functions("f"),
    ) as it:
        it.load()
        function = it.host.resolve("f")
        assert it.host.is_stub(function)
        outcome = it.outcome(["call", ["exercise", "f"], ["value", 1]])
        assert isinstance(outcome, Raised)
        assert outcome.stub


@pytest.mark.parametrize("body", ["return", "return None", "x = 1", "raise ValueError", "'a'.upper()"])
def test_what_is_no_stub(body: str) -> None:
    with box(f"def f(): {body}\nclass Relu:\n    def __init__(self): pass\n", (*functions("f"), RELU)) as it:
        it.load()
        assert not it.host.is_stub(it.host.resolve("f"))
        assert not it.host.is_stub(it.host.resolve("Relu"))
        assert not it.host.is_stub(len)


def test_methods_are_stubs_too() -> None:
    with box(
        "class Relu:\n    def forward(self, x): pass\n    def backward(self, d): return d\n", (RELU,)
    ) as it:
        it.load()
        relu = it.host.resolve("Relu")()  # type: ignore[operator]
        assert it.host.is_stub(relu.forward)
        assert not it.host.is_stub(relu.backward)


def test_not_implemented_at_call_time_is_not_written_yet() -> None:
    with box("def f(x):\n    if x: raise NotImplementedError\n    return 1\n", functions("f")) as it:
        it.load()
        outcome = it.outcome(["call", ["exercise", "f"], ["value", 1]])
        assert isinstance(outcome, Raised)
        assert outcome.stub
        assert it.call("f", 0) == 1


def test_what_a_library_does_not_implement_is_no_stub() -> None:
    with box("import logging\ndef f(): return logging.Handler().emit(None)\n", functions("f")) as it:
        it.load()
        outcome = it.outcome(["call", ["exercise", "f"]])
        assert isinstance(outcome, Raised)
        assert (outcome.type, outcome.stub) == ("NotImplementedError", False)


HOSTILE = """
class Loud(Exception):
    def __str__(self): raise SystemExit
class Text(str):
    def __getitem__(self, k): raise SystemExit
    def encode(self, *a): raise SystemExit
class Subtle(Exception):
    def __str__(self): return Text('subtle')
class Meta(type):
    __name__ = property(lambda self: 1 / 0)
class Nameless(Exception, metaclass=Meta):
    __traceback__ = property(lambda self: 1 / 0)
class Surrogate(Exception): pass
def f(x):
    if x == 0: raise Loud
    if x == 1: raise Subtle
    if x == 2: raise Nameless('n')
    if x == 3: raise SystemExit(3)
    if x == 4: raise GeneratorExit
    if x == 5: raise MemoryError
    if x == 6: return f(x)
    if x == 7: raise ValueError('v' * 1000)
    if x == 8: raise Surrogate('\\ud800')
    if x == 9: raise NameError('x', name=[])
    if x == 10: exec('a b')
"""


@pytest.mark.parametrize(
    ("x", "kind", "message"),
    [
        (0, "Loud", "(the message of this exception cannot be shown)"),
        (1, "Subtle", "subtle"),
        (2, "Nameless", "n"),
        (3, "SystemExit", "3"),
        (4, "GeneratorExit", ""),
        (5, "MemoryError", ""),
        (6, "RecursionError", "maximum recursion depth exceeded"),
        (7, "ValueError", "v" * 300),
        (8, "Surrogate", "?"),
        (9, "NameError", "x"),
        (10, "SyntaxError", "invalid syntax"),
    ],
)
def test_whatever_is_raised_is_explained(x: int, kind: str, message: str) -> None:
    with box(HOSTILE, functions("f")) as it:
        it.load()
        outcome = it.outcome(["call", ["exercise", "f"], ["value", x]])
        assert isinstance(outcome, Raised)
        assert outcome.type == kind
        assert outcome.message.startswith(message)
        assert type(outcome.message) is str
        assert len(outcome.message) <= 300
        assert outcome.place is not None
        assert outcome.place.line >= 15
        assert not outcome.unset


def test_the_place_is_the_innermost_of_the_students() -> None:
    text = "import json\ndef g(): return json.loads('{')\ndef f():\n    return g()\n"
    with box(text, functions("f")) as it:
        it.load()
        outcome = it.outcome(["call", ["exercise", "f"]])
        assert isinstance(outcome, Raised)
        assert (outcome.type, outcome.place) == ("JSONDecodeError", Place("layers.py", 2))
        outcome = it.outcome(["call", ["exercise", "f"], ["value", 1]])
        assert isinstance(outcome, Raised)
        assert outcome.place is None


def test_a_value_may_be_set_by_a_statement_that_waits() -> None:
    with box(
        "import numpy as np\nfor i in range(3):\n    with open('x') if i > 9 else np.errstate() as e: w = i\ndef f(): return w\n",
        functions("f"),
    ) as it:
        assert it.load().pending
        outcome = it.outcome(["call", ["exercise", "f"]])
        assert isinstance(outcome, Raised)
        assert outcome.unset
        assert not it.host.rest().pending
        assert it.call("f") == 2


@pytest.mark.parametrize(
    "text",
    [
        "def softmax(x): return x\nclass SoftmaxWithLoss:\n    def forward(self, x, t): return softmax(x)\n",
        "def Soft_max(x): return x\nclass SoftmaxWithLoss:\n    def forward(self, x, t): return Soft_max(x)\n",
        "def sofmax(x): return x\nclass SoftmaxWithLoss:\n    def forward(self, x, t): return sofmax(x)\n",
        "def softmax(x): return x\nsm = softmax\nclass SoftmaxWithLoss:\n    def forward(self, x, t): return sm(x)\n",
        "class SoftmaxWithLoss:\n    def forward(self, x, t): return softmax(x)\n",
        "class SoftmaxWithLoss:\n    def softmax(self, x): return x\n    def forward(self, x, t): return self.softmax(x)\n",
        "class SoftmaxWithLoss:\n    @staticmethod\n    def softmax(x): return x\n    def forward(self, x, t): return self.softmax(x)\n",
        "class SoftmaxWithLoss:\n    @classmethod\n    def softmax(cls, x): return x\n    def forward(self, x, t): return self.softmax(x)\n",
        "class SoftmaxWithLoss:\n    def softmax(x): return x\n    def forward(self, x, t): return SoftmaxWithLoss.softmax(x)\n",
        "def softmax(x): return x\nclass SoftmaxWithLoss:\n    act = staticmethod(softmax)\n    def forward(self, x, t): return self.act(x)\n",
        "from statistics import mean as softmax\nclass SoftmaxWithLoss:\n    def forward(self, x, t): return softmax(x)\n",
        "from common.functions import softmax as sm, cross\nclass SoftmaxWithLoss:\n    def forward(self, x, t): return sm(x)\n",
        "from common.functions import *\nclass SoftmaxWithLoss:\n    def forward(self, x, t): return softmax(x)\n",
        "import common.functions as F\nclass SoftmaxWithLoss:\n    def forward(self, x, t): return F.softmax(x)\n",
        "import common.functions\nclass SoftmaxWithLoss:\n    def forward(self, x, t): return common.functions.Softmax(x)\n",
        "try:\n    from functions import softmax\nexcept ImportError:\n    from common.functions import softmax\nclass SoftmaxWithLoss:\n    def forward(self, x, t): return softmax(x)\n",
        "softmax = np.vectorize(lambda x: x)\nclass SoftmaxWithLoss:\n    def forward(self, x, t): return softmax(x)\n",
        "from .functions import softmax\nclass SoftmaxWithLoss:\n    def forward(self, x, t): return softmax(x)\n",
    ],
)  # fmt: skip
def test_lent_parts_stand_for_the_students(text: str) -> None:
    with box(text, (SOFTMAX, LOSS), {"softmax": LENT}) as it:
        loaded = it.load()
        it.host.rest()
        assert it.value(FORWARD) == 7.0
        assert definition(loaded, "softmax").why_not == "it is lent"
        with pytest.raises(LookupError):
            it.host.resolve("softmax")


@pytest.mark.parametrize(
    "line",
    [
        "from functions import softmax",
        "from functions import *",
        "import functions\nsoftmax = functions.softmax",
    ],
)
@pytest.mark.parametrize("theirs", ["def softmax(x): return x\n", "x = 1\n", "def softmax(x): pass\n"])
def test_lent_parts_reach_every_file(line: str, theirs: str) -> None:
    text = f"{line}\nclass SoftmaxWithLoss:\n    def forward(self, x, t): return softmax(x)\n"
    with box({"a.py": text, "functions.py": theirs}, (SOFTMAX, LOSS), {"softmax": LENT}) as it:
        assert not it.load().failures
        assert it.value(FORWARD) == 7.0


def test_lent_classes_and_aliases() -> None:
    lent = {"Relu": "class Relu:\n    def forward(self, x): return 7\n"}
    text = "class relu_layer: pass\nReLU = relu_layer\nclass Affine:\n    def forward(self): return relu_layer().forward(1) + ReLU().forward(1)\n"
    with box(text, (RELU, AFFINE), lent) as it:
        it.load()
        assert it.value(["call", ["attr", ["call", ["exercise", "Affine"]], "forward"]]) == 14


def test_a_near_name_is_not_replaced_where_another_file_has_the_very_name() -> None:
    files = {
        "a.py": "from b import softmax\ndef softmix(x): return 1\nclass SoftmaxWithLoss:\n    def forward(self, x, t): return softmix(x)\n",
        "b.py": "def softmax(x): return x\n",
    }
    with box(files, (SOFTMAX, LOSS), {"softmax": LENT}) as it:
        it.load()
        assert it.value(FORWARD) == 1


def test_lending_replaces_nothing_else() -> None:
    text = "import no_such as nn\nfrom no_such import Linear\nclass SoftmaxWithLoss:\n    softmax = 3\n    def forward(self, x, t): return 1\n"
    with box(text, (SOFTMAX, LOSS), {"softmax": LENT}) as it:
        assert [one.type for one in it.load().failures] == ["ModuleNotFoundError"] * 2
        assert it.value(FORWARD) == 1


def test_lent_parts_hold_themselves_and_numpy_only() -> None:
    text = "class SoftmaxWithLoss:\n    def forward(self, x, t): return softmax\n"
    lent = {"softmax": LENT, "Relu": "class Relu:\n    'secret'\n"}
    with box(text, ALL, lent) as it:
        it.load()
        function = it.host.resolve("SoftmaxWithLoss")().forward(1, 2)  # type: ignore[operator]
        assert set(function.__globals__) == {"__name__", "__builtins__", "np", "numpy", "softmax"}
        assert function.__doc__ is None
        with pytest.raises(OSError, match="could not get source code"):
            inspect.getsource(function)
        assert not linecache.getlines(function.__code__.co_filename)


def test_a_method_that_is_called_in_another_way_stays() -> None:
    text = "class SoftmaxWithLoss:\n    def softmax(self, x, axis): return 1\n    def forward(self, x, t): return self.softmax(x, 0)\n"
    with box(text, (SOFTMAX, LOSS), {"softmax": LENT}) as it:
        it.load()
        assert it.value(FORWARD) == 1


def test_lent_exercises_are_not_looked_for_among_the_rest() -> None:
    with box(
        "softmax = len('a') or 1\nclass SoftmaxWithLoss: pass\n", (SOFTMAX, LOSS), {"softmax": LENT}
    ) as it:
        assert it.load().pending


@pytest.mark.parametrize("text", ["", "\0", "def f(:", "(" * 300, "%%bash\nrm", "class A(A): pass", "import layers", "from . import *", "from .. import x", "from layers import layers"])  # fmt: skip
@pytest.mark.parametrize("notebook", [True, False])
def test_no_text_gets_out_of_the_host(text: str, notebook: bool) -> None:
    files: Files = {"layers.ipynb": [text]} if notebook else {"layers.py": text}
    with box(files, ALL, {"softmax": LENT}) as it:
        assert len(it.load().definitions) == 4
        it.host.rest()


def test_warnings_of_students_are_no_errors() -> None:
    with box(
        "import warnings\nimport numpy as np\nwarnings.warn('x')\nx = '\\m'\ny = np.float64(1) / 0\ndef f(): return 1 is 1\n",
        functions("f"),
    ) as it:
        it.load()
        assert not it.host.rest().failures
        assert it.call("f") is True


def test_odd_paths() -> None:
    cells = (Cell("def softmax(x): return x"),)
    for path in (
        "作业 6.py",
        "a-b/layers.v2.py",
        "noext",
        "__init__.py",
        "a/__init__.py",
        "numpy.py",
        "x/y/z/__main__.py",
    ):
        sources = (Source(path, cells), source("other.py", "x = 1\n"))
        with box({}) as it:
            host = type(it.host)("/sub", sources, (Wanted("softmax", "function"),), {}, lambda *_: None)
            assert definition(host.load(), "softmax").places == {"": Place(path, 1), "return": Place(path, 1)}
            host.close()


def test_arrays_go_in_and_out() -> None:
    with box("import numpy as np\ndef softmax(x): return np.exp(x) / np.sum(np.exp(x))\n") as it:
        it.load()
        value = it.value(["call", ["exercise", "softmax"], ["array", 0]], np.zeros(4))
        assert isinstance(value, np.ndarray)
        assert value.tolist() == [0.25] * 4
