# %% [markdown]
# # A two-layer network, trained on images
#
# In this assignment you build a network that learns to read handwritten digits. It has two fully connected
# layers with a rectifier between them, and a softmax at the end:
#
# ```
# images X --- affine --- ReLU --- affine --- scores --- softmax --- loss
#              W1, b1             W2, b2                 labels y
# ```
#
# You write every pass by hand, forward and backward, with nothing but NumPy. When the parts are right, the
# whole fits on a page.
#
# | part | what you write |
# |---|---|
# | `affine` | `affine_forward`, `affine_backward` |
# | `relu` | `relu_forward`, `relu_backward` |
# | `affine_relu` | `affine_relu_forward`, `affine_relu_backward` |
# | `softmax_loss` | one function that returns the loss and its gradient |
# | `TwoLayerNet` | a class that holds the parameters and computes the loss and all gradients |
#
# **How to work.** Where you see `raise NotImplementedError(...)`, take that line away and write your own
# code in its place. Keep the names, the parameters and their order as they are. You may add functions of your
# own. Under every exercise an example runs your code; until you have written it, the example only says what
# is missing.

# %%
from pathlib import Path

import numpy as np

# %% [markdown]
# ## Forward and backward as a pair, and a cache between them
#
# Every part of the network comes as two functions:
#
# ```
# out, cache = something_forward(inputs)
# gradients  = something_backward(dout, cache)
# ```
#
# **Forward** computes the output. **Backward** receives `dout`, the gradient of the loss with respect to that
# output, and returns the gradients with respect to the inputs, in the order of the inputs. All it needs to
# know about the rest of the network is in `dout`: that is the chain rule at work,
#
# $$\frac{\partial L}{\partial x} = \sum_{\text{entries of out}}
# \underbrace{\frac{\partial L}{\partial\,\text{out}}}_{\texttt{dout}} \cdot
# \underbrace{\frac{\partial\,\text{out}}{\partial x}}_{\text{local}}.$$
#
# **The cache** is a letter from forward to backward. Backward needs some of the values that forward has seen,
# for example the inputs of a product, and functions do not remember anything from call to call. So forward
# hands out what backward will need, and whoever calls both carries it from one to the other. What you put
# into your cache, and how, is up to you: a tuple, a dictionary, a mask. Nobody opens it but your own backward.
# This has a benefit: the same function can be used for several layers at once, because each call has a cache
# of its own, and nothing old can be left over in it.
#
# **Three habits**:
#
# 1. Samples lie along the first axis: `x` of shape $(N, D)$ holds $N$ samples of $D$ numbers.
# 2. The loss is a single number, so a gradient always has the shape of the array that it belongs to.
# 3. An array that you were given belongs to the caller. Read it, but do not write into it: `out = x` does not
#    make a copy, it only gives the same array a second name.
#
# ## Tools for checking yourself
#
# Nothing to write here. `numerical_gradient` finds a derivative without any theory, by moving one entry a
# little to both sides:
#
# $$\frac{\partial f}{\partial x_i} \approx \frac{f(x + h\,e_i) - f(x - h\,e_i)}{2h}, \qquad h = 10^{-5}.$$
#
# That takes two forward passes for every single entry: far too slow to train with, and just right for
# checking, because it knows nothing of your backward. A right gradient agrees to about six digits or more.
# Where `out` is an array, we differentiate the number `sum(out * dout)`, whose gradient is what backward has
# to return.


# %%
def numerical_gradient(f, x, h=1e-5):
    """Central differences of the scalar function `f` at the array `x`; the result has the shape of `x`."""
    x = np.array(x, dtype=float)
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[index] = h
        gradient[index] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient


def compare(got, wanted):
    """Says in words how far two arrays are apart, measured against the largest entry of both."""
    got, wanted = np.asarray(got), np.asarray(wanted)
    if got.shape != wanted.shape:
        return f"the shapes {got.shape} and {wanted.shape} differ"
    largest = max(np.max(np.abs(got)), np.max(np.abs(wanted)), 1e-300)
    return f"shape {got.shape}, relative difference {np.max(np.abs(got - wanted)) / largest:.1e}"


def check_pair(forward, backward, **inputs):
    """Compares the gradients of a pair of functions with central differences of its forward."""
    out, cache = forward(*inputs.values())
    dout = np.random.default_rng(0).normal(size=np.shape(out))
    gradients = backward(dout, cache)
    for name, gradient in zip(inputs, gradients if len(inputs) > 1 else [gradients], strict=True):

        def total(changed, name=name):
            return np.sum(forward(*{**inputs, name: changed}.values())[0] * dout)

        print(f"d{name}:", compare(gradient, numerical_gradient(total, inputs[name])))


