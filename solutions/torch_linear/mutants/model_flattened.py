# expect: LinearModel.has_right_shapes failed wrong-shape
# expect: LinearModel.dweight_matches_reference passed
# The predictions lose the axis of the feature.
class LinearModel(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = torch.nn.Linear(1, 1)

    def forward(self, x):
        return self.linear(x).squeeze()
