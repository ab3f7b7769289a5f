"""Trains the net. Layers are in nn/layers.py, pairs of layers in nn/layer_utils.py, the net in nn/net.py."""
from pathlib import Path

import numpy as np

from nn.net import TwoLayerNet


def main():
    file = Path(__file__).with_name("digits.npz")
    if not file.exists():
        raise SystemExit("digits.npz is missing")
    digits = np.load(file)
    X, y = digits["images"] / 16.0, digits["labels"].astype(int)
    net = TwoLayerNet(64, 40, 10, weight_scale=0.1)
    for epoch in range(60):
        for part in np.array_split(np.random.permutation(1500), 15):
            _, grads = net.loss(X[part], y[part])
            for name in grads:
                net.params[name] = net.params[name] - 0.3 * grads[name]
        print(epoch, np.mean(net.loss(X[1500:]).argmax(axis=1) == y[1500:]))


if __name__ == "__main__":
    main()
