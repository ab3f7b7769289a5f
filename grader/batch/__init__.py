"""A class, graded: by this process, by several, or by a cluster.

Its names are imported from its modules, so that processes that grade need nothing of what writes a gradebook.
"""
