# expect: full
# The optimizer calls a closure for the loss, and a schedule stands by that never changes the rate.
def train(model, x_data, y_data, epochs):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    schedule = torch.optim.lr_scheduler.StepLR(optimizer, step_size=10**6)

    def closure():
        optimizer.zero_grad()
        loss = (model(x_data) - y_data).pow(2).sum()
        loss.backward()
        return loss

    for _ in range(epochs):
        optimizer.step(closure)
        schedule.step()
