"""The README of a handout, in both languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.errors import AssignmentError
from grader.language import _, both


@dataclass(frozen=True)
class Item:
    """A row of the README's table: what an exercise is defined by, one name or several, and its points."""

    names: tuple[str, ...]
    points: float


ENGLISH = """\
# {title}

Two files hold the same assignment; work in the one that you like better:

- `{name}.ipynb`, a notebook
- `{name}.py`, a module for your editor; its `# %%` lines are the borders of the notebook's cells

Both need {needs}, nothing else.
{beside}
## What to do

Read from top to bottom. Where you meet `raise NotImplementedError(...)`, take the line away and write your
own code in its place. Leave the names and the parameters as they are, and return exactly what the docstring
says. You may add functions, attributes and cells of your own.

| exercise | points |
|---|---:|
{rows}
| **together** | **{total}** |

Points are given for right values. An exercise that uses another one is not lost with it: if your part is
wrong or still missing, the exercise that builds on it is judged with a right one.

## How to check yourself

- Run everything from top to bottom: *Restart Kernel and Run All Cells* in a notebook, `python {name}.py` at
  the command line. The examples print what your code gives, beside what it should give, or say what is not
  written yet.
- Compare shapes: a gradient has the shape of the array that it belongs to.
- Compare your gradients with central differences wherever an example does so. A relative difference of about
  1e-6 or less is a good sign; one of 1e-3 or more is a mistake.
- Try other inputs than the examples': other shapes, one sample, negative and large numbers.

## How to hand in

Run everything once more from top to bottom, save, and hand in **one** file: your `{name}.ipynb` or your
`{name}.py`. An exercise that you did not write may stay as it is; it costs its own points only.
"""

CHINESE = """\
# {title}

两个文件的内容完全相同，选你觉得顺手的那个来做：

- `{name}.ipynb`：notebook
- `{name}.py`：用编辑器打开的模块，其中的 `# %%` 行就是 notebook 单元格的分界

两者都只需要{needs}。
{beside}
## 要做什么

从头到尾读一遍。凡是看到 `raise NotImplementedError(...)` 的地方，就删掉这一行，换上你自己的代码。
名字和参数保持不变，返回值要与文档字符串的说明完全一致。你可以添加自己的函数、属性和单元格。

| 练习 | 分值 |
|---|---:|
{rows}
| **合计** | **{total}** |

分数只给正确的值。如果一个练习用到了另一个练习，不会因此一起丢分：要是你的那一部分写错了或还没有写，
评判依赖它的练习时，会用一个正确的版本来代替。

## 怎样自查

- 从头到尾全部运行一遍：在 notebook 中选择 *Restart Kernel and Run All Cells*，
  或者在命令行运行 `python {name}.py`。示例会打印你的代码得到的结果，并在旁边写出应有的结果，
  或者告诉你哪一部分还没有写。
- 对照形状：梯度的形状与它所对应的数组相同。
- 示例中凡是有中心差分的地方，都拿你的梯度与它比较。相对误差在 1e-6 左右或更小，是好兆头；
  达到 1e-3 或更大，就是错了。
- 除了示例中的输入，再试试别的：其他形状、只有一个样本、负数、很大的数。

## 怎样提交

最后再从头到尾运行一遍，保存，然后提交**一个**文件：你的 `{name}.ipynb` 或 `{name}.py`。
没有写的练习可以原样留着，只会丢掉它自己的分数。
"""

BESIDE = both(
    "\nWhat else lies here belongs to the assignment; keep it in the same folder: {data}.\n",
    "\n这里的其他文件也是作业的一部分，请放在同一个文件夹里：{data}。\n",
)
LIBRARIES = {
    "numpy": both("NumPy", " NumPy"),
    "torch": both("PyTorch (`pip install torch`)", " PyTorch（`pip install torch`）"),
}


def readme(name: str, text: str, items: Sequence[Item], file: str, data: Mapping[str, bytes]) -> str:
    """The README of the assignment `name` in the language of the run; `text` is its reference in that language.

    Raises AssignmentError when the reference does not define an exercise; `file` is its path.
    """
    lines = {
        node.name: node.lineno
        for node in ast.parse(text).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
    missing = [one for item in items for one in item.names if one not in lines]
    if missing:
        raise AssignmentError(f"{file}: the reference does not define {', '.join(missing)}")
    heading = re.search(r"^# # (.+)$", text, re.MULTILINE)
    return _(both(ENGLISH, CHINESE)).format(
        title=heading[1].strip() if heading else name,
        name=name,
        needs=_needs(text),
        beside=_(BESIDE).format(data=", ".join(f"`{path}`" for path in data)) if data else "",
        rows="\n".join(
            f"| {', '.join(f'`{one}`' for one in item.names)} | {item.points:g} |"
            for item in sorted(items, key=lambda item: lines[item.names[0]])
        ),
        total=f"{sum(item.points for item in items):g}",
    )


def _needs(text: str) -> str:
    """Python and the libraries that a reference cannot do without, as they are called."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    python = _(both("Python", " Python"))
    return _(both(" and ", " 和")).join(
        [python, *(_(called) for name, called in LIBRARIES.items() if name in names)]
    )
