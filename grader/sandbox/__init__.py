"""The judge's side of the line: how a submission is run where it can do no harm, and how its answers are read."""
