# expect: full
# The loss is written out, and every loss is kept and returned.
def train(model, x_data, y_data, epochs):
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-2)
    losses = []
    for epoch in range(epochs):
        y_pred = model(x_data)
        loss = torch.sum((y_pred - y_data) ** 2)
        print(epoch, loss.item())
        losses.append(loss)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model, losses
