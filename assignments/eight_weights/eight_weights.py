# %% [markdown]
# # Eight weights: gradient descent and the chain rule by hand
#
# Here is a network that is small enough to be worked out on a sheet of paper: two inputs, two hidden neurons,
# two outputs, and eight weights between them. There are no layers to hide behind, no matrices, and not even
# biases. Every weight has a name, and so has its gradient. What you do here with eight numbers is what the
# large libraries do with billions.
#
# You write four functions:
#
# | exercise | what it does |
# |---|---|
# | `sigmoid` | squeezes any number into the interval from 0 to 1 |
# | `forward_propagate` | from the inputs to the outputs and to the error |
# | `back_propagate` | from the error to its derivative with respect to each weight |
# | `update_w` | one step downhill |
#
# **How to work.** Where you see `raise NotImplementedError(...)`, take that line away and write your own
# code in its place. Keep the names, the parameters and their order as they are. You may add functions of
# your own. Under every exercise an example runs your code; until you have written it, the example only says
# what is missing.
#
# **Two habits** that save hours:
#
# 1. **Return, do not only print.** A printed number is gone; the next function needs it.
# 2. **Keep all the digits.** Round when you print, never in what you return. With two digits after the point,
#    a gradient of $-0.0084$ is wrong by a fifth; with one digit there is no gradient left.

# %%
import numpy as np

# %% [markdown]
# ## The network
#
# ```
#  x1 ---w1---> h1 ---w5---> o1     should become y1
#     \       /     \       /
#      w2   w3       w6   w7
#        \ /           \ /
#        / \           / \
#       /   \         /   \
#  x2 ---w4---> h2 ---w8---> o2     should become y2
# ```
#
# A line carries a value from left to right and multiplies it by its weight. A neuron adds up what arrives
# and sends the sum through the sigmoid. Which weight sits on which line is worth learning by heart: a
# single mistake here spoils everything that follows.
#
# | weight | from | to | | weight | from | to |
# |---|---|---|---|---|---|---|
# | $w_1$ | $x_1$ | $h_1$ | | $w_5$ | $h_1$ | $o_1$ |
# | $w_2$ | $x_1$ | $h_2$ | | $w_6$ | $h_1$ | $o_2$ |
# | $w_3$ | $x_2$ | $h_1$ | | $w_7$ | $h_2$ | $o_1$ |
# | $w_4$ | $x_2$ | $h_2$ | | $w_8$ | $h_2$ | $o_2$ |
#
# So odd weights lead to the upper neuron of the next column, even weights to the lower one. Look at $w_2$
# and $w_3$: they cross.
#
# In the code, `out_h1`, `out_h2`, `out_o1` and `out_o2` are what the four neurons give out, *after* the
# sigmoid.
#
# The examples below all use one sample and one set of weights.

# %%
SAMPLE = (0.5, 0.3, 0.23, -0.07)
"""x1, x2, and what the outputs should become: y1, y2."""

START = (0.2, -0.4, 0.5, 0.6, 0.1, -0.5, -0.3, 0.8)
"""The weights w1 to w8 before any step."""


def show(example):
    """Runs an example as soon as everything that it needs is written; silent when this file is imported."""
    if __name__ != "__main__":
        return
    try:
        example()
    except NotImplementedError as missing:
        print(f"{missing}. Write it, then run this example again.")


# %% [markdown]
# ## Exercise: `sigmoid`
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}}$$
#
# Whatever goes in, a number between 0 and 1 comes out: near 0 for very negative $z$, exactly one half at
# $z = 0$, near 1 for large $z$. (Try a large positive number when you are done. If you get something near 0,
# look at the sign in your exponent.)
#
# You will soon need its slope, and the slope can be had from the output alone:
#
# $$\sigma'(z) = \frac{e^{-z}}{(1 + e^{-z})^2}
# = \frac{1}{1 + e^{-z}} \cdot \left(1 - \frac{1}{1 + e^{-z}}\right)
# = \sigma(z)\,\bigl(1 - \sigma(z)\bigr).$$
#
# A neuron that gives out $a$ therefore has the slope $a\,(1 - a)$. Take care not to send $a$ through the
# sigmoid a second time.


# %%
def sigmoid(z):
    """The sigmoid of a number.

    z: a number. Returns a number from 0 to 1.
    """
    raise NotImplementedError("sigmoid is not written yet")


# %%
def sigmoid_example():
    for z in (-4.0, 0.0, 0.25, 4.0):
        print(f"sigmoid({z:+.2f}) = {sigmoid(z):.9f}")
    print("The middle two should be 0.500000000 and 0.562176501.")


show(sigmoid_example)

