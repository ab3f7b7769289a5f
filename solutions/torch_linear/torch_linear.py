# %% [markdown]
# # A first model in PyTorch
#
# Until now you wrote both directions yourself: the way forward, and the way back with the chain rule. A library
# can find the way back alone. It writes down every operation while your forward pass runs, and afterwards walks
# through its notes from the end to the beginning. That is called **automatic differentiation**, and it is
# the very thing that you did by hand: local slopes, multiplied along each path, added up where paths meet.
#
# So you write less here, and it is easier than ever to be wrong without noticing: nothing crashes, the loss falls,
# and yet the gradient is that of another function, or of two functions at once. Your knowledge of what
# *should* come out is the only protection. In this assignment everything is so small that you can check it by hand.
#
# You write two things:
#
# | exercise | what it does |
# |---|---|
# | `LinearModel` | a straight line with two parameters, as a PyTorch module |
# | `train` | walks downhill on the summed squared error |
#
# **How to work.** Where you see `raise NotImplementedError(...)`, take that line away and write your
# own code in its place. Keep the names, the parameters and their order as they are. Under every exercise an
# example runs your code; until you have written it, the example only says what is missing.

# %%
import torch

# %% [markdown]
# ## The task
#
# Three points: $x = 1, 2, 3$ and $y = 2, 4, 6$. Which line $\hat y = w\,x + b$ goes through them? You see it at
# once: $w = 2$ and $b = 0$. The computer has to find it step by step, and that is the point: here you know
# what it should find, and can watch how far it gets.
#
# PyTorch expects one sample a row and one feature a column, even where there is only one of them. Three samples
# with one feature are a matrix of shape (3, 1), not a vector of shape (3,). Take this seriously. The difference
# between a (3, 1) and a (3,) array has the shape (3, 3), by the rules of broadcasting, without any error: every
# prediction minus every target.

# %%
X_DATA = torch.tensor([[1.0], [2.0], [3.0]])
Y_DATA = torch.tensor([[2.0], [4.0], [6.0]])

LEARNING_RATE = 0.01


def show(example):
    """Runs an example as soon as everything that it needs is written; silent when this file is imported."""
    if __name__ != "__main__":
        return
    try:
        example()
    except NotImplementedError as missing:
        print(f"{missing}. Write it, then run this example again.")


# %% [markdown]
# ## Exercise: `LinearModel`
#
# A model is a class that inherits from `torch.nn.Module`. You say in the constructor which parts it has, and in
# `forward` what happens to the data. There is no `backward`: that is what you are being spared.
#
# - **The constructor** first calls that of `torch.nn.Module`, by way of `super()`, which prepares the book-keeping.
#   Without it the first part that you attach has nowhere to go. Then attach one part, by the name `linear`: a
#   `torch.nn.Linear` with one input and one output. It brings its two parameters along, `linear.weight` of shape
#   (1, 1) and `linear.bias` of shape (1,), both random at first.
# - **`forward(self, x)`** sends the batch through that part and returns the result, of shape (N, 1) again.
#
# Because `linear` is attached to the module, `model.parameters()` finds its weight and bias: that is how an
# optimizer gets to know what it may change. And because `Module` knows how to be called, you write `model(x)`,
# never `model.forward(x)`.


# %%
class LinearModel(torch.nn.Module):
    """A straight line: one input, one output, a weight and a bias, in the attribute `linear`."""

    def __init__(self):
        """Makes the part `linear`, with random parameters."""
        ### BEGIN SOLUTION
        super().__init__()
        self.linear = torch.nn.Linear(1, 1)
        ### END SOLUTION

    def forward(self, x):
        """The predictions for a batch.

        x: tensor (N, 1). Returns a tensor (N, 1).
        """
        ### BEGIN SOLUTION
        return self.linear(x)
        ### END SOLUTION


