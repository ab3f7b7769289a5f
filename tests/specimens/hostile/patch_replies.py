# attack: Replaces the child's encoder: whatever is asked, the input comes back as the answer.
# expect: 90
# verdict: Relu.forward_matches_reference failed
import sys

class Attack:
    main = sys.modules["grader_box.main"]
    program = sys.modules["grader_box.program"]
    real = main.encode_reply

    def encode(reply, job, cap, real=real, program=program):
        if any(step.expr == ["call", ["exercise", "Relu"]] for step in job.steps):
            answer = program.Value(job.arrays[0])
            reply = program.Reply({name: answer for name in reply.outcomes})
        return real(reply, job, cap)

    main.encode_reply = encode

class Relu:
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask
