# expect: full
# The line is written as a formula over the part's parameters.
class LinearModel(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = torch.nn.Linear(1, 1)

    def forward(self, x):
        y_pred = x @ self.linear.weight.T + self.linear.bias
        return y_pred
