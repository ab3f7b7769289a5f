# expect: train.first_step_follows_the_gradient failed constant-for-variable
# expect: train.hundred_steps_match_ours passed
# The number of epochs is typed in.
def train(model, x_data, y_data, epochs):
    criterion = torch.nn.MSELoss(reduction="sum")
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    for _ in range(100):
        loss = criterion(model(x_data), y_data)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
