# expect: LinearModel.runs crashed
# The constructor of Module is not called: there is nothing to attach a part to.
class LinearModel(torch.nn.Module):
    def __init__(self):
        self.linear = torch.nn.Linear(1, 1)

    def forward(self, x):
        return self.linear(x)