def show(example):
    """Runs an example as soon as everything that it needs is written; silent when this file is imported."""
    if __name__ != "__main__":
        return
    try:
        example()
    except NotImplementedError as missing:
        print(f"{missing}. Write it, then run this example again.")


# %% [markdown]
# ## Exercise: `affine_forward` and `affine_backward`
#
# The fully connected layer. Each output is a weighted sum of all the inputs of a sample, plus a bias:
#
# $$\text{out} = x\,w + b$$
#
# | array | shape | its gradient |
# |---|---|---|
# | `x` | $(N, D)$, or $(N, d_1, \dots, d_k)$ with $D = d_1 \cdots d_k$ | `dx`, the shape of `x` |
# | `w` | $(D, M)$ | `dw`, $(D, M)$ |
# | `b` | $(M,)$ | `db`, $(M,)$ |
# | `out` | $(N, M)$ | arrives as `dout`, $(N, M)$ |
#
# **Images are flattened.** A batch of colour images comes as $(N, 3, 32, 32)$. The first axis counts samples,
# and all the others become a single one of length $D = 3072$: one row for each image. The caller does not
# know of this, so `dx` goes back in the shape in which `x` came.
#
# **The gradients.** Write a single entry, $\text{out}_{nm} = \sum_d x_{nd}\, w_{dm} + b_m$, and ask of each
# letter which outputs it touches. Then add up over these outputs.
#
# - $x_{nd}$ touches row $n$ of the output, every column $m$ through its weight $w_{dm}$.
# - $w_{dm}$ touches column $m$, in every sample $n$ with the factor $x_{nd}$.
# - $b_m$ touches column $m$, in every sample with the factor 1. There is only one $b$ for all the samples, so
#   their contributions are **summed**, and the batch axis disappears. It is a sum and not a mean: where a mean
#   is wanted, the loss at the end has already divided by $N$.
#
# The first two sums are matrix products. Find them yourself: write down the shapes $(N, M)$, $(D, M)$ and
# $(N, D)$, and see in which order and with which transposition they fit together.
#
# (Should you prefer biases of shape $(1, M)$, let `db` have that shape too.)


# %%
def affine_forward(x, w, b):
    """The weighted sums of each sample's inputs, plus the biases.

    x: (N, D), or (N, d1, ..., dk) with d1 * ... * dk = D; w: (D, M); b: (M,).
    Returns (out, cache): out of shape (N, M), and whatever `affine_backward` needs.
    """
    raise NotImplementedError("affine_forward is not written yet")


def affine_backward(dout, cache):
    """The gradients of all three inputs of `affine_forward`.

    dout: (N, M); cache: what `affine_forward` returned.
    Returns (dx, dw, db), each of the shape of its input.
    """
    raise NotImplementedError("affine_backward is not written yet")


# %%
def affine_example():
    x, w, b = np.array([[1.0, 2.0]]), np.array([[1.0, 0.5], [3.0, -1.0]]), np.array([10.0, 20.0])
    print("out (should be [[17, 18.5]]):", affine_forward(x, w, b)[0])
    rng = np.random.default_rng(1)
    x, w, b = rng.normal(size=(4, 2, 3)), rng.normal(size=(6, 5)), rng.normal(size=5)
    check_pair(affine_forward, affine_backward, x=x, w=w, b=b)


show(affine_example)

# %% [markdown]
# ## Exercise: `relu_forward` and `relu_backward`
#
# Two affine layers in a row are no more than one: $(x w_1) w_2 = x (w_1 w_2)$. What makes a network of layers
# worth its name is something bent between them. The rectifier lets positive values pass and blocks the
# others, each entry by itself:
#
# $$\text{out} = \max(x, 0), \qquad
# \frac{\partial\,\text{out}}{\partial x} = \begin{cases} 1 & x > 0 \\ 0 & x \le 0 \end{cases}$$
#
# Each entry is a gate. The input opens or closes it in the forward pass, and in the backward pass the
# gradient goes through exactly those gates that were open, unchanged. The sign of `dout` has nothing to do
# with it. (At 0 itself the function has a corner and no derivative; we agree on 0.)
#
# `x`, `out`, `dout` and `dx` all have the same shape, of any rank.


