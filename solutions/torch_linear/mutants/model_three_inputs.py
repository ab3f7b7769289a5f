# expect: LinearModel.runs crashed
# The part has an input for each of the three samples, as if the batch were the features.
class LinearModel(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = torch.nn.Linear(3, 1)

    def forward(self, x):
        return self.linear(x)
