# expect: full
# A loader hands out all samples at once, in another order every epoch.
from torch.utils.data import DataLoader, TensorDataset


def train(model, x_data, y_data, epochs):
    loader = DataLoader(TensorDataset(x_data, y_data), batch_size=len(x_data), shuffle=True)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0, weight_decay=0)
    for _ in range(epochs):
        for x, y in loader:
            loss = torch.nn.functional.mse_loss(model.forward(x), y, reduction="sum")
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
