# %% [markdown]
# # Layers of a computational graph
#
# A neural network learns by asking one question over and over: *if I changed this number a little, how much
# would the loss change?* Backpropagation answers it for every number of the network at once. In this
# assignment you write, by hand and with nothing but NumPy, the pieces of which such networks are built. You
# begin with a graph of two multiplications, which tells what apples cost, and you end with the layers of a
# classifier.
#
# You write ten exercises:
#
# | part | exercises |
# |---|---|
# | nodes of a graph | `MulLayer`, `AddLayer`, `buy_apple`, `buy_apple_orange` |
# | activations | `Relu`, `Sigmoid` |
# | a layer with parameters | `Affine` |
# | from scores to a loss | `softmax`, `cross_entropy_error`, `SoftmaxWithLoss` |
#
# **How to work.** Where you see `raise NotImplementedError(...)`, take that line away and write your own
# code in its place. Keep the names, the parameters and their order as they are. You may add functions and
# attributes of your own. Under every exercise an example runs your code; until you have written it, the
# example only says what is missing.
#
# **Three habits** that all layers here share:
#
# 1. `forward` computes the output and stores in `self` whatever `backward` will need.
# 2. `backward` receives `dout`, the gradient of the loss with respect to the layer's *output*, and returns
#    the gradient with respect to the layer's *input*. A gradient always has the shape of the thing it
#    belongs to.
# 3. An array that you were given belongs to the caller. Read it, but do not write into it: make a new
#    array.

# %%
import numpy as np

# %% [markdown]
# ## Tools for checking yourself
#
# Nothing to write here. There are two ways to find out whether a gradient is right before anybody else
# does.
#
# **Shapes.** Write the shape of every factor on paper. If `dW` does not have the shape of `W`, stop and
# look.
#
# **Central differences.** The derivative of $f$ with respect to one entry $x_i$ is close to
#
# $$\frac{\partial f}{\partial x_i} \approx \frac{f(x + h\,e_i) - f(x - h\,e_i)}{2h}, \qquad h = 10^{-5},$$
#
# where $e_i$ is 1 at entry $i$ and 0 elsewhere. It takes two forward passes for every single entry. That is
# far too slow to train with, and just right for checking: it knows nothing of your `backward`. A correct
# gradient agrees to about six digits or more. Use it for checking only; `backward` itself has to use the
# chain rule.


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


def check_dx(layer, x, dout):
    """Compares `layer.backward(dout)` with central differences of the layer's own forward pass at `x`."""
    layer.forward(x)
    dx = np.array(layer.backward(dout))
    return compare(dx, numerical_gradient(lambda z: np.sum(layer.forward(z) * dout), x))


def show(example):
    """Runs an example as soon as everything that it needs is written; silent when this file is imported."""
    if __name__ != "__main__":
        return
    try:
        example()
    except NotImplementedError as missing:
        print(f"{missing}. Write it, then run this example again.")


# %% [markdown]
# ## Computational graphs and the chain rule
#
# You buy 2 apples at 100 each, and pay 10 % tax. Drawn as a graph, every circle is one small operation:
#
# ```
# apple    100 ---+
#                 (x)--- 200 ---+
# number     2 ---+             (x)--- 220
# tax      1.1 -----------------+
# ```
#
# Going from left to right, **forward**, each node takes its inputs, computes its output and passes it on.
# The price is 220.
#
# Now the question: if an apple cost one unit more, how much more would you pay? We could follow the whole
# calculation with 101 in place of 100. But there is a better way, which answers the same question for all
# the inputs together. Go from right to left, **backward**. Begin at the price with the derivative 1, as the
# price changes by exactly as much as the price does. At every node, multiply what arrives by the node's
# **local derivative**, that is the derivative of the node's output with respect to one of its inputs, and
# pass the product on to that input. This is the chain rule:
#
# $$\underbrace{\frac{\partial L}{\partial x}}_{\text{passed on}}
# = \underbrace{\frac{\partial L}{\partial z}}_{\text{arrives: dout}}
# \cdot \underbrace{\frac{\partial z}{\partial x}}_{\text{local}}$$
#
# Here $L$ is whatever stands at the very end of the graph, $z$ is the node's output and $x$ one of its
# inputs. The node needs to know nothing about the rest of the graph: its own inputs and the one number that
# arrives are enough. That is why a network can be built from small layers, each with a `forward` and a
# `backward`.
#
# One rule more: where a value is used in several places, it influences the end along several paths, and the
# contributions of all the paths are **added**.