# %% [markdown]
# ## Exercise: `forward_propagate`
#
# Follow the arrows. A hidden neuron adds up both inputs, each times the weight on its line, and applies the
# sigmoid to the sum; an output neuron does the same with the two hidden outputs. Read the weights off the
# drawing above.
#
# How far are the outputs from what is wanted? The error is *half the sum of the squares*:
#
# $$E = \tfrac12 \left[(o_1 - y_1)^2 + (o_2 - y_2)^2\right]$$
#
# The half is there for convenience: differentiating the square brings down a factor of 2, and the half
# cancels it.
#
# Return five numbers in this order: the two outputs, the two hidden outputs, the error. With the sample and
# the weights above you should meet
#
# | `out_o1` | `out_o2` | `out_h1` | `out_h2` | `error` |
# |---|---|---|---|---|
# | 0.476945759 | 0.528696400 | 0.562176501 | 0.495000167 | 0.209709794 |
#
# If only the hidden outputs agree, look at $w_6$ and $w_7$; if none agrees, look at $w_2$ and $w_3$ first.


# %%
def forward_propagate(x1, x2, y1, y2, w1, w2, w3, w4, w5, w6, w7, w8):
    """From the inputs to the outputs and the error.

    x1, x2: inputs; y1, y2: what the outputs should become; w1 to w8: weights. All are numbers.
    Returns (out_o1, out_o2, out_h1, out_h2, error).
    """
    raise NotImplementedError("forward_propagate is not written yet")


# %%
def forward_example():
    names = ("out_o1", "out_o2", "out_h1", "out_h2", "error")
    for name, value in zip(names, forward_propagate(*SAMPLE, *START), strict=True):
        print(f"{name:6} = {value:.9f}")


show(forward_example)

# %% [markdown]
# ## Who is to blame? The chain rule
#
# The error is too large. Which weight should change, in which direction, and by how much? The derivative
# $\partial E / \partial w$ answers this: it says how much $E$ would rise if $w$ rose a little. One such
# number for each weight, and together they are the **gradient**.
#
# **An output weight.** Between $w_5$ and $E$ lie three steps: $w_5$ changes the sum that arrives at $o_1$,
# the sum changes the output, and the output changes the error. Along a chain, the derivatives multiply:
#
# $$\frac{\partial E}{\partial w_5}
# = \frac{\partial E}{\partial o_1} \cdot \frac{\partial o_1}{\partial \text{in}_{o_1}}
# \cdot \frac{\partial \text{in}_{o_1}}{\partial w_5}.$$
#
# The first two factors do not depend on which of the incoming weights we ask about. They belong to the
# neuron, and together they are called its **delta**: how much $E$ would rise if the sum that arrives at the
# neuron rose a little. For an output neuron with the output $o_k$ and the target $y_k$,
#
# $$\delta_{o_k} = (o_k - y_k) \cdot o_k\,(1 - o_k).$$
#
# The third factor is whatever the weight is multiplied by in the sum. So each weight's gradient is *the
# delta at the end of its line, times the value at the start of its line*. With a perfect output the delta is
# 0 and nothing needs to change.
#
# **A hidden weight.** The rule is the same: the delta at the end of its line, times the value at the start,
# which is now $x_1$ or $x_2$. We only lack the delta of a hidden neuron. What it gives out influences the
# error along **two** paths, through $o_1$ and through $o_2$, and contributions of several paths are added.
# On each path the delta of the output neuron comes back along the line between the two neurons, **through
# the weight of that line**. For if $h_j$ rises by a little, the sum at $o_k$ rises by that much *times the
# weight*. Behind both paths lies the slope of the hidden neuron itself:
#
# $$\delta_{h_j} = \Bigl(\;\sum_{k=1}^{2} \delta_{o_k} \cdot w_{h_j \to o_k}\Bigr) \cdot h_j\,(1 - h_j).$$
#
# Here $w_{h_j \to o_k}$ is the weight on the line from $h_j$ to $o_k$; read it off the drawing. Forward,
# values flow along the lines from left to right and are multiplied by the weights. Backward, deltas flow
# along the same lines from right to left and are multiplied by the same weights. That is all there is to
# backpropagation.

