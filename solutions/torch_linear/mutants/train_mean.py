# expect: train.first_step_follows_the_gradient failed batch-mean-twice
# expect: train.weight_matches_reference failed batch-mean-twice
# expect: train.hundred_steps_match_ours failed
# MSELoss averages over the samples where nothing else is said.
def train(model, x_data, y_data, epochs):
    criterion = torch.nn.MSELoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    for _ in range(epochs):
        loss = criterion(model(x_data), y_data)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