# %% [markdown]
# ## Exercise: `MulLayer`
#
# A node that multiplies:
#
# $$z = x\,y, \qquad \frac{\partial z}{\partial x} = y, \qquad \frac{\partial z}{\partial y} = x.$$
#
# Each local derivative is the *other* input. So `forward` has to remember both of its inputs, and
# `backward` returns the two gradients as the pair `(dx, dy)`, in the order of the inputs.
#
# Inputs are numbers, or arrays of the same shape, which are then multiplied entry by entry; `dout`, `dx`
# and `dy` are of the same shape too.


# %%
class MulLayer:
    """A node that multiplies its two inputs."""

    def __init__(self):
        self.x = None
        self.y = None

    def forward(self, x, y):
        """The product of x and y.

        x, y: numbers, or arrays of one shape. Returns a number or an array of that shape.
        """
        raise NotImplementedError("MulLayer.forward is not written yet")

    def backward(self, dout):
        """The gradients with respect to both inputs of the latest forward.

        dout: shape of the output. Returns (dx, dy), each of the shape of its input.
        """
        raise NotImplementedError("MulLayer.backward is not written yet")


# %%
def mul_example():
    layer = MulLayer()
    print("3 times 5:", layer.forward(3.0, 5.0))
    print("dx, dy for dout = 2 (should be 10 and 6):", layer.backward(2.0))


show(mul_example)

# %% [markdown]
# ## Exercise: `AddLayer`
#
# A node that adds:
#
# $$z = x + y, \qquad \frac{\partial z}{\partial x} = 1, \qquad \frac{\partial z}{\partial y} = 1.$$
#
# Whichever input you change, the output changes by the same amount. What arrives from behind goes on to
# both inputs unchanged. Does `forward` have to remember anything?


# %%
class AddLayer:
    """A node that adds its two inputs."""

    def forward(self, x, y):
        """The sum of x and y.

        x, y: numbers, or arrays of one shape. Returns a number or an array of that shape.
        """
        raise NotImplementedError("AddLayer.forward is not written yet")

    def backward(self, dout):
        """The gradients with respect to both inputs.

        dout: shape of the output. Returns (dx, dy), each of the shape of its input.
        """
        raise NotImplementedError("AddLayer.backward is not written yet")


# %%
def add_example():
    layer = AddLayer()
    print("3 plus 5:", layer.forward(3.0, 5.0))
    print("dx, dy for dout = 2 (should be 2 and 2):", layer.backward(2.0))


show(add_example)

# %% [markdown]
# ## Exercise: `buy_apple`
#
# Now put nodes together. The graph above has two multiplications, so you need two `MulLayer` objects: each
# one has its own inputs to remember.
#
# $$\text{price} = (\text{apple} \cdot \text{number}) \cdot \text{tax}$$
#
# Go forward through both nodes, then backward through both **in the opposite order**, beginning with the
# derivative 1 of the price with respect to itself. What one node returns for an input is what the node
# before it receives as `dout`.
#
# Return the price and, in a tuple of its own, the three derivatives in the order of the parameters. For
# apples at 100, 2 of them, and a tax of 1.1 you should see
#
# | | value | derivative of the price |
# |---|---|---|
# | price | 220 | |
# | apple | 100 | 2.2 |
# | number of apples | 2 | 110 |
# | tax | 1.1 | 200 |
#
# Read the table aloud: a price of 101 instead of 100 makes the bill 2.2 higher; a third apple makes it 110
# higher. The computer may print 220.00000000000003. That is how binary numbers write 1.1, and no reason to
# round: return what you computed, with all its digits. Prices need not be whole numbers.