# %% [markdown]
# ## Exercise: `back_propagate`
#
# It receives what `forward_propagate` found, the sample, and the four weights through which deltas come
# back. It returns the eight derivatives of the error in the order of the weights. First find the four
# deltas, then the eight products.
#
# With the sample and the weights above you should meet
#
# | `d_w1` | `d_w2` | `d_w3` | `d_w4` |
# |---|---|---|---|
# | -0.008421480 | 0.012606653 | -0.005052888 | 0.007563992 |
#
# | `d_w5` | `d_w6` | `d_w7` | `d_w8` |
# |---|---|---|---|
# | 0.034632989 | 0.083866100 | 0.030494579 | 0.073844661 |
#
# ### A mistake that is widely published
#
# You may meet this very exercise elsewhere, with these very numbers, and with a mistake that has been copied
# from page to page. To get from the output neurons back to $h_1$, it adds up `d_w5 + d_w6`, and for $h_2$
# `d_w7 + d_w8`. That gives
#
# | | `d_w1` | `d_w2` | `d_w3` | `d_w4` |
# |---|---|---|---|---|
# | right | -0.008421480 | 0.012606653 | -0.005052888 | 0.007563992 |
# | wrong | +0.014583332 | 0.013041101 | +0.008749999 | 0.007824660 |
#
# and `d_w5` to `d_w8` as they should be. Two of the four signs are not even close. What happened? In the sum
# at $o_1$ stands the product $w_5\,h_1$. Ask how it changes with $w_5$, and the answer is $h_1$. Ask how it
# changes with $h_1$, and the answer is $w_5$. `d_w5` is the answer to the first question; to go further back
# you need the second one. In the wrong version the weights $w_5$ to $w_8$ do not occur at all. Now imagine
# that both lines which leave $h_1$ had the weight 0. Then nothing that happens in $h_1$ could reach the
# error, and the gradients of $w_1$ and $w_3$ would have to be 0. Would the wrong version notice?
#
# How can this go unnoticed? **Because the error goes down all the same.** The gradients of the four output
# weights are right, and the whole wrong gradient makes so small an angle with the right one (its cosine is 0.976)
# that following it leads downhill too, only less steeply. Ten steps with the step size 0.5 bring the error
# down to 0.149096 in the wrong version, and to 0.146531 in the right one; no curve of errors will ever show
# you the difference. A falling error does not prove a gradient.
#
# ### What does prove it: finite differences
#
# The derivative says how much the error rises when one weight rises a little. So do just that: raise one
# weight by a small $h$, run the forward pass, lower it by $h$, run it again, and leave all the other weights
# alone.
#
# $$\frac{\partial E}{\partial w} \approx \frac{E(w + h) - E(w - h)}{2h}, \qquad h = 10^{-5}$$
#
# This needs sixteen forward passes for eight numbers, so it is no way to train. But it knows nothing of
# deltas and cannot repeat your mistake. The example below puts both side by side: they should agree to nine
# digits after the point. If a line disagrees, its sign and its ratio are the best hints that you can get.
# (`back_propagate` itself has to use the chain rule.)


# %%
def back_propagate(out_o1, out_o2, out_h1, out_h2, x1, x2, y1, y2, w5, w6, w7, w8):
    """How the error changes with each of the eight weights.

    out_o1 to out_h2: the outputs of the four neurons, from the forward pass; x1, x2: inputs; y1, y2: what
    the outputs should become; w5 to w8: the weights of the lines to the outputs. All are numbers.
    Returns (d_w1, d_w2, d_w3, d_w4, d_w5, d_w6, d_w7, d_w8).
    """
    raise NotImplementedError("back_propagate is not written yet")


# %%
def numerical_gradients(sample, weights, h=1e-5):
    """Central differences of the error, one weight at a time: eight numbers."""
    gradients = []
    for index in range(len(weights)):
        higher, lower = list(weights), list(weights)
        higher[index] += h
        lower[index] -= h
        rise = forward_propagate(*sample, *higher)[4] - forward_propagate(*sample, *lower)[4]
        gradients.append(rise / (2 * h))
    return gradients


def back_example():
    outputs = forward_propagate(*SAMPLE, *START)[:4]
    gradients = back_propagate(*outputs, *SAMPLE, *START[4:])
    slopes = numerical_gradients(SAMPLE, START)
    for number, (gradient, slope) in enumerate(zip(gradients, slopes, strict=True), start=1):
        print(f"d_w{number}: {gradient:+.9f} by the chain rule, {slope:+.9f} by differences")


show(back_example)

# %% [markdown]
# ## Exercise: `update_w`
#
# The gradient points uphill. To make the error smaller, every weight takes a step *against* its own
# derivative:
#
# $$w \leftarrow w - \text{step} \cdot \frac{\partial E}{\partial w}$$
#
# `step`, also called the **learning rate**, says how far to go. The gradient only promises that the error
# falls if the step is *small enough*, and it does not say how small that is:
#
# - Too small, and you arrive next year.
# - Too large, and you jump across the valley. With sigmoids something worse can happen: one huge step drives
#   a neuron so far out that its output is almost exactly 0 or 1. There its slope $a\,(1 - a)$ is almost 0,
#   so is its delta, and no later step will ever bring it back.
#
# The step size belongs here and nowhere else: `back_propagate` knows nothing of it. And the eight gradients
# all belong to the *same* old weights. Find them all first, and only then change the weights; a delta that
# comes back through a weight which has been changed already belongs to no network at all.
#
# Return the eight new weights in order. For the step size 0.5, $w_1 = 0.2$ and `d_w1` $= -0.00842148$, the
# new $w_1$ is 0.20421074: a negative derivative makes the weight grow.


