# expect: full
# Every epoch ends with new parameters in the place of the old ones.
def train(model, x_data, y_data, epochs):
    for _ in range(epochs):
        loss = ((model(x_data) - y_data) ** 2).sum()
        dw, db = torch.autograd.grad(loss, [model.linear.weight, model.linear.bias])
        model.linear.weight = torch.nn.Parameter(model.linear.weight - 0.01 * dw)
        model.linear.bias = torch.nn.Parameter(model.linear.bias - 0.01 * db)