# %% [markdown]
# ### What autograd does, and what you can do yourself
#
# How good is a line? We add up the squared errors of all samples:
#
# $$L = \sum_{n} (\hat y_n - y_n)^2, \qquad \hat y_n = w\,x_n + b$$
#
# It is the *sum*, not the mean. Both have their minimum at the same place, but the gradient of the mean is smaller
# by the number of samples, and with the same learning rate every step is shorter by as much. What a learning
# rate of 0.01 means can only be said together with the loss that it belongs to.
#
# The chain rule, as you know it. Each squared error has the slope $2\,(\hat y_n - y_n)$; the prediction depends on
# $w$ with slope $x_n$ and on $b$ with slope 1; all samples share $w$ and $b$, so their contributions are added:
#
# $$\frac{\partial L}{\partial w} = \sum_n 2\,(\hat y_n - y_n)\,x_n, \qquad
#   \frac{\partial L}{\partial b} = \sum_n 2\,(\hat y_n - y_n)$$
#
# That is the backward pass of an affine layer with one input and one output: `dW = x.T @ dout` and
# `db = dout.sum(axis=0)`.
#
# Take $w = 0.5$ and $b = 0$. The predictions are 0.5, 1 and 1.5, the errors $-1.5$, $-3$ and $-4.5$. Hence
# $L = 31.5$, $\partial L / \partial w = 2\,(-1.5 - 6 - 13.5) = -42$ and
# $\partial L / \partial b = 2\,(-9) = -18$. Autograd has to find exactly these numbers. `loss.backward()`
# does the work and puts each result beside its parameter, into `.grad`.


# %%
def line(weight, bias):
    """A model with the given parameters."""
    model = LinearModel()
    with torch.no_grad():
        model.linear.weight.fill_(weight)
        model.linear.bias.fill_(bias)
    return model


def gradient_example():
    model = line(0.5, 0.0)
    predictions = model(X_DATA)
    loss = (predictions - Y_DATA).square().sum()
    loss.backward()
    print("predictions (should be 0.5, 1, 1.5):", predictions.flatten().tolist())
    print("loss (should be 31.5):", loss.item())
    print("slope of the weight (should be -42):", model.linear.weight.grad.item())
    print("slope of the bias (should be -18):", model.linear.bias.grad.item())


show(gradient_example)

# %% [markdown]
# Two lines of that example deserve a second look.
#
# `with torch.no_grad()` tells autograd not to take notes. Setting parameters is no part of the forward pass, so it
# must not be differentiated.
#
# `loss.backward()` starts from a single number. Its slope with respect to itself is 1: this is the `dout` that the
# whole chain begins with. You only have to make sure that there *is* a chain. Whoever takes a tensor out of it, with
# `.detach()`, `.item()`, `.numpy()` or `torch.tensor(...)`, cuts the notes in two, and nothing behind the cut ever
# gets a gradient.

# %% [markdown]
# ## Exercise: `train`
#
# One epoch has five parts, in this order:
#
# 1. **Predict**: send all samples through the model.
# 2. **Loss**: the summed squared error, one number. `torch.nn.MSELoss(reduction="sum")` is that; so is what the
#    example above writes out. (Old texts write `size_average=False` for `reduction="sum"`. Without either of them
#    you get the mean.)
# 3. **Forget**: set the old gradients to zero. `backward` *adds* to what is in `.grad`, because a parameter that is
#    used twice has to collect both contributions. It cannot know that a new epoch has begun. Whoever forgets this
#    walks in the direction of the sum of all gradients so far.
# 4. **Backward**: `loss.backward()` fills `.grad`.
# 5. **Step**: every parameter goes a bit against its gradient, $w \leftarrow w - 0.01\;\partial L / \partial w$.
#    Stochastic gradient descent, `torch.optim.SGD`, does that. It gets `model.parameters()` and the learning rate
#    once, before the first epoch.
#
# A step before the first `backward` has no gradient to follow; a step before each new `backward` follows the
# gradient of the epoch before.
#
# From $w = 0.5$, $b = 0$ one epoch leads to $w = 0.5 + 0.42 = 0.92$ and $b = 0.18$. Check that first.


# %%
def train(model, x_data, y_data, epochs):
    """Changes the model's parameters by gradient descent on the summed squared error, with the learning rate 0.01.

    model: a LinearModel, which is trained where it is, from the parameters that it has; x_data, y_data: tensors
    (N, 1); epochs: how many steps, each on all samples. What it returns is not looked at.
    """
    ### BEGIN SOLUTION
    criterion = torch.nn.MSELoss(reduction="sum")
    optimizer = torch.optim.SGD(model.parameters(), lr=LEARNING_RATE)
    for _epoch in range(epochs):
        optimizer.zero_grad()
        criterion(model(x_data), y_data).backward()
        optimizer.step()
    ### END SOLUTION


