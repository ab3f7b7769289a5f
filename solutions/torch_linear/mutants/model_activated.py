# expect: LinearModel.prediction_matches_reference failed output-activated
# A ReLU keeps the line from going below zero.
class LinearModel(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = torch.nn.Linear(1, 1)

    def forward(self, x):
        return torch.relu(self.linear(x))
