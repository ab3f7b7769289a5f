# expect: train.weight_matches_reference failed accumulates
# The gradients are forgotten once, before the first epoch.
def train(model, x_data, y_data, epochs):
    criterion = torch.nn.MSELoss(reduction="sum")
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    optimizer.zero_grad()
    for _ in range(epochs):
        loss = criterion(model(x_data), y_data)
        loss.backward()
        optimizer.step()
