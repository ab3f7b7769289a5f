# expect: LinearModel.prediction_matches_reference failed bias-missing
# expect: LinearModel.dbias_matches_reference crashed gradient-missing
# The line is made without a bias, so that it goes through the origin.
class LinearModel(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = torch.nn.Linear(1, 1, bias=False)

    def forward(self, x):
        return self.linear(x)
