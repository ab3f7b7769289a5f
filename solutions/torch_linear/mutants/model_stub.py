# expect: LinearModel.is_defined missing
# Nothing is written yet.
class LinearModel(torch.nn.Module):
    def __init__(self):
        raise NotImplementedError

    def forward(self, x):
        raise NotImplementedError
