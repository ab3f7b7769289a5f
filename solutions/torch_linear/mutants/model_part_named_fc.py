# expect: LinearModel.prediction_matches_reference failed misspelt-name
# The part has another name than the one asked for.
class LinearModel(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = torch.nn.Linear(1, 1)

    def forward(self, x):
        return self.fc(x)
