# expect: full
# The mean times the number of samples is the sum.
def train(model, x_data, y_data, epochs):
    criterion = torch.nn.MSELoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    for _ in range(epochs):
        loss = criterion(model(x_data), y_data) * len(x_data)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
