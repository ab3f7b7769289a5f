# expect: train.first_step_follows_the_gradient failed
# expect: train.weight_matches_reference failed
# expect: train.hundred_steps_match_ours failed
# The parameters of a model made at the start are trained, whichever model is given.
_model = LinearModel()


def train(model, x_data, y_data, epochs):
    criterion = torch.nn.MSELoss(reduction="sum")
    optimizer = torch.optim.SGD(_model.parameters(), lr=0.01)
    for _ in range(epochs):
        loss = criterion(_model(x_data), y_data)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
