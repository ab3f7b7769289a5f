# expect: train.runs crashed
# The loss is made a plain number before it is differentiated.
def train(model, x_data, y_data, epochs):
    criterion = torch.nn.MSELoss(reduction="sum")
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    for _ in range(epochs):
        loss = criterion(model(x_data), y_data).item()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