# %%
def buy_apple(apple, apple_num, tax):
    """The price of some apples, and how it depends on each input.

    apple: price of one apple; apple_num: how many; tax: the factor, 1.1 for 10 %. All are numbers.
    Returns (price, (dapple, dapple_num, dtax)).
    """
    raise NotImplementedError("buy_apple is not written yet")


# %%
def apples_example():
    price, gradients = buy_apple(100, 2, 1.1)
    print("price (should be 220):", price)
    print("derivatives (should be 2.2, 110, 200):", *gradients)


show(apples_example)

# %% [markdown]
# ## Exercise: `buy_apple_orange`
#
# You add 3 oranges at 150 each to the basket:
#
# ```
# number of apples     2 ---+
#                           (x)--- 200 ---+
# apple              100 ---+             |
#                                        (+)--- 650 ---+
# orange             150 ---+             |            (x)--- 715
#                           (x)--- 450 ---+            |
# number of oranges    3 ---+                          |
# tax                1.1 ------------------------------+
# ```
#
# $$\text{price} = (\text{apple} \cdot \text{number of apples} + \text{orange} \cdot \text{number of oranges})
# \cdot \text{tax}$$
#
# Count the nodes, make one layer object for each, go forward from left to right and backward from right to
# left. The values to meet:
#
# | | value | derivative of the price |
# |---|---|---|
# | price | 715 | |
# | apple | 100 | 2.2 |
# | number of apples | 2 | 110 |
# | orange | 150 | 3.3 |
# | number of oranges | 3 | 165 |
# | tax | 1.1 | 650 |


# %%
def buy_apple_orange(apple, apple_num, orange, orange_num, tax):
    """The price of some apples and oranges, and how it depends on each input.

    apple, orange: price of one; apple_num, orange_num: how many; tax: the factor, 1.1 for 10 %.
    All are numbers.
    Returns (price, (dapple, dapple_num, dorange, dorange_num, dtax)).
    """
    raise NotImplementedError("buy_apple_orange is not written yet")


# %%
def oranges_example():
    price, gradients = buy_apple_orange(100, 2, 150, 3, 1.1)
    print("price (should be 715):", price)
    print("derivatives (should be 2.2, 110, 3.3, 165, 650):", *gradients)


show(oranges_example)

# %% [markdown]
# ## From numbers to batches
#
# From here on the inputs are arrays. A **batch** holds $N$ samples, one in each row: `x` has the shape
# $(N, D)$, the first axis counts samples and the second the $D$ features of a sample. Samples do not
# influence one another, so in the forward pass every row goes its own way.
#
# The loss $L$ at the end of the graph is a single number, however long the batch is. Therefore the gradient
# of any array has exactly the shape of that array: entry by entry it says how $L$ would change. What
# `backward` receives as `dout` is $\partial L / \partial(\text{output})$ with the shape of the output, and
# its entries can be anything, not only ones.

# %% [markdown]
# ## Exercise: `Relu`
#
# The rectifier lets positive values pass and blocks the others:
#
# $$y = \max(x, 0), \qquad
# \frac{\partial y}{\partial x} = \begin{cases} 1 & x > 0 \\ 0 & x \le 0 \end{cases}$$
#
# Each entry is a gate of its own. The input decides in the forward pass whether the gate is open, and in
# the backward pass the gradient passes exactly those gates that were open. So the layer has to remember
# *which* entries passed, and nothing else. (At 0 itself the function has a corner and no derivative; we
# agree on 0.)
#
# `x`, `y`, `dout` and `dx` all have one and the same shape, of any rank. Take care to leave `x` and `dout`
# as you found them: `out = x` does not make a copy, it gives the same array a second name.


