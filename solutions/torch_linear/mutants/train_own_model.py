# expect: train.weight_matches_reference failed
# expect: train.hundred_steps_match_ours failed
# A new model is made and trained, the given one stays as it was.
def train(model, x_data, y_data, epochs):
    criterion = torch.nn.MSELoss(reduction="sum")
    model = LinearModel()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    for _ in range(epochs):
        loss = criterion(model(x_data), y_data)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
