# expect: full
# The losses of the samples are added one after another, then one step is taken.
def train(model, x_data, y_data, epochs):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    for _ in range(epochs):
        optimizer.zero_grad()
        for x, y in zip(x_data, y_data):
            ((model(x) - y) ** 2).sum().backward()
        optimizer.step()