# %%
def relu_forward(x):
    """x where it is positive, 0 elsewhere.

    x: an array of any shape.
    Returns (out, cache): out, a new array of that shape, and whatever `relu_backward` needs.
    """
    raise NotImplementedError("relu_forward is not written yet")


def relu_backward(dout, cache):
    """The gradient of the input of `relu_forward`.

    dout: shape of x; cache: what `relu_forward` returned.
    Returns dx, a new array of that shape.
    """
    raise NotImplementedError("relu_backward is not written yet")


# %%
def relu_example():
    x = np.array([[1.0, -0.5, 2.0], [-2.0, 3.0, -0.1]])
    print(relu_forward(x)[0])
    check_pair(relu_forward, relu_backward, x=x)


show(relu_example)

# %% [markdown]
# ## Exercise: `affine_relu_forward` and `affine_relu_backward`
#
# A hidden layer is an affine layer followed by a rectifier. Since this pair occurs so often, it gets functions
# of its own. Do not write the formulas again: call the functions that you have.
#
# Each of the two forward functions gives you a cache. Put both into the cache that you return, and on the way
# back hand each one to the function that it was written for. On the way back the order is the opposite:
# whatever came last in the forward pass is the first to receive the gradient, and what it returns is the
# `dout` of the one before it.


# %%
def affine_relu_forward(x, w, b):
    """An affine layer, and the rectifier behind it.

    x, w, b: as for `affine_forward`.
    Returns (out, cache): out of shape (N, M), and whatever `affine_relu_backward` needs.
    """
    raise NotImplementedError("affine_relu_forward is not written yet")


def affine_relu_backward(dout, cache):
    """The gradients of all three inputs of `affine_relu_forward`.

    dout: (N, M); cache: what `affine_relu_forward` returned.
    Returns (dx, dw, db), each of the shape of its input.
    """
    raise NotImplementedError("affine_relu_backward is not written yet")


# %%
def affine_relu_example():
    rng = np.random.default_rng(2)
    x, w, b = rng.normal(size=(2, 3, 4)), rng.normal(size=(12, 5)), rng.normal(size=5)
    check_pair(affine_relu_forward, affine_relu_backward, x=x, w=w, b=b)


show(affine_relu_example)

# %% [markdown]
# ## Exercise: `softmax_loss`
#
# The network ends with $C$ scores for each sample, which can be any numbers. Softmax turns the scores of a
# sample into probabilities of the classes,
#
# $$p_{nk} = \frac{e^{x_{nk}}}{\sum_{j=1}^{C} e^{x_{nj}}},$$
#
# and the loss asks how much of the probability went to the right class. The labels `y` are integers of shape
# $(N,)$: $y_n$ is the number of the right class, from 0 to $C - 1$. The loss of the batch is the **mean** over
# its samples:
#
# $$L = -\frac{1}{N} \sum_{n=1}^{N} \log p_{n,\,y_n}$$
#
# The mean makes the loss of a batch of 10 comparable to that of a batch of 1000, and with it the length of the
# steps in training. It divides the gradient as well. This is the only place in the network where the batch
# size appears: all the functions behind it receive gradients that are divided already.
#
# **The gradient.** This function stands at the end of the network, and nothing comes back to it. So there is
# no `dout` and no cache, and it returns the loss together with its gradient. For one sample,
#
# $$L_n = -x_{n,\,y_n} + \log \sum_j e^{x_{nj}} \quad\Longrightarrow\quad
# \frac{\partial L_n}{\partial x_{nk}} = p_{nk} - \begin{cases} 1 & k = y_n \\ 0 & \text{else.} \end{cases}$$
#
# The probability that was given, less the one that was due. Do not forget the mean. (To reach the entry $y_n$
# of every row $n$ at once, index with two arrays: `p[np.arange(N), y]`.)
#
# **Large scores.** $e^{1000}$ overflows. Subtracting the same number from all the scores of a sample changes
# no probability, so subtract the largest: then no exponent is above 0, and the sum is at least 1. For the loss
# use the formula for $L_n$ above rather than the logarithm of a probability that may have become 0.
#
# Check yourself: every row of `dx` has the sum 0. And if all scores are equal, the loss is $\log C$.


# %%
def softmax_loss(x, y):
    """Softmax and the mean cross entropy, with the gradient of the scores.

    x: scores, (N, C); y: integer labels from 0 to C - 1, (N,).
    Returns (loss, dx): a number, and the gradient of shape (N, C). Both are finite for very large scores too.
    """
    raise NotImplementedError("softmax_loss is not written yet")


