# expect: train.bias_matches_reference failed gradient-missing
# expect: train.first_step_follows_the_gradient failed
# The optimizer is given the weight alone.
def train(model, x_data, y_data, epochs):
    criterion = torch.nn.MSELoss(reduction="sum")
    optimizer = torch.optim.SGD([model.linear.weight], lr=0.01)
    for _ in range(epochs):
        loss = criterion(model(x_data), y_data)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
