# expect: LinearModel.runs crashed misspelt-name
# The constructor attaches linear, forward asks for liner.
class LinearModel(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = torch.nn.Linear(1, 1)

    def forward(self, x):
        return self.liner(x)