# %%
class Relu:
    """The rectifier, entry by entry."""

    def forward(self, x):
        """x where it is positive, 0 elsewhere.

        x: an array of any shape. Returns a new array of that shape.
        """
        raise NotImplementedError("Relu.forward is not written yet")

    def backward(self, dout):
        """The gradient with respect to the input of the latest forward.

        dout: shape of x. Returns dx, a new array of that shape.
        """
        raise NotImplementedError("Relu.backward is not written yet")


# %%
def relu_example():
    x = np.array([[1.0, -0.5, 2.0], [-2.0, 3.0, -0.1]])
    dout = np.array([[0.7, 1.1, -0.4], [1.3, -0.9, 0.5]])
    print(Relu().forward(x))
    print("dx against central differences:", check_dx(Relu(), x, dout))


show(relu_example)

# %% [markdown]
# ## Exercise: `Sigmoid`
#
# The sigmoid squeezes any number into the interval from 0 to 1:
#
# $$y = \frac{1}{1 + e^{-x}}$$
#
# Its derivative can be written with the output alone, which is why this layer remembers $y$ rather than
# $x$:
#
# $$\frac{\partial y}{\partial x} = \frac{e^{-x}}{(1 + e^{-x})^2}
# = \frac{1}{1 + e^{-x}} \cdot \frac{e^{-x}}{1 + e^{-x}} = y\,(1 - y).$$
#
# Multiply this by what arrives, entry by entry. All shapes are equal to that of `x`.
#
# **A detail worth knowing.** For $x = -1000$ the formula asks for $e^{1000}$, which is too large for a
# floating-point number: NumPy warns of an overflow and goes on with infinity. The result, 0, happens to be
# right. If you want to avoid the warning, use that the fraction may be expanded by $e^{x}$,
#
# $$\frac{1}{1 + e^{-x}} = \frac{e^{x}}{1 + e^{x}},$$
#
# and choose for every entry the form in which the exponent is not positive.
#
# Check yourself: at 0 the sigmoid is 0.5 and its slope 0.25; for large positive inputs it comes close to 1.


# %%
class Sigmoid:
    """The logistic function, entry by entry."""

    def forward(self, x):
        """The sigmoid of every entry.

        x: an array of any shape. Returns a new array of that shape, with values from 0 to 1.
        """
        raise NotImplementedError("Sigmoid.forward is not written yet")

    def backward(self, dout):
        """The gradient with respect to the input of the latest forward.

        dout: shape of x. Returns dx, a new array of that shape.
        """
        raise NotImplementedError("Sigmoid.backward is not written yet")


# %%
def sigmoid_example():
    x = np.array([[0.0, 1.0, -2.0], [0.5, -1.5, 3.0]])
    dout = np.array([[0.7, 1.1, -0.4], [1.3, -0.9, 0.5]])
    print(Sigmoid().forward(x))
    print("dx against central differences:", check_dx(Sigmoid(), x, dout))


show(sigmoid_example)

