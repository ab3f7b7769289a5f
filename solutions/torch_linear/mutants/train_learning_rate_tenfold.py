# expect: train.first_step_follows_the_gradient failed learning-rate
# expect: train.weight_matches_reference failed learning-rate
# The learning rate is 0.1: on the three points every step jumps farther across the valley.
def train(model, x_data, y_data, epochs):
    criterion = torch.nn.MSELoss(reduction="sum")
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(epochs):
        loss = criterion(model(x_data), y_data)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
