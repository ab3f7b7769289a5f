# expect: full
# No optimizer: the steps are taken by hand.
def train(model, x_data, y_data, epochs):
    for _ in range(epochs):
        model.zero_grad()
        ((model(x_data) - y_data) ** 2).sum().backward()
        with torch.no_grad():
            for parameter in model.parameters():
                parameter -= 0.01 * parameter.grad
