# expect: LinearModel.prediction_matches_reference failed output-activated
# The model of the next lecture: a sigmoid at the end.
class LinearModel(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = torch.nn.Linear(1, 1)

    def forward(self, x):
        return torch.sigmoid(self.linear(x))
