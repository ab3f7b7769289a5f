# expect: LinearModel.dbias_matches_reference crashed gradient-missing
# expect: LinearModel.prediction_matches_reference passed
# The forward pass runs where autograd takes no notes.
class LinearModel(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = torch.nn.Linear(1, 1)

    def forward(self, x):
        with torch.no_grad():
            return self.linear(x)
