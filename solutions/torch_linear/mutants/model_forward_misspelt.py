# expect: LinearModel.runs crashed misspelt-name
# The method is called foward, so that Module finds none.
class LinearModel(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = torch.nn.Linear(1, 1)

    def foward(self, x):
        return self.linear(x)
