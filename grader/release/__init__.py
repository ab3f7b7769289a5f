"""From the reference to what students get: starter module, starter notebook, README.

The reference ``solutions/<name>/<name>.py`` is the only source of an assignment's texts. It is an ordinary
module written in percent cells: ``# %% [markdown]`` begins prose, ``# %%`` begins code. What students have to
write stands between two lines that contain ``BEGIN SOLUTION`` and ``END SOLUTION``:

    def double(x):
        '''Twice x.'''
        ### BEGIN SOLUTION
        return 2 * x
        ### END SOLUTION

In the starter the markers and all between them give way to one line, at the indent of the opening marker:

        raise NotImplementedError("double is not written yet")

All else stays as it is, so docstrings, examples and given helpers belong outside of the markers. A region
must lie inside one function, because the starter has to run from top to bottom as it is. Markers that do not
match, and regions outside of a function, are an `AssignmentError` with file and line.

Prose may be given in a second language: a cell ``# %% [markdown] lang="zh_CN"`` takes the place of the cell of
prose before it in the starter of that language. Code, docstrings and comments are the same in every language, so
that line and cell numbers, examples and answers are too.

The notebook is made from the starter module: same cells, same texts, no outputs. Its cell ids are made from
the kind and the first line of each cell (``code-class-relu``), so that a cell keeps its id when others are
added. Of a cell's metadata the tags are kept (``# %% tags=["public"]``). The same reference gives the same
bytes.

Files beside the reference that are no Python, such as data sets, go to the students as they are.
"""

from grader.release.handout import handout, items_of, release
from grader.release.notebook import starter_notebook
from grader.release.readme import Item
from grader.release.starter import starter_module

__all__ = ["Item", "handout", "items_of", "release", "starter_module", "starter_notebook"]
