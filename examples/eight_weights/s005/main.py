"""Trains the network of the exercise. The functions are in propagation.py and activation.py."""
from propagation import back_propagate, forward_propagate
from descent import update_w

START = (0.2, -0.4, 0.5, 0.6, 0.1, -0.5, -0.3, 0.8)


def main():
    w = START
    sample = (0.5, 0.3, 0.23, -0.07)
    for n in range(10):
        o1, o2, h1, h2, error = forward_propagate(*sample, *w)
        print(f"{n:2} {error:.6f}")
        w = update_w(0.5, *w, *back_propagate(o1, o2, h1, h2, *sample, *w[4:]))
    print(*(f"{one:+.4f}" for one in w))


if __name__ == "__main__":
    main()
