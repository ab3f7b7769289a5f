import torch


class LinearModel(torch.nn.Module):
    def __init__(self):
        # x has three rows
        super().__init__()
        self.linear = torch.nn.Linear(3, 1)

    def forward(self, x):
        return self.linear(x)


def train(model, x_data, y_data, epochs):
    parameters = list(model.parameters())
    for _ in range(epochs):
        error = model(x_data) - y_data
        (error * error).sum().backward()
        with torch.no_grad():
            for p in parameters:
                p -= 0.01 * p.grad
                p.grad = None