# %%
def one_step_example():
    model = line(0.5, 0.0)
    train(model, X_DATA, Y_DATA, epochs=1)
    print(f"weight after one epoch (should be 0.92): {model.linear.weight.item():.6f}")
    print(f"bias after one epoch (should be 0.18): {model.linear.bias.item():.6f}")


show(one_step_example)

# %% [markdown]
# ## A hundred steps are not convergence
#
# A hundred epochs from $w = 0.5$, $b = 0$ lead to $w = 1.882067$ and $b = 0.268090$. The loss has fallen from 31.5 to
# 0.030932, to a thousandth, and yet $w$ is not 2, $b$ is not 0, and at $x = 4$ the line says 7.796357 and not 8. Has
# something gone wrong? No. Look at the path: after ten epochs $w$ is 1.751801 already, and then it crawls.
#
# The reason is the shape of the valley. The loss is a quadratic function of $(w, b)$, whose second derivatives are
#
# $$2 \begin{pmatrix} \sum x_n^2 & \sum x_n \\ \sum x_n & N \end{pmatrix}
#   = \begin{pmatrix} 28 & 12 \\ 12 & 6 \end{pmatrix}$$
#
# with the eigenvalues 33.28 and 0.72. Along the first direction one step of 0.01 takes away a third of the distance,
# $0.01 \cdot 33.28$; along the second only 0.72 per cent. In that direction raising the bias and
# lowering the weight nearly cancel for the three points that we have. After a hundred steps
# $0.9928^{100} = 0.485$ of that distance is left. A larger learning rate does not help much: at $2 / 33.28 = 0.06$ the
# steep direction begins to swing out further and further.
#
# So "the loss is small" and "the parameters are right" are two statements. And whether your training is right
# cannot be told from the loss at all, because it also falls with half the gradient, or with a wrong one that
# points roughly downhill. What can be told is whether the path is right: the same start and the same data must lead
# to the same parameters, digit by digit. That is how `train` is judged, from given parameters and from those that
# your own model happens to start with.


# %%
def hundred_steps_example():
    model = line(0.5, 0.0)
    done = 0
    for epochs in (0, 1, 10, 100, 1000):
        train(model, X_DATA, Y_DATA, epochs - done)
        done = epochs
        with torch.no_grad():
            loss = (model(X_DATA) - Y_DATA).square().sum().item()
            prediction = model(torch.tensor([[4.0]])).item()
        weight, bias = model.linear.weight.item(), model.linear.bias.item()
        print(
            f"after {epochs:4} epochs: w {weight:.6f}, b {bias:.6f}, loss {loss:.6f}, at x = 4: {prediction:.6f}"
        )


show(hundred_steps_example)

# %% [markdown]
# ## Your own start
#
# A fresh `LinearModel()` begins somewhere else every time. Train it for a hundred epochs and compare with the formula
# from above, in plain numbers and without autograd. The two should agree to about six digits: PyTorch computes
# with 32 bits a number, Python with 64.


# %%
def by_hand(weight, bias, epochs):
    """Gradient descent on the three points, with the derivatives written out."""
    points = [(1.0, 2.0), (2.0, 4.0), (3.0, 6.0)]
    for _ in range(epochs):
        errors = [weight * x + bias - y for x, y in points]
        slope_w = sum(2 * error * x for error, (x, _y) in zip(errors, points, strict=True))
        slope_b = sum(2 * error for error in errors)
        weight, bias = weight - LEARNING_RATE * slope_w, bias - LEARNING_RATE * slope_b
    return weight, bias


def own_start_example():
    model = LinearModel()
    start = model.linear.weight.item(), model.linear.bias.item()
    train(model, X_DATA, Y_DATA, epochs=100)
    weight, bias = by_hand(*start, epochs=100)
    print(f"start:   w {start[0]:.6f}, b {start[1]:.6f}")
    print(f"PyTorch: w {model.linear.weight.item():.6f}, b {model.linear.bias.item():.6f}")
    print(f"by hand: w {weight:.6f}, b {bias:.6f}")


show(own_start_example)
