# expect: full
# The derivatives are written out, as on paper; autograd is not asked.
def train(model, x_data, y_data, epochs):
    weight, bias = model.linear.weight.data, model.linear.bias.data
    for _ in range(epochs):
        error = x_data * weight + bias - y_data
        dw, db = 2 * (error * x_data).sum(), 2 * error.sum()
        weight -= 0.01 * dw
        bias -= 0.01 * db