# %% [markdown]
# ## Exercise: `Affine`
#
# The layer that does the learning: every output is a weighted sum of all the inputs plus a bias.
#
# $$Y = X W + b$$
#
# | array | shape | its gradient |
# |---|---|---|
# | $X$ | $(N, D)$ | returned by `backward`, $(N, D)$ |
# | $W$ | $(D, M)$ | attribute `dW`, $(D, M)$ |
# | $b$ | $(M,)$ | attribute `db`, $(M,)$ |
# | $Y$ | $(N, M)$ | arrives as `dout`, $(N, M)$ |
#
# **The gradients.** Write one entry, $Y_{nm} = \sum_d X_{nd} W_{dm} + b_m$, and ask of each letter which
# outputs it touches. $X_{nd}$ touches the whole row $n$ of $Y$, the weight $W_{dm}$ touches the column $m$
# in every sample. Add up all the paths:
#
# $$\frac{\partial L}{\partial X} = \frac{\partial L}{\partial Y}\,W^{\mathsf T}, \qquad
# \frac{\partial L}{\partial W} = X^{\mathsf T}\,\frac{\partial L}{\partial Y}, \qquad
# \frac{\partial L}{\partial b_m} = \sum_{n=1}^{N} \frac{\partial L}{\partial Y_{nm}}.$$
#
# You need not learn these by heart. There is only one order and only one transposition in which the shapes
# $(N, M)$, $(D, M)$ and $(N, D)$ fit together.
#
# **Why `db` is summed.** There is one $b$, and NumPy adds it to each of the $N$ rows. It therefore
# influences the loss along $N$ paths, one through each sample, and the contributions of all paths are
# added. The batch axis disappears: a `db` with the shape of `dout` would be $N$ opinions where one is
# wanted. A sum, not a mean: where a mean is wanted, the loss at the end has already divided by $N$.
#
# **Inputs of higher rank.** An image batch may come as $(N, C, H, W)$. The first axis still counts samples,
# all the others are flattened into one of length $D = C \cdot H \cdot W$, and $W$ has $D$ rows. The caller
# knows nothing of this flattening, so `dx` must be given back in the shape in which `x` came.
#
# `backward` sets the attributes `dW` and `db` anew each time (they are not added to the previous ones) and
# returns `dx`.


# %%
class Affine:
    """A fully connected layer with weights W and biases b."""

    def __init__(self, W, b):
        """W: (D, M); b: (M,). After `backward` the attributes dW and db hold their gradients."""
        self.W = W
        self.b = b
        self.dW = None
        self.db = None

    def forward(self, x):
        """The weighted sums of each sample's features, plus the biases.

        x: (N, D), or (N, ...) where the axes after the first have D entries together. Returns (N, M).
        """
        raise NotImplementedError("Affine.forward is not written yet")

    def backward(self, dout):
        """Sets dW, of the shape of W, and db, of the shape of b.

        dout: (N, M). Returns dx, of the shape of the x that the latest forward received.
        """
        raise NotImplementedError("Affine.backward is not written yet")


# %%
def affine_example():
    rng = np.random.default_rng(1)
    W, b = rng.normal(size=(6, 3)), rng.normal(size=3)
    x, dout = rng.normal(size=(4, 2, 3)), rng.normal(size=(4, 3))
    layer = Affine(W, b)
    layer.forward(x)
    layer.backward(dout)
    dW = numerical_gradient(lambda w: np.sum(Affine(w, b).forward(x) * dout), W)
    db = numerical_gradient(lambda c: np.sum(Affine(W, c).forward(x) * dout), b)
    print("dx:", check_dx(Affine(W, b), x, dout))
    print("dW:", compare(layer.dW, dW))
    print("db:", compare(layer.db, db))


show(affine_example)

# %% [markdown]
# ## Exercise: `softmax`
#
# A classifier ends with $C$ scores a sample, one for each class, and scores can be any numbers. Softmax
# turns them into probabilities: all positive, and with the sum 1 in each sample.
#
# $$y_k = \frac{e^{x_k}}{\sum_{j=1}^{C} e^{x_j}}$$
#
# The input is one sample of shape $(C,)$ or a batch of shape $(N, C)$, and the output has the same shape.
# The sum always runs over the classes, which is the **last** axis. (Look up `keepdims` if the division of
# the two arrays does not want to work.)
#
# **Why subtract the maximum.** $e^{1000}$ overflows, and infinity divided by infinity is not a number.
# Multiply numerator and denominator by $e^{-m}$ with any $m$:
#
# $$\frac{e^{x_k}}{\sum_j e^{x_j}} = \frac{e^{x_k - m}}{\sum_j e^{x_j - m}}$$
#
# The value does not change at all. With $m$ the largest score of the sample, the largest exponent is 0.
# Then nothing can overflow, and the denominator is at least 1.
#
# Check yourself: add up the output along each axis. Along which one must you get ones?


