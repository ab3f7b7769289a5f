def update_w(step, *weights_and_gradients):
    half = len(weights_and_gradients) // 2
    pairs = zip(weights_and_gradients[:half], weights_and_gradients[half:])
    return [w - step * d_w for w, d_w in pairs]
