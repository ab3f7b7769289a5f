# expect: train.first_step_follows_the_gradient failed
# expect: train.weight_matches_reference failed
# The gradients are forgotten before the step can use them.
def train(model, x_data, y_data, epochs):
    criterion = torch.nn.MSELoss(reduction="sum")
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    for _ in range(epochs):
        loss = criterion(model(x_data), y_data)
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
