# PyTorch exercise 1
import torch
from torch import nn, optim

x_data = torch.Tensor([[1.0], [2.0], [3.0]])
y_data = torch.Tensor([[2.0], [4.0], [6.0]])


class LinearModel(nn.Module):
    def __init__(self):
        super(LinearModel, self).__init__()
        self.linear = nn.Linear(in_features=1, out_features=1)

    def forward(self, x):
        y_pred = self.linear(x)
        return y_pred


def train(model, x_data, y_data, epochs):
    # the loss of the lecture: nn.MSELoss
    criterion = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=0.01)
    for epoch in range(epochs):
        y_pred = model(x_data)
        loss = criterion(y_pred, y_data)
        print(epoch, loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


if __name__ == "__main__":
    model = LinearModel()
    train(model, x_data, y_data, 100)
    print("w =", model.linear.weight.item())
    print("b =", model.linear.bias.item())
