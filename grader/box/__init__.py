"""What runs beside a student's code.

Nothing in this room imports anything but numpy and the standard library, and nothing outside this room
(relative imports only): the sandbox shows the child this folder alone, under another package name.
"""
