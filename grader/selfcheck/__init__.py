"""A student's self-check: the judge's own checks on public cases, at the command line and in a notebook.

It needs the public answer key and numpy, and neither the reference nor a sandbox, so that it works on any machine that
runs Python, a browser among them.
"""
