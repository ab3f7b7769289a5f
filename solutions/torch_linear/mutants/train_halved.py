# expect: train.first_step_follows_the_gradient failed scaled
# expect: train.bias_matches_reference failed scaled
# The loss is half the sum of squares.
def train(model, x_data, y_data, epochs):
    criterion = torch.nn.MSELoss(reduction="sum")
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    for _ in range(epochs):
        loss = criterion(model(x_data), y_data) / 2
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