# %%
def softmax(x):
    """Scores turned into probabilities along the last axis, also for very large scores.

    x: (C,) or (N, C). Returns a new array of the same shape.
    """
    raise NotImplementedError("softmax is not written yet")


# %%
def softmax_example():
    print("one sample:", softmax(np.array([0.3, 2.9, 4.0])))
    y = softmax(np.array([[1.0, 2.0, 3.0], [1000.0, 999.0, -1000.0]]))
    print("a batch:", y, sep="\n")
    print("sums of the rows (should be 1 and 1):", np.sum(y, axis=1))


show(softmax_example)

# %% [markdown]
# ## Exercise: `cross_entropy_error`
#
# How bad are the probabilities $y$ when the right classes are known? Take the probability that was given to
# the right class, and its negative logarithm: 0 when the model was certain and right, and larger the less
# the model believed in the truth. The loss of a batch is the mean over its samples:
#
# $$L = -\frac{1}{N} \sum_{n=1}^{N} \sum_{k=1}^{C} t_{nk} \log y_{nk}$$
#
# The labels come in one of two forms, and your function accepts both:
#
# - **one-hot**, `t` has the shape of `y`: each row is 0 but for a single 1 at the right class. The inner
#   sum then has only one term that is not 0.
# - **integers**, `t` has the shape $(N,)$ and holds the number of the right class. This says the same with
#   less paper: $L = -\frac{1}{N}\sum_n \log y_{n,\,t_n}$.
#
# A `y` of shape $(C,)$ is a single sample, $N = 1$; its label is one-hot of shape $(C,)$ or a single
# integer. In all cases the result is one number. Divide by the number of samples, not by the number of
# entries.
#
# **A probability of 0.** $\log 0$ is $-\infty$, and $0 \cdot \infty$ is not a number, so a single 0
# anywhere would spoil the loss of the whole batch. A very small number must stand in its place. You may add
# a tiny constant such as $10^{-7}$ inside the logarithm, or better, raise only those probabilities that lie
# below the smallest ordinary floating-point number (about $2 \cdot 10^{-308}$): then the loss stays finite,
# at most about 708 a sample, and no other value changes. Both ways are accepted.


# %%
def cross_entropy_error(y, t):
    """The mean over the batch of the negative logarithm of the right class's probability.

    y: probabilities, (N, C), or (C,) for one sample. t: one-hot of the shape of y, or integer labels of
    shape (N,), for one sample a single integer. Returns a number, finite also where a probability is 0.
    """
    raise NotImplementedError("cross_entropy_error is not written yet")


# %%
def loss_example():
    y = np.array([[0.1, 0.7, 0.2], [0.5, 0.25, 0.25]])
    print("one-hot (should be 0.8715...):", cross_entropy_error(y, np.array([[0, 1, 0], [0, 0, 1]])))
    print("integers (the same):          ", cross_entropy_error(y, np.array([1, 2])))
    print("one sample (0.3566...):       ", cross_entropy_error(y[0], np.array([0, 1, 0])))


show(loss_example)

