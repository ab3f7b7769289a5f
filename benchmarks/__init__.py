"""Programs that measure what the grader promises; `python -m benchmarks` runs them."""