# %%
def softmax_loss_example():
    x, y = np.array([[0.3, -1.2, 2.0], [1.0, 0.4, -0.6]]), np.array([1, 0])
    loss, dx = softmax_loss(x, y)
    print("loss (should be 1.9808...):", loss)
    print("sums of the rows of dx (should be 0 and 0):", np.sum(dx, axis=1))
    print("dx:", compare(dx, numerical_gradient(lambda z: softmax_loss(z, y)[0], x)))
    print("equal scores (should be log 3 = 1.0986...):", softmax_loss(np.zeros((2, 3)), y)[0])
    print("large scores (should be 0):", softmax_loss(np.array([[1000.0, -1000.0]]), np.array([0]))[0])


show(softmax_loss_example)

# %% [markdown]
# ## Exercise: `TwoLayerNet`
#
# Now put it together:
#
# ```
# X --- affine_relu (W1, b1) --- hidden --- affine (W2, b2) --- scores --- softmax_loss (y) --- loss
# ```
#
# There is no rectifier behind the scores: a score may well be negative.
#
# **The parameters** live in the dictionary `self.params`, under four names:
#
# | name | shape | at the start |
# |---|---|---|
# | `W1` | `(input_dim, hidden_dim)` | normal, mean 0, standard deviation `weight_scale` |
# | `b1` | `(hidden_dim,)` | 0 |
# | `W2` | `(hidden_dim, num_classes)` | normal, mean 0, standard deviation `weight_scale` |
# | `b2` | `(num_classes,)` | 0 |
#
# **Why random, and why small?** If all the weights were 0, all hidden units would be 0 and would receive the
# gradient 0: they would never become different from one another, or from 0. Chance tells them apart. And if
# the weights were large, the scores would be large too; the softmax would be sure of itself before it has
# learned anything, with an enormous loss for all that it gets wrong. With small weights the scores begin close
# to 0, all classes are equally probable, and the first loss is close to $\log C$: for ten classes, 2.303. That
# is a good first check of a new network. (Too small is not good either: the gradients that go back through
# tiny weights are tiny too, and it takes many steps before anything happens. How small is right depends on the
# size of the inputs.) The biases need no chance; 0 will do.
#
# **The loss.** `loss(X)` returns the scores. That is what one needs to classify: the answer is the class with
# the largest score. `loss(X, y)` returns the pair of the loss and a dictionary with the gradient of every
# parameter, under the same four names. Ask with `if y is None`, for an array is neither true nor false.
#
# Backward, go through the stack in the opposite order. `softmax_loss` gives you the gradient of the scores;
# `affine_backward` turns it into the gradients of `W2`, of `b2` and of the hidden values, and these hidden
# gradients are the `dout` of `affine_relu_backward`. The gradient with respect to `X` comes out too; nobody
# needs it here.
#
# **Regularisation.** A network with many weights can learn its training images by heart. A penalty on large
# weights makes it prefer simple answers. With the strength `reg` it is
#
# $$\text{penalty} = \tfrac{1}{2}\,\texttt{reg}\,\Big(\sum W_1^2 + \sum W_2^2\Big), \qquad
# \frac{\partial\,\text{penalty}}{\partial W_i} = \texttt{reg}\; W_i.$$
#
# The $\frac12$ is there only to cancel the 2 of the derivative. The penalty is added to the loss *after* the
# mean over the batch, once, and its slope is added to the gradients of `W1` and `W2`. If you change the one,
# change the other: a loss and a gradient that do not belong together are a mistake, whatever the factor. The
# biases are left out. A large weight makes the output swing with every small change of the input, and that is
# what one wants to prevent; a bias only shifts it, in the same way for all inputs. The scores do not contain
# the penalty: it is about the weights and not about the images.


# %%
class TwoLayerNet:
    """Affine, rectifier, affine, softmax: a classifier with one hidden layer."""

    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        """Draws the parameters.

        input_dim: numbers a sample; hidden_dim: hidden units; num_classes: classes; weight_scale: standard
        deviation of the weights at the start; reg: strength of the penalty on the weights.
        """
        self.params = {}
        self.reg = reg
        raise NotImplementedError("TwoLayerNet.__init__ is not written yet")

    def loss(self, X, y=None):
        """The scores of the samples; with labels, the loss and its gradients.

        X: (N, input_dim), or (N, ...) where the axes after the first have input_dim entries together;
        y: integer labels, (N,), or None.
        Returns scores of shape (N, num_classes) when y is None; otherwise (loss, grads), a number and a
        dictionary with the keys of `params`, each gradient of the shape of its parameter.
        """
        raise NotImplementedError("TwoLayerNet.loss is not written yet")


