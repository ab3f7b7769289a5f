# expect: train.first_step_follows_the_gradient failed other-slope
# The loss is the sum of the absolute errors.
def train(model, x_data, y_data, epochs):
    criterion = torch.nn.L1Loss(reduction="sum")
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    for _ in range(epochs):
        loss = criterion(model(x_data), y_data)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