# %% [markdown]
# ## Exercise: `SoftmaxWithLoss`
#
# The last layer of a classifier joins the two functions: scores in, loss out. It is one layer and not two
# because together they have a gradient of rare beauty.
#
# **Forward.** `forward(x, t)` takes the scores `x` of shape $(N, C)$ and labels `t`, one-hot $(N, C)$ or
# integers $(N,)$, and returns the loss, a number. Use the two functions that you have just written.
#
# **Backward.** Take one sample with the right class $c$, so that its loss is
#
# $$L = -\log y_c = -x_c + \log \sum_{j} e^{x_j}.$$
#
# Differentiate with respect to one score $x_k$. The first term gives $-1$ for $k = c$ and 0 for all others;
# in one-hot language that is $-t_k$. The second gives $e^{x_k} / \sum_j e^{x_j}$, and this is $y_k$ again.
# So
#
# $$\frac{\partial L}{\partial x_k} = y_k - t_k,$$
#
# the probability that was given, less the one that was due. With a perfect prediction it vanishes. In a
# batch, the loss is the *mean* over the samples, so each sample's share of the gradient is divided by $N$;
# and by the chain rule it is multiplied by what arrives:
#
# $$\frac{\partial L}{\partial X} = \texttt{dout} \cdot \frac{1}{N}\,(Y - T).$$
#
# `backward(dout=1)` returns this array of shape $(N, C)$. As a rule the loss stands at the end of the graph
# and `dout` is 1, but a layer does not know where it stands: somebody may double the loss, or add a penalty
# to it, so use `dout`. If the labels came as integers, think about which entry of each row has to be
# lowered by one; it helps to bring both forms of labels into one in `forward`.
#
# Check yourself: every row of the gradient has the sum 0. Why?


# %%
class SoftmaxWithLoss:
    """Softmax and the mean cross entropy, as the last layer of a classifier."""

    def forward(self, x, t):
        """The loss of the scores x.

        x: (N, C); t: one-hot (N, C) or integer labels (N,). Returns a number.
        """
        raise NotImplementedError("SoftmaxWithLoss.forward is not written yet")

    def backward(self, dout=1):
        """The gradient with respect to the scores of the latest forward.

        dout: a number. Returns dx of shape (N, C).
        """
        raise NotImplementedError("SoftmaxWithLoss.backward is not written yet")


# %%
def softmax_with_loss_example():
    x = np.array([[0.3, -1.2, 2.0], [1.0, 0.4, -0.6]])
    t = np.array([[0, 1, 0], [1, 0, 0]])
    layer = SoftmaxWithLoss()
    print("loss:", layer.forward(x, t))
    dx = layer.backward()
    print("sums of the rows (should be 0 and 0):", np.sum(dx, axis=1))
    print("dx:", compare(dx, numerical_gradient(lambda z: SoftmaxWithLoss().forward(z, t), x)))
    print("dx for dout = 2 is twice that:", compare(layer.backward(2), 2 * dx))


show(softmax_with_loss_example)

# %% [markdown]
# ## All together
#
# Nothing to write any more: here your layers form a network. Forward from the first to the last, backward
# from the last to the first, each handing its gradient to the one before it, just as with the apples. Then
# every parameter takes a small step against its gradient, and the loss should go down. But trust the
# differences more than the loss: a wrong gradient often makes the loss go down too, only more slowly.


# %%
def network_example():
    rng = np.random.default_rng(7)
    x, t = rng.normal(size=(8, 4)), np.arange(8) % 3
    first = Affine(rng.normal(size=(4, 5)), np.zeros(5))
    second = Affine(rng.normal(size=(5, 3)), np.zeros(3))
    layers, last = [first, Relu(), second], SoftmaxWithLoss()

    def loss_of(z):
        for layer in layers:
            z = layer.forward(z)
        return last.forward(z, t)

    def loss_with(weights):
        kept, first.W = first.W, weights
        loss = loss_of(x)
        first.W = kept
        return loss

    for step in range(5):
        print(f"step {step}: loss {loss_of(x):.4f}")
        gradient = last.backward()
        for layer in reversed(layers):
            gradient = layer.backward(gradient)
        if step == 0:
            print("dW of the first layer:", compare(first.dW, numerical_gradient(loss_with, first.W)))
        for layer in (first, second):
            layer.W = layer.W - 0.5 * layer.dW
            layer.b = layer.b - 0.5 * layer.db


show(network_example)