# %%
def net_example():
    net = TwoLayerNet(weight_scale=1e-2)
    for name, value in net.params.items():
        print(f"{name}: shape {value.shape}, standard deviation {np.std(value):.4f}")
    images, labels = np.random.default_rng(3).normal(size=(5, 3, 32, 32)), np.arange(5)
    print("first loss (should be near log 10 = 2.303):", net.loss(images, labels)[0])

    for reg in (0.0, 0.3):
        print(f"gradients with reg = {reg}:")
        check_net(TwoLayerNet(input_dim=6, hidden_dim=5, num_classes=3, reg=reg))


def check_net(net):
    """Compares the gradients of a small net (6 inputs, 3 classes) with central differences of its loss."""
    rng = np.random.default_rng(4)
    X, y = rng.normal(size=(4, 2, 3)), np.array([0, 2, 1, 2])
    params = {name: rng.normal(scale=0.5, size=value.shape) for name, value in net.params.items()}
    net.params = dict(params)
    _, grads = net.loss(X, y)
    for name, value in params.items():

        def loss_with(changed, name=name):
            net.params[name] = changed
            return net.loss(X, y)[0]

        wanted = numerical_gradient(loss_with, value)
        net.params[name] = value
        print(f"  {name}:", compare(grads[name], wanted))


show(net_example)

# %% [markdown]
# ## Training
#
# Nothing to write from here on. Gradient descent in small portions: take a few samples at random, compute the
# loss and the gradients, and let every parameter take a small step against its gradient. `accuracy` is the
# share of the images whose largest score stands at the right class.


# %%
def accuracy(net, X, y):
    """The share of the samples that the net puts into the right class."""
    return float(np.mean(np.argmax(net.loss(X), axis=1) == y))


def train(net, X, y, steps, learning_rate, batch=100, seed=0):
    """Stochastic gradient descent; the parameters are replaced by new arrays. Returns the loss of every step."""
    rng = np.random.default_rng(seed)
    losses = []
    for _ in range(steps):
        chosen = rng.choice(len(X), size=min(batch, len(X)), replace=False)
        loss, grads = net.loss(X[chosen], y[chosen])
        net.params = {name: value - learning_rate * grads[name] for name, value in net.params.items()}
        losses.append(float(loss))
    return losses


def picture(losses, title):
    """Draws the losses, in a notebook and where matplotlib is installed; otherwise nothing."""
    if "get_ipython" not in globals():
        return
    try:
        import matplotlib.pyplot as plt
    except ImportError:
        return
    plt.figure(figsize=(6, 3))
    plt.plot(losses)
    plt.title(title)
    plt.xlabel("step")
    plt.ylabel("loss")
    plt.show()


# %% [markdown]
# ### Handwritten digits
#
# The file `digits.npz` holds 1797 digits that 13 people wrote by hand, as images of 8 x 8 pixels. (They are a
# part of *Optical Recognition of Handwritten Digits* by E. Alpaydin and C. Kaynak, UCI Machine Learning
# Repository, <https://doi.org/10.24432/C50P49>, licence CC BY 4.0.) Keep it beside this file.
#
# We train on the first 1500 and test on the 297 that are left. Guessing would be right in 10 % of the cases.
# How many of the images that it has learned from, and how many new ones, will the network get right? And what
# becomes of the two numbers with a `reg` that is ten or a hundred times larger?


# %%
def load_digits(path=None):
    """The handwritten digits.

    path: the file; None: `digits.npz` beside this module, or in the current folder of a notebook.
    Returns (X, y): images of shape (1797, 64) with values from 0 to 1, and labels from 0 to 9, (1797,).
    Raises FileNotFoundError when there is no such file.
    """
    if path is None:
        path = Path(globals().get("__file__", "")).parent / "digits.npz"
    with np.load(path, allow_pickle=False) as arrays:
        return arrays["images"] / 16, arrays["labels"].astype(int)


