# expect: train.first_step_follows_the_gradient passed
# expect: train.weight_matches_reference failed
# expect: train.hundred_steps_match_ours failed
# Momentum carries old gradients along.
def train(model, x_data, y_data, epochs):
    criterion = torch.nn.MSELoss(reduction="sum")
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
    for _ in range(epochs):
        loss = criterion(model(x_data), y_data)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
