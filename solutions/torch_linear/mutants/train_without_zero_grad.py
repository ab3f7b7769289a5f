# expect: train.weight_matches_reference failed accumulates
# expect: train.hundred_steps_match_ours failed accumulates
# expect: train.first_step_follows_the_gradient passed
# The gradients of all epochs add up.
def train(model, x_data, y_data, epochs):
    criterion = torch.nn.MSELoss(reduction="sum")
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    for _ in range(epochs):
        loss = criterion(model(x_data), y_data)
        loss.backward()
        optimizer.step()