# %%
def update_w(step, w1, w2, w3, w4, w5, w6, w7, w8, d_w1, d_w2, d_w3, d_w4, d_w5, d_w6, d_w7, d_w8):
    """One step of gradient descent.

    step: the step size; w1 to w8: weights; d_w1 to d_w8: how the error changes with each. All are numbers.
    Returns the new (w1, w2, w3, w4, w5, w6, w7, w8).
    """
    raise NotImplementedError("update_w is not written yet")


# %%
def update_example():
    hidden = (-0.00842148, 0.01260665, -0.00505289, 0.00756399)
    output = (0.03463299, 0.0838661, 0.03049458, 0.07384466)
    weights = update_w(0.5, *START, *hidden, *output)
    for number, (old, new) in enumerate(zip(START, weights, strict=True), start=1):
        print(f"w{number}: {old:+.2f} becomes {new:+.8f}")


show(update_example)

# %% [markdown]
# ## All together: ten steps downhill
#
# Nothing to write any more. Forward, backward, update, and again: this loop is what "training" means. With
# your functions and the step size 0.5 the error should fall in every step, from 0.209710 to 0.146531 after
# the tenth.


# %%
def descend(weights, step, steps):
    """Takes that many steps from the weights; returns the errors, from before the first step, and the weights."""
    errors = [forward_propagate(*SAMPLE, *weights)[4]]
    for _ in range(steps):
        outputs = forward_propagate(*SAMPLE, *weights)[:4]
        gradients = back_propagate(*outputs, *SAMPLE, *weights[4:])
        weights = update_w(step, *weights, *gradients)
        errors.append(forward_propagate(*SAMPLE, *weights)[4])
    return errors, weights


def ten_steps_example():
    errors, weights = descend(START, step=0.5, steps=10)
    for number, error in enumerate(errors):
        print(f"after {number:2} steps: error {error:.6f}")
    print("weights:", *(f"{weight:+.6f}" for weight in weights))


show(ten_steps_example)

# %% [markdown]
# Try other step sizes, each for ten steps and for a thousand. One of them goes down fast and then stays where
# it is for ever. Print `out_o1` and `out_o2` there: what has become of the slopes of these two neurons?


# %%
def step_sizes_example():
    for step in (0.05, 0.5, 5, 500):
        errors, _ = descend(START, step, steps=1000)
        print(f"step {step:6}: error {errors[10]:.6f} after 10 steps, {errors[1000]:.6f} after 1000")


show(step_sizes_example)

# %% [markdown]
# ## A target that cannot be reached
#
# However long you train, the error will not go to 0. Look at what is asked for: $y_2 = -0.07$. The output
# $o_2$ comes out of a sigmoid, and a sigmoid gives nothing below 0. The best it can do is to come as close
# to 0 as it likes, and then $o_2 - y_2$ is still $0.07$. The first output has no such trouble, $y_1 = 0.23$
# lies well inside the interval from 0 to 1. So the error stays above
#
# $$\tfrac12 \cdot 0.07^2 = 0.00245$$
#
# whatever the weights are. This is no mistake of yours and none of the learning rate. Nor is the floor ever
# touched: to bring $o_2$ to 0, the sum that arrives there must go to minus infinity, so the weights grow
# without end while the error creeps down more and more slowly.
#
# Two lessons. Before you hunt for a bug in a loss that "will not go down", ask what the lowest possible value
# is. And choose the last function of a network so that it can say what you want to hear: for targets outside
# of the interval from 0 to 1 that is no sigmoid, but for example the plain sum, or targets that have been
# scaled into the interval.


# %%
def floor_example():
    errors, weights = descend(START, step=0.5, steps=10_000)
    out_o1, out_o2 = forward_propagate(*SAMPLE, *weights)[:2]
    print(f"after 10000 steps: error {errors[-1]:.6f}, which cannot fall below {0.07**2 / 2:.6f}")
    print(f"out_o1 = {out_o1:.6f} (wanted {SAMPLE[2]}), out_o2 = {out_o2:.6f} (wanted {SAMPLE[3]})")


show(floor_example)
