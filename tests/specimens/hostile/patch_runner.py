# attack: Replaces the child's runner of jobs by one that answers nothing.
# expect: 0
import sys

class Attack:
    host = sys.modules["grader_box.host"]
    host.run_job = lambda job, hooks: sys.modules["grader_box.program"].Reply({}, 0.0)
