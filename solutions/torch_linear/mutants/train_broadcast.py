# expect: train.first_step_follows_the_gradient failed wrong-shape
# Predictions of shape (N,) minus targets of shape (N, 1): every prediction meets every target.
def train(model, x_data, y_data, epochs):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    for _ in range(epochs):
        loss = ((model(x_data).flatten() - y_data) ** 2).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
