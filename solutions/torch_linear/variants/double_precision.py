# expect: full
# The model computes with 64 bits a number.
class LinearModel(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = torch.nn.Linear(1, 1, dtype=torch.float64)

    def forward(self, x):
        return self.linear(x)