def digits_training():
    net = TwoLayerNet(input_dim=64, hidden_dim=50, num_classes=10, weight_scale=0.1, reg=1e-3)
    try:
        X, y = load_digits()
    except FileNotFoundError as missing:
        print(f"The digits are not here: {missing}")
        return
    X_train, y_train, X_test, y_test = X[:1500], y[:1500], X[1500:], y[1500:]
    print(f"before training: accuracy {accuracy(net, X_test, y_test):.1%}")
    losses = train(net, X_train, y_train, steps=600, learning_rate=0.5)
    print(f"loss of the first step {losses[0]:.3f}, of the last {losses[-1]:.3f}")
    print(f"accuracy on what it was trained on {accuracy(net, X_train, y_train):.1%}")
    print(f"accuracy on new images {accuracy(net, X_test, y_test):.1%}")
    picture(losses, "Handwritten digits")


show(digits_training)

# %% [markdown]
# ### CIFAR-10, if you like
#
# Colour photographs of 32 x 32 pixels in ten classes, from aeroplane to truck. They are much harder: do not
# expect a network like ours to get half of them right. The data set is too large to be handed out here. Get
# the *binary version* from its home page (<https://www.cs.toronto.edu/~kriz/cifar.html>), unpack it, and write
# the folder that holds `data_batch_1.bin` between the quotation marks below.
#
# The format is as simple as can be: no header, and for each image one byte for the label and 3072 bytes for
# the pixels, 1024 red ones, 1024 green and 1024 blue, each row by row. We read the first 5000 images for
# training and the first 500 for testing.

# %%
CIFAR10_FOLDER = ""

CIFAR10_SHAPE = (3, 32, 32)
CIFAR10_RECORD = 1 + 3 * 32 * 32


def read_cifar10(path, most):
    """The first images and labels of one binary file, at most `most`. Raises as `load_cifar10` does."""
    if not path.is_file():
        raise FileNotFoundError(f"{path}: there is no such file; is this the folder of the binary version?")
    size = path.stat().st_size
    if size == 0 or size % CIFAR10_RECORD:
        raise ValueError(f"{path}: {size} bytes are not images of {CIFAR10_RECORD} bytes each")
    records = np.fromfile(path, dtype=np.uint8, count=most * CIFAR10_RECORD).reshape(-1, CIFAR10_RECORD)
    labels = records[:, 0].astype(int)
    if np.any(labels > 9):
        raise ValueError(f"{path}: a label of {labels.max()}, but there are only the classes 0 to 9")
    return records[:, 1:].reshape(-1, *CIFAR10_SHAPE) / 255, labels


def load_cifar10(folder, training=5000, test=500):
    """The first images of CIFAR-10's training and test files, in their order.

    folder: where `data_batch_1.bin` to `data_batch_5.bin` and `test_batch.bin` lie; files that are not needed
    for that many images may be missing.
    Returns (X_train, y_train, X_test, y_test): images of shape (n, 3, 32, 32) with values from 0 to 1, and
    labels from 0 to 9, (n,). There are fewer than asked for where the files hold fewer.
    Raises FileNotFoundError for a file that is missing, ValueError for one that is no such file.
    """
    folder = Path(folder)
    images, labels = read_cifar10(folder / "data_batch_1.bin", training)
    for number in range(2, 6):
        if len(labels) >= training:
            break
        more, their_labels = read_cifar10(folder / f"data_batch_{number}.bin", training - len(labels))
        images, labels = np.concatenate([images, more]), np.concatenate([labels, their_labels])
    return images, labels, *read_cifar10(folder / "test_batch.bin", test)


def cifar10_training():
    net = TwoLayerNet(weight_scale=1e-2, reg=1e-3)
    if not CIFAR10_FOLDER:
        print("To train on CIFAR-10, write the folder of its binary files into CIFAR10_FOLDER.")
        return
    try:
        X_train, y_train, X_test, y_test = load_cifar10(CIFAR10_FOLDER)
    except (OSError, ValueError) as problem:
        print(f"CIFAR-10 cannot be read: {problem}")
        return
    average = np.mean(X_train, axis=0)
    X_train, X_test = X_train - average, X_test - average
    losses = train(net, X_train, y_train, steps=1000, learning_rate=0.1)
    print(f"loss of the first step {losses[0]:.3f}, of the last {losses[-1]:.3f}")
    print(f"accuracy on what it was trained on {accuracy(net, X_train, y_train):.1%}")
    print(f"accuracy on new images {accuracy(net, X_test, y_test):.1%}")
    picture(losses, "CIFAR-10")


show(cifar10_training)
