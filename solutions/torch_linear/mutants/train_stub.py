# expect: train.is_defined missing
# Nothing is written yet.
def train(model, x_data, y_data, epochs):
    raise NotImplementedError
