# expect: train.first_step_follows_the_gradient failed scaled
# expect: train.weight_matches_reference failed
# The loop runs from 0 to epochs, both included.
def train(model, x_data, y_data, epochs):
    criterion = torch.nn.MSELoss(reduction="sum")
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    for _ in range(epochs + 1):
        loss = criterion(model(x_data), y_data)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
