# %% [markdown]
# # A small library of layers: fully connected and convolutional
#
# In this assignment you build a library with which one can *train* networks. Its parts are objects that all
# look alike from outside. Such an object turns an input into an output, turns the error of its output into
# the error of its input, and on the way improves itself. Because they look alike, they can be stacked in any
# order and number, and the few lines that train the stack never change.
#
# You write eleven exercises:
#
# | part | exercises |
# |---|---|
# | functions | `tanh`, `tanh_prime`, `mse`, `mse_prime` |
# | a network that learns XOR | `FCLayer`, `ActivationLayer`, `Network` |
# | layers for images | `ConvLayer`, `FlattenLayer`, `MaxPoolLayer`, `DropoutLayer` |
#
# **How to work.** Where you see `raise NotImplementedError(...)`, take that line away and write your own
# code in its place. Keep the names, the parameters and their order as they are. You may add functions and
# attributes of your own, and you may write the constructors anew, as long as the attributes that are named
# in the text keep their names and shapes. Under every exercise an example runs your code; until you have
# written it, the example only says what is missing.

# %% [markdown] lang="zh_CN"
# # 一个小型的层库：全连接与卷积
#
# 在这份作业里，你要搭建一个可以*训练*网络的库。它的部件都是对象，从外面看全都一样：把输入变成输出，
# 把输出的误差变成输入的误差，同时改进自己。因为看起来都一样，它们就可以按任意的顺序和数量叠起来，
# 而训练这一叠层的那几行代码永远不用改。
#
# 你要写十一个练习：
#
# | 部分 | 练习 |
# |---|---|
# | 函数 | `tanh`、`tanh_prime`、`mse`、`mse_prime` |
# | 能学会异或的网络 | `FCLayer`、`ActivationLayer`、`Network` |
# | 处理图像的层 | `ConvLayer`、`FlattenLayer`、`MaxPoolLayer`、`DropoutLayer` |
#
# **怎样做**。凡是看到 `raise NotImplementedError(...)` 的地方，就删掉这一行，换上你自己的代码。名字、
# 参数及其顺序保持不变。你可以添加自己的函数和属性，也可以改写构造函数，只要文中点名的属性保持原来的名字和形状。
# 每个练习下面都有一个示例来运行你的代码；在你写好之前，示例只会告诉你还缺什么。

# %%
import copy

import numpy as np

# %% [markdown]
# ## Tools for checking yourself
#
# Nothing to write here. A layer of this library does not show its gradients: it uses them at once and changes
# its parameters. But nothing is lost. If the update was $W' = W - \eta\,G$ with the learning rate $\eta$, then
#
# $$G = \frac{W - W'}{\eta},$$
#
# and this can be compared with central differences of the forward pass, which know nothing of your backward
# pass:
#
# $$\frac{\partial L}{\partial x_i} \approx \frac{L(x + h\,e_i) - L(x - h\,e_i)}{2h}, \qquad h = 10^{-5}.$$
#
# Here $e_i$ is 1 at entry $i$ and 0 elsewhere. As the loss $L$ the tool takes the sum of all outputs, each
# multiplied by a number of its own; these numbers are then the error of the output. Right code agrees to six
# digits or more.

# %% [markdown] lang="zh_CN"
# ## 自查工具
#
# 这里不用写代码。这个库里的层不会把梯度拿给你看：它当场就用掉梯度，改变自己的参数。但什么也没有丢。
# 如果更新是 $W' = W - \eta\,G$，学习率为 $\eta$，那么
#
# $$G = \frac{W - W'}{\eta},$$
#
# 它可以与前向传播的中心差分比较，而中心差分对你的反向传播一无所知：
#
# $$\frac{\partial L}{\partial x_i} \approx \frac{L(x + h\,e_i) - L(x - h\,e_i)}{2h}, \qquad h = 10^{-5}.$$
#
# 这里 $e_i$ 在第 $i$ 个元素处为 1，其余为 0。工具把所有输出各乘上一个数再相加，当作损失 $L$；
# 这些数就是输出的误差。正确的代码至少有六位数字一致。


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


def check_layer(layer, x, learning_rate=0.25):
    """Compares a layer's backward pass at the input `x` with central differences of its forward pass.

    The layer learns once on the way. Prints one line for the input error, and one for each array of parameters
    (`weights`, `bias`) that the layer has.
    """
    before = copy.deepcopy(layer)

    def loss(x, **parameters):
        fresh = copy.deepcopy(before)
        vars(fresh).update(parameters)
        return np.sum(fresh.forward_propagation(x) * factors)

    factors = np.random.default_rng(5).uniform(0.3, 1.5, np.shape(layer.forward_propagation(x)))
    input_error = layer.backward_propagation(factors, learning_rate)
    print("input error:", compare(input_error, numerical_gradient(loss, x)))
    for name in [name for name in ("weights", "bias") if hasattr(before, name)]:
        start = getattr(before, name)
        gradient = numerical_gradient(lambda value, name=name: loss(x, **{name: value}), start)
        print(f"{name}:", compare((start - getattr(layer, name)) / learning_rate, gradient))


def show(example):
    """Runs an example as soon as everything that it needs is written; silent when this file is imported."""
    if __name__ != "__main__":
        return
    try:
        example()
    except NotImplementedError as missing:
        print(f"{missing}. Write it, then run this example again.")


# %% [markdown]
# ## What a layer is
#
# A layer has two methods.
#
# `forward_propagation(input)` returns the output $Y$ for the input $X$, and keeps what the way back will
# need.
#
# `backward_propagation(output_error, learning_rate)` receives the **error of the output**,
# $E = \partial L / \partial Y$: for every output it says how much the loss $L$ would grow if that output grew a
# little. It has the shape of the output. The method does two things with it:
#
# 1. it finds the **error of the input**, $\partial L / \partial X$, of the shape of the input, and returns it;
# 2. if the layer has parameters, it finds their gradients and moves every parameter a step against its own:
#
# $$W \leftarrow W - \eta\,\frac{\partial L}{\partial W}.$$
#
# What a layer returns as the error of its input is the error of the output for the layer before it. So the
# error travels from the last layer to the first, and every layer learns as it passes.
#
# **Three rules.**
#
# - *First the error, then the step.* The loss was computed with the weights as they were in the forward pass.
#   The error of the input has to be computed with those weights as well, not with those after the step.
# - *The learning rate belongs to the step alone.* It multiplies the gradients of the parameters, once. The
#   error that is returned is a derivative and knows nothing of learning rates.
# - *An array that you were given belongs to the caller.* Do not write into it.
#
# The class below is given. All layers are built on it.

# %% [markdown] lang="zh_CN"
# ## 什么是层
#
# 一个层有两个方法。
#
# `forward_propagation(input)` 对输入 $X$ 返回输出 $Y$，并保存返回的路上要用到的东西。
#
# `backward_propagation(output_error, learning_rate)` 收到**输出的误差** $E = \partial L / \partial Y$：
# 它说明每个输出稍微增大时，损失 $L$ 会增大多少，形状与输出相同。这个方法用它做两件事：
#
# 1. 求出**输入的误差** $\partial L / \partial X$，形状与输入相同，并返回它；
# 2. 如果该层有参数，就求出参数的梯度，让每个参数朝与自己的梯度相反的方向走一步：
#
# $$W \leftarrow W - \eta\,\frac{\partial L}{\partial W}.$$
#
# 一个层返回的输入误差，就是它前面那一层的输出误差。误差就这样从最后一层走到第一层，每一层在它经过时学习。
#
# **三条规则**。
#
# - *先求误差，再走一步*。损失是用前向传播时的权重算出来的。输入的误差也必须用这些权重来算，而不是用更新之后的。
# - *学习率只属于那一步*。它乘在参数的梯度上，只乘一次。返回的误差是导数，与学习率无关。
# - *传进来的数组属于调用者*。不要往里写。
#
# 下面的类已经给出，所有的层都建立在它之上。


# %%
class Layer:
    """What all layers have in common. A layer without parameters has no use for the learning rate."""

    def __init__(self):
        self.input = None
        self.output = None

    def forward_propagation(self, input):
        """The output Y of the layer for the input X."""
        raise NotImplementedError(f"{type(self).__name__}.forward_propagation is not written yet")

    def backward_propagation(self, output_error, learning_rate):
        """Given dL/dY, the layer learns, and returns dL/dX, both for the latest forward pass."""
        raise NotImplementedError(f"{type(self).__name__}.backward_propagation is not written yet")


# %% [markdown]
# ## Exercise: `tanh` and `tanh_prime`
#
# Stacked layers that only add and multiply could be replaced by one such layer. What makes a deep network more
# than that is a bent function between them. Ours is the hyperbolic tangent, applied to every entry:
#
# $$\tanh x = \frac{e^{x} - e^{-x}}{e^{x} + e^{-x}}, \qquad \tanh' x = 1 - \tanh^2 x.$$
#
# It runs from $-1$ to $1$, and it is steepest at 0, where its slope is 1. NumPy has it; its slope you have to
# write. `tanh_prime` is the slope as a function of $x$ itself, the input, not of the value $\tanh x$.

# %% [markdown] lang="zh_CN"
# ## 练习：`tanh` 和 `tanh_prime`
#
# 如果叠起来的层只做加法和乘法，那么一层就能代替它们。深层网络之所以不止于此，是因为层与层之间有一个弯曲的函数。
# 我们用的是双曲正切，逐元素使用：
#
# $$\tanh x = \frac{e^{x} - e^{-x}}{e^{x} + e^{-x}}, \qquad \tanh' x = 1 - \tanh^2 x.$$
#
# 它的值从 $-1$ 到 $1$，在 0 处最陡，斜率为 1。NumPy 里有这个函数，它的斜率要你自己写。`tanh_prime` 是斜率，
# 自变量是输入 $x$ 本身，而不是函数值 $\tanh x$。


# %%
def tanh(x):
    """The hyperbolic tangent of every entry.

    x: a number or an array of any shape. Returns the same shape.
    """
    ### BEGIN SOLUTION
    return np.tanh(x)
    ### END SOLUTION


def tanh_prime(x):
    """The slope of the hyperbolic tangent at every entry.

    x: a number or an array of any shape. Returns the same shape.
    """
    ### BEGIN SOLUTION
    return 1 - np.tanh(x) ** 2
    ### END SOLUTION


# %%
def tanh_example():
    x = np.array([[-2.0, -0.3, 0.0, 0.5, 1.0]])
    print("slope at 0 (should be 1):", tanh_prime(0.0))
    print("tanh_prime:", compare(tanh_prime(x), numerical_gradient(lambda z: np.sum(tanh(z)), x)))


show(tanh_example)

# %% [markdown]
# ## Exercise: `mse` and `mse_prime`
#
# How far is a prediction $\hat{y}$ from the truth $y$? The mean squared error takes the square of every
# difference, and the mean over **all** $n$ entries of the array, whatever its shape:
#
# $$L = \frac{1}{n} \sum_{i=1}^{n} (\hat{y}_i - y_i)^2, \qquad
# \frac{\partial L}{\partial \hat{y}_i} = \frac{2}{n}\,(\hat{y}_i - y_i).$$
#
# The derivative with respect to the *prediction* is where every backward pass begins: it is the error of the
# last layer's output. Watch its sign. Where the prediction is too large, a larger prediction makes the loss
# grow, so the derivative is positive there.
#
# Both functions take the truth first: `mse(y_true, y_pred)`.

# %% [markdown] lang="zh_CN"
# ## 练习：`mse` 和 `mse_prime`
#
# 预测 $\hat{y}$ 离真实值 $y$ 有多远？均方误差取每个差的平方，再对数组的**全部** $n$ 个元素求平均，
# 不管数组是什么形状：
#
# $$L = \frac{1}{n} \sum_{i=1}^{n} (\hat{y}_i - y_i)^2, \qquad
# \frac{\partial L}{\partial \hat{y}_i} = \frac{2}{n}\,(\hat{y}_i - y_i).$$
#
# 每一次反向传播都从损失对*预测*的导数开始：它就是最后一层的输出误差。注意它的符号。预测偏大的地方，预测再大一点，
# 损失就会增大，所以那里的导数是正的。
#
# 两个函数的第一个参数都是真实值：`mse(y_true, y_pred)`。


# %%
def mse(y_true, y_pred):
    """The mean over all entries of the squared difference.

    y_true, y_pred: arrays of one shape. Returns a number.
    """
    ### BEGIN SOLUTION
    return np.mean((y_pred - y_true) ** 2)
    ### END SOLUTION


def mse_prime(y_true, y_pred):
    """The gradient of mse with respect to y_pred.

    y_true, y_pred: arrays of one shape. Returns an array of that shape.
    """
    ### BEGIN SOLUTION
    return 2 * (y_pred - y_true) / np.size(y_true)
    ### END SOLUTION


# %%
def mse_example():
    y_true, y_pred = np.array([[1.0, 0.0, 2.0]]), np.array([[0.5, 1.0, 2.0]])
    print("mse (should be 0.41666...):", mse(y_true, y_pred))
    gradient = numerical_gradient(lambda y: mse(y_true, y), y_pred)
    print("mse_prime:", compare(mse_prime(y_true, y_pred), gradient))


show(mse_example)

# %% [markdown]
# ## Exercise: `FCLayer`
#
# In a fully connected layer every output is a weighted sum of all the inputs, plus a bias of its own. The layer
# takes one sample at a time, and a sample is a row:
#
# $$Y = X W + b$$
#
# | array | shape | |
# |---|---|---|
# | $X$ | $(1, i)$ | the input |
# | $W$ | $(i, j)$ | attribute `weights` |
# | $b$ | $(1, j)$ | attribute `bias` |
# | $Y$ | $(1, j)$ | the output |
# | $E = \partial L / \partial Y$ | $(1, j)$ | arrives as `output_error` |
#
# **The gradients.** Written for single entries, $Y_{1q} = \sum_p X_{1p} W_{pq} + b_{1q}$. Now ask of each letter
# which outputs it touches, and add up what it does to the loss through each of them. The input $X_{1p}$ touches
# all outputs, through the row $p$ of $W$. The weight $W_{pq}$ touches a single output, $Y_{1q}$, and so does the
# bias $b_{1q}$. This gives
#
# $$\frac{\partial L}{\partial X} = E\,W^{\mathsf T}, \qquad
# \frac{\partial L}{\partial W} = X^{\mathsf T} E, \qquad
# \frac{\partial L}{\partial b} = E.$$
#
# Check the shapes: $(1, j)(j, i)$, then $(i, 1)(1, j)$, then $(1, j)$. The gradient of the weights is a table
# with a row for every input and a column for every output: what came in times what went wrong.
#
# Think of the first two of the three rules above when you put the lines in order.

# %% [markdown] lang="zh_CN"
# ## 练习：`FCLayer`
#
# 在全连接层中，每个输出都是所有输入的加权和，再加上自己的偏置。这一层每次处理一个样本，样本是一行：
#
# $$Y = X W + b$$
#
# | 数组 | 形状 | |
# |---|---|---|
# | $X$ | $(1, i)$ | 输入 |
# | $W$ | $(i, j)$ | 属性 `weights` |
# | $b$ | $(1, j)$ | 属性 `bias` |
# | $Y$ | $(1, j)$ | 输出 |
# | $E = \partial L / \partial Y$ | $(1, j)$ | 以 `output_error` 传来 |
#
# **梯度**。按单个元素写，$Y_{1q} = \sum_p X_{1p} W_{pq} + b_{1q}$。现在对每个字母都问一问：它影响哪些输出？
# 再把它通过这些输出对损失的作用加起来。输入 $X_{1p}$ 通过 $W$ 的第 $p$ 行影响所有的输出。
# 权重 $W_{pq}$ 只影响一个输出 $Y_{1q}$，偏置 $b_{1q}$ 也是。于是
#
# $$\frac{\partial L}{\partial X} = E\,W^{\mathsf T}, \qquad
# \frac{\partial L}{\partial W} = X^{\mathsf T} E, \qquad
# \frac{\partial L}{\partial b} = E.$$
#
# 检查形状：$(1, j)(j, i)$，然后 $(i, 1)(1, j)$，然后 $(1, j)$。权重的梯度是一张表，每个输入一行，每个输出一列：
# 进来的值，乘以出错的量。
#
# 安排各行代码的顺序时，想一想上面三条规则中的前两条。


# %%
class FCLayer(Layer):
    """A fully connected layer for one sample at a time."""

    def __init__(self, input_shape, output_shape):
        """input_shape: (1, i); output_shape: (1, j). Draws weights (i, j); the bias (1, j) begins at 0."""
        super().__init__()
        self.input_shape = input_shape
        self.output_shape = output_shape
        self.weights = np.random.normal(0, input_shape[1] ** -0.5, (input_shape[1], output_shape[1]))
        self.bias = np.zeros((1, output_shape[1]))

    def forward_propagation(self, input):
        """The weighted sums of the inputs, plus the biases.

        input: (1, i). Returns (1, j).
        """
        ### BEGIN SOLUTION
        self.input = input
        self.output = input @ self.weights + self.bias
        return self.output
        ### END SOLUTION

    def backward_propagation(self, output_error, learning_rate):
        """One step of `weights` and `bias` against their gradients.

        output_error: (1, j). Returns the input error (1, i), found with the weights before the step.
        """
        ### BEGIN SOLUTION
        input_error = output_error @ self.weights.T
        self.weights = self.weights - learning_rate * self.input.T @ output_error
        self.bias = self.bias - learning_rate * output_error
        return input_error
        ### END SOLUTION


# %%
def fc_example():
    np.random.seed(1)
    layer = FCLayer((1, 4), (1, 3))
    check_layer(layer, np.random.normal(size=(1, 4)))


show(fc_example)

# %% [markdown]
# ## Exercise: `ActivationLayer`
#
# This layer applies a function $f$ to every entry, and it is told at its making which one: it gets $f$ and the
# slope $f'$ as functions of $x$.
#
# $$Y = f(X), \qquad \frac{\partial L}{\partial X} = E \odot f'(X)$$
#
# The circle means entry by entry: an entry of the input touches one entry of the output and no other. The slope
# is taken where the function was used, at the *input*. There is nothing to learn here, so the learning rate is
# not used. Input, output and both errors have one and the same shape.

# %% [markdown] lang="zh_CN"
# ## 练习：`ActivationLayer`
#
# 这一层对每个元素使用函数 $f$，具体是哪个函数，在创建时告诉它：它得到 $f$ 和斜率 $f'$，两者都是 $x$ 的函数。
#
# $$Y = f(X), \qquad \frac{\partial L}{\partial X} = E \odot f'(X)$$
#
# 圆圈表示逐元素相乘：输入的一个元素只影响输出的一个元素。斜率要在函数被使用的地方取，也就是在*输入*处。
# 这里没有要学习的东西，所以用不到学习率。输入、输出和两个误差的形状全都相同。


# %%
class ActivationLayer(Layer):
    """A function applied to every entry."""

    def __init__(self, input_shape, activation, activation_prime):
        """input_shape: any shape; activation and activation_prime: functions of an array, f and its slope."""
        super().__init__()
        self.input_shape = input_shape
        self.output_shape = input_shape
        self.activation = activation
        self.activation_prime = activation_prime

    def forward_propagation(self, input):
        """The activation of every entry.

        input: the input shape. Returns the same shape.
        """
        ### BEGIN SOLUTION
        self.input = input
        self.output = self.activation(input)
        return self.output
        ### END SOLUTION

    def backward_propagation(self, output_error, learning_rate):  # noqa: ARG002
        """The error of the input; there is nothing to learn.

        output_error: the input shape. Returns the same shape.
        """
        ### BEGIN SOLUTION
        return self.activation_prime(self.input) * output_error
        ### END SOLUTION


# %%
def activation_example():
    x = np.random.default_rng(2).normal(size=(1, 5))
    check_layer(ActivationLayer((1, 5), tanh, tanh_prime), x)


show(activation_example)

# %% [markdown]
# ## Exercise: `Network`
#
# A network is a list of layers and a loss. `add` and `use` are given; `predict` and `fit` are yours.
#
# `predict(x)` sends every sample of `x` through all the layers, first to last, and returns the **list** of the
# outputs, one for each sample.
#
# `fit(x_train, y_train, epochs, learning_rate)` is the training. An epoch goes once through all the samples, in
# the order in which they stand. For every sample:
#
# 1. forward through the layers, which gives the prediction;
# 2. the derivative of the loss with respect to the prediction, which is the first error;
# 3. backward through the layers, in the **opposite** order, each handing its input error to the one before it.
#
# In step 3 the layers learn, so the next sample already meets better weights: one update a sample, not one an
# epoch. This is called stochastic gradient descent. The loss itself is not needed for it, only its derivative;
# if you want to watch the training, print the loss, but do not return anything.
#
# **XOR.** The example trains a network on the exclusive or: the output should be 1 where exactly one of the two
# inputs is 1. No straight line separates the ones from the zeros, so a single fully connected layer cannot learn
# it; with a hidden layer of three and a bend in between it can. Success depends on the random weights at the
# start. From some of them even right code runs into a dead end, so one bad run proves nothing, and neither does
# one good run: wrong gradients often learn too, only worse. Trust the differences.

# %% [markdown] lang="zh_CN"
# ## 练习：`Network`
#
# 网络就是一串层，加上一个损失函数。`add` 和 `use` 已经给出，`predict` 和 `fit` 由你来写。
#
# `predict(x)` 让 `x` 的每个样本从第一层到最后一层通过所有的层，返回各样本输出的**列表**，每个样本一个。
#
# `fit(x_train, y_train, epochs, learning_rate)` 是训练。一个轮次（epoch）把所有样本按它们排列的顺序走一遍。
# 对每个样本：
#
# 1. 前向经过各层，得到预测；
# 2. 求损失对预测的导数，这是第一个误差；
# 3. 按**相反**的顺序反向经过各层，每一层把自己的输入误差交给前面那一层。
#
# 各层在第 3 步学习，所以下一个样本遇到的已经是改进过的权重：每个样本更新一次，而不是每个轮次更新一次。
# 这叫作随机梯度下降。训练用不到损失本身，只用到它的导数；如果想观察训练，可以打印损失，但不要返回任何东西。
#
# **异或**。示例训练一个网络来学习异或：两个输入中恰好有一个为 1 时，输出应为 1。没有一条直线能把 1 和 0 分开，
# 所以单独一个全连接层学不会；有了含三个神经元的隐藏层，中间再有一个弯曲的函数，就能学会。成不成功，
# 取决于开始时的随机权重。从某些权重出发，连正确的代码也会走进死胡同，所以一次失败说明不了什么，一次成功也一样：
# 错误的梯度常常也能学到东西，只是差一些。请相信差分。


# %%
class Network:
    """Layers in a row, and a loss to train them with."""

    def __init__(self):
        self.layers = []
        self.loss = None
        self.loss_prime = None

    def add(self, layer):
        """Puts a layer behind those that are there."""
        self.layers.append(layer)

    def use(self, loss, loss_prime):
        """Sets the loss and its gradient: functions of (y_true, y_pred), such as mse and mse_prime."""
        self.loss = loss
        self.loss_prime = loss_prime

    def predict(self, x):
        """The outputs for all samples.

        x: samples, a list or an array whose first axis counts them, each of the first layer's input shape.
        Returns a list of as many outputs.
        """
        ### BEGIN SOLUTION
        outputs = []
        for sample in x:
            signal = sample
            for layer in self.layers:
                signal = layer.forward_propagation(signal)
            outputs.append(signal)
        return outputs
        ### END SOLUTION

    def fit(self, x_train, y_train, epochs, learning_rate):
        """Trains the layers: `epochs` times through all samples in order, one update a sample.

        x_train: samples as for `predict`; y_train: as many wanted outputs, each of the last layer's output shape.
        """
        ### BEGIN SOLUTION
        for _ in range(epochs):
            for sample, wanted in zip(x_train, y_train, strict=True):
                error = self.loss_prime(wanted, self.predict([sample])[0])
                for layer in reversed(self.layers):
                    error = layer.backward_propagation(error, learning_rate)
        ### END SOLUTION


# %%
def xor_example():
    x = np.array([[[0.0, 0.0]], [[0.0, 1.0]], [[1.0, 0.0]], [[1.0, 1.0]]])
    y = np.array([[[0.0]], [[1.0]], [[1.0]], [[0.0]]])
    np.random.seed(3)
    net = Network()
    net.add(FCLayer((1, 2), (1, 3)))
    net.add(ActivationLayer((1, 3), tanh, tanh_prime))
    net.add(FCLayer((1, 3), (1, 1)))
    net.add(ActivationLayer((1, 1), tanh, tanh_prime))
    net.use(mse, mse_prime)
    for epochs in (0, 200, 400, 400):
        net.fit(x, y, epochs, learning_rate=0.1)
        print(f"{epochs:4} epochs more, loss {mse(y, np.array(net.predict(x))):.5f}")
    print("predictions (should be near 0, 1, 1, 0):", *np.ravel(net.predict(x)).round(2))


show(xor_example)

# %% [markdown]
# ## Exercise: `ConvLayer`
#
# In an image, what matters is local: an edge is an edge wherever it lies. A convolutional layer therefore looks
# through a small window, its **kernel**, and moves the same window over the whole image. A few weights serve
# all positions.
#
# An image here has the shape $(i, j, d)$: rows, columns and channels (colours, or the outputs of a layer
# before). The kernel covers $m \times n$ pixels and all the channels, and there are $k$ kernels, each of which
# makes one channel of the output. The window stays inside the image and moves by one pixel at a time, so it has
# $i - m + 1$ positions down and $j - n + 1$ across.
#
# | array | shape | |
# |---|---|---|
# | $X$ | $(i, j, d)$ | the input |
# | $W$ | $(m, n, d, k)$ | attribute `weights` |
# | $b$ | $(k,)$ | attribute `bias` |
# | $Y$ and $E$ | $(i - m + 1,\ j - n + 1,\ k)$ | the output and its error |
#
# **Forward.** At every position, multiply what lies under the window with the kernel and add everything up, then
# add the bias:
#
# $$Y_{uvq} = b_q + \sum_{a=0}^{m-1} \sum_{c=0}^{n-1} \sum_{s=0}^{d-1} X_{u+a,\ v+c,\ s}\, W_{a c s q}$$
#
# This is called the valid **correlation**. (A *convolution*, strictly, would turn the kernel upside down and left
# to right first. The field kept the name and dropped the turn.) Mind where the bias stands: outside of the sums.
# It is added once to each output, not once for every input channel. If you build up the output in a loop over
# channels, add the bias before or after the loop, but not inside.
#
# **The bias.** $b_q$ is added to the output $q$ at every position, and influences the loss along as many paths as
# there are positions. Paths are added. In each of them the bias counts once, whatever the number of input
# channels:
#
# $$\frac{\partial L}{\partial b_q} = \sum_{u} \sum_{v} E_{uvq}$$
#
# **The kernels.** The weight $W_{acsq}$ was used at every position $(u, v)$ as well, and met there the pixel
# $X_{u+a,\ v+c,\ s}$:
#
# $$\frac{\partial L}{\partial W_{acsq}} = \sum_{u} \sum_{v} X_{u+a,\ v+c,\ s}\, E_{uvq}$$
#
# Look at it again: this is a valid correlation too, of the input's channel $s$ with the error's channel $q$, as
# if the error were the kernel. Its shape is $i - (i - m + 1) + 1 = m$ by $n$, as it should be.
#
# **The input.** Follow one pixel. The window covers it in several positions, and in each with another weight. In
# the position $(u, v)$, the pixel $(g, h)$ lies under the weight $a = g - u$, $c = h - v$, where there is one:
#
# $$\frac{\partial L}{\partial X_{ghs}} = \sum_{u} \sum_{v} \sum_{q} E_{uvq}\, W_{g-u,\ h-v,\ s,\ q}$$
#
# As $u$ goes up, $g - u$ goes down. So this is the correlation of the error with the kernel **flipped** in both of
# its first two axes, and the window may overlap the error at the edges, as if there were $m - 1$ rows and $n - 1$
# columns of zeros on each side. That is called a *full* correlation, and its shape is $(i - m + 1) + (m - 1) = i$
# by $j$ again. The channels of the output are summed over, because a pixel influences all of them.
#
# There is a second way to read the same formula, which needs neither zeros nor flips: let every position hand its
# error back to the pixels that it covered, each multiplied by the weight that it met, and **add** up what arrives
# at each pixel.
#
# Loops are fine, and NumPy's slices make them short. Test with sizes that are all different.

# %% [markdown] lang="zh_CN"
# ## 练习：`ConvLayer`
#
# 在图像中，重要的是局部：一条边缘无论在哪里都是边缘。所以卷积层通过一个小窗口来看图像，这个窗口叫**卷积核**，
# 并且用同一个窗口扫过整幅图像。几个权重就能用于所有的位置。
#
# 这里的图像形状是 $(i, j, d)$：行、列和通道（颜色，或前一层的输出）。卷积核覆盖 $m \times n$ 个像素和所有通道，
# 共有 $k$ 个卷积核，每个产生输出的一个通道。窗口不超出图像，每次移动一个像素，所以往下有 $i - m + 1$ 个位置，
# 往右有 $j - n + 1$ 个位置。
#
# | 数组 | 形状 | |
# |---|---|---|
# | $X$ | $(i, j, d)$ | 输入 |
# | $W$ | $(m, n, d, k)$ | 属性 `weights` |
# | $b$ | $(k,)$ | 属性 `bias` |
# | $Y$ 和 $E$ | $(i - m + 1,\ j - n + 1,\ k)$ | 输出和它的误差 |
#
# **前向**。在每个位置，把窗口下的值与卷积核逐个相乘，全部加起来，再加上偏置：
#
# $$Y_{uvq} = b_q + \sum_{a=0}^{m-1} \sum_{c=0}^{n-1} \sum_{s=0}^{d-1} X_{u+a,\ v+c,\ s}\, W_{a c s q}$$
#
# 这叫作有效（valid）**互相关**。（严格地说，*卷积*要先把卷积核上下、左右各翻转一次。这个领域保留了名字，
# 省去了翻转。）注意偏置的位置：它在求和号的外面。每个输出只加一次偏置，而不是每个输入通道各加一次。
# 如果你用循环逐个通道地累加输出，偏置要加在循环之前或之后，不要加在循环里面。
#
# **偏置**。$b_q$ 加在输出 $q$ 的每个位置上，有多少个位置，就沿多少条路径影响损失。路径要相加。
# 在每条路径上偏置只算一次，与输入通道的个数无关：
#
# $$\frac{\partial L}{\partial b_q} = \sum_{u} \sum_{v} E_{uvq}$$
#
# **卷积核**。权重 $W_{acsq}$ 同样用在每个位置 $(u, v)$ 上，在那里遇到的是像素 $X_{u+a,\ v+c,\ s}$：
#
# $$\frac{\partial L}{\partial W_{acsq}} = \sum_{u} \sum_{v} X_{u+a,\ v+c,\ s}\, E_{uvq}$$
#
# 再看一眼：这也是一个有效互相关，是输入的通道 $s$ 与误差的通道 $q$ 之间的，就好像误差是卷积核。
# 它的形状是 $i - (i - m + 1) + 1 = m$ 乘 $n$，正如所料。
#
# **输入**。跟踪一个像素。窗口在好几个位置上盖住它，每个位置上用的权重都不同。在位置 $(u, v)$，
# 像素 $(g, h)$ 位于权重 $a = g - u$，$c = h - v$ 之下（如果有这个权重的话）：
#
# $$\frac{\partial L}{\partial X_{ghs}} = \sum_{u} \sum_{v} \sum_{q} E_{uvq}\, W_{g-u,\ h-v,\ s,\ q}$$
#
# $u$ 增大时，$g - u$ 减小。所以这是误差与**翻转**后的卷积核（前两个轴都翻转）的互相关，
# 而且窗口可以伸出误差的边缘，就好像每一边都补了 $m - 1$ 行、$n - 1$ 列的零。这叫作*完全*（full）互相关，
# 它的形状又是 $(i - m + 1) + (m - 1) = i$ 乘 $j$。对输出的通道要求和，因为一个像素会影响所有的输出通道。
#
# 同一个公式还有第二种读法，既不用补零，也不用翻转：让每个位置把自己的误差，乘上它遇到的权重，
# 交还给它盖住的那些像素，再把到达每个像素的量**加**起来。
#
# 用循环就可以，NumPy 的切片能让循环变得很短。测试时让各个尺寸都不相同。


# %%
class ConvLayer(Layer):
    """A layer of k kernels that move over an image with d channels by steps of one pixel."""

    def __init__(self, input_shape, kernel_shape, layer_depth):
        """input_shape: (i, j, d); kernel_shape: (m, n); layer_depth: k, the number of kernels.

        Draws weights (m, n, d, k); the bias (k,) begins at 0.
        """
        super().__init__()
        (i, j, d), (m, n), k = input_shape, kernel_shape, layer_depth
        self.input_shape = input_shape
        self.output_shape = (i - m + 1, j - n + 1, k)
        self.weights = np.random.normal(0, (m * n * d) ** -0.5, (m, n, d, k))
        self.bias = np.zeros(k)

    def forward_propagation(self, input):
        """The valid correlation of the image with every kernel, plus the bias.

        input: (i, j, d). Returns (i - m + 1, j - n + 1, k).
        """
        ### BEGIN SOLUTION
        self.input = input
        rows, columns, _ = self.output_shape
        self.output = np.zeros(self.output_shape) + self.bias
        for a, c in np.ndindex(self.weights.shape[:2]):
            self.output += input[a : a + rows, c : c + columns] @ self.weights[a, c]
        return self.output
        ### END SOLUTION

    def backward_propagation(self, output_error, learning_rate):
        """One step of `weights` and `bias` against their gradients.

        output_error: (i - m + 1, j - n + 1, k). Returns the input error (i, j, d), found with the weights before
        the step.
        """
        ### BEGIN SOLUTION
        rows, columns, _ = self.output_shape
        input_error = np.zeros(self.input_shape)
        weights_error = np.zeros(self.weights.shape)
        for a, c in np.ndindex(self.weights.shape[:2]):
            window = np.s_[a : a + rows, c : c + columns]
            input_error[window] += output_error @ self.weights[a, c].T
            weights_error[a, c] = np.einsum("uvs,uvq->sq", self.input[window], output_error)
        self.weights = self.weights - learning_rate * weights_error
        self.bias = self.bias - learning_rate * output_error.sum(axis=(0, 1))
        return input_error
        ### END SOLUTION


# %%
def conv_example():
    np.random.seed(4)
    layer = ConvLayer((6, 5, 3), (3, 2), 4)
    layer.bias = np.random.normal(size=4)
    check_layer(layer, np.random.normal(size=(6, 5, 3)))


show(conv_example)

# %% [markdown]
# ## Exercise: `FlattenLayer`
#
# Images have three axes, and a fully connected layer wants a row. In between stands a layer that computes nothing:
# it lays out the $n$ entries of its input, of whatever shape, as $(1, n)$ in NumPy's usual order, the last axis
# running fastest. On the way back it gives the error the shape of the input again.

# %% [markdown] lang="zh_CN"
# ## 练习：`FlattenLayer`
#
# 图像有三个轴，全连接层要的是一行。两者之间要有一层，它什么也不计算：不管输入是什么形状，
# 都把它的 $n$ 个元素按 NumPy 的通常顺序（最后一个轴变化最快）排成 $(1, n)$。返回的路上，
# 再把误差还原成输入的形状。


# %%
class FlattenLayer(Layer):
    """All entries of an array in one row."""

    def forward_propagation(self, input):
        """The input's n entries in a row.

        input: any shape. Returns (1, n).
        """
        ### BEGIN SOLUTION
        self.input = input
        self.output = np.reshape(input, (1, -1))
        return self.output
        ### END SOLUTION

    def backward_propagation(self, output_error, learning_rate):  # noqa: ARG002
        """The error in the shape of the input; there is nothing to learn.

        output_error: (1, n). Returns the shape of the latest input.
        """
        ### BEGIN SOLUTION
        return np.reshape(output_error, np.shape(self.input))
        ### END SOLUTION


# %%
def flatten_example():
    layer = FlattenLayer()
    print("in a row:", layer.forward_propagation(np.arange(6.0).reshape(1, 3, 2)))
    print("shape on the way back:", layer.backward_propagation(np.ones((1, 6)), 0.1).shape)


show(flatten_example)

# %% [markdown]
# ## Exercise: `MaxPoolLayer`
#
# Whether an edge was found matters more than on which pixel. Pooling cuts every channel into blocks of
# $p \times q$ pixels that do not overlap, and keeps only the largest value of each:
#
# $$Y_{uvs} = \max_{0 \le a < p,\ 0 \le c < q} X_{up + a,\ vq + c,\ s}$$
#
# An image $(i, j, d)$ becomes $(i/p,\ j/q,\ d)$. You may rely on $p$ dividing $i$ and $q$ dividing $j$. The
# channels do not mix.
#
# **Backward.** Within a block, a small change of the largest value changes the output just as much; a small
# change of any other value changes nothing, because it stays below the largest. So the error of an output goes,
# whole, to the pixel that **won** its block, and all other pixels get 0. Who won was decided in the forward pass,
# so remember it, or find it again from the input that you kept. (Where two are equal, give it to one of them.
# With real numbers that hardly ever happens.)

# %% [markdown] lang="zh_CN"
# ## 练习：`MaxPoolLayer`
#
# 有没有发现边缘，比在哪个像素上发现更重要。池化把每个通道切成互不重叠的 $p \times q$ 像素的小块，
# 每块只保留最大的值：
#
# $$Y_{uvs} = \max_{0 \le a < p,\ 0 \le c < q} X_{up + a,\ vq + c,\ s}$$
#
# 图像 $(i, j, d)$ 变成 $(i/p,\ j/q,\ d)$。可以放心，$p$ 整除 $i$，$q$ 整除 $j$。通道之间不混合。
#
# **反向**。在一个小块里，最大值稍微改变，输出就改变同样多；其他的值稍微改变，什么也不变，因为它仍然比最大值小。
# 所以输出的误差整个交给在小块中**获胜**的那个像素，其余像素得 0。谁获胜在前向传播时就定了，所以要记住它，
# 或者从保存的输入中重新找出来。（如果有两个相等，交给其中一个即可。对实数来说，这几乎不会发生。）


# %%
class MaxPoolLayer(Layer):
    """The largest value of every block of an image, in each channel."""

    def __init__(self, input_shape, pool_shape):
        """input_shape: (i, j, d); pool_shape: (p, q), where p divides i and q divides j."""
        super().__init__()
        self.input_shape = input_shape
        self.pool_shape = pool_shape
        self.output_shape = (input_shape[0] // pool_shape[0], input_shape[1] // pool_shape[1], input_shape[2])

    def forward_propagation(self, input):
        """The largest value of every block.

        input: (i, j, d). Returns (i / p, j / q, d).
        """
        ### BEGIN SOLUTION
        (rows, columns, depth), (p, q) = self.output_shape, self.pool_shape
        blocks = np.reshape(input, (rows, p, columns, q, depth)).transpose(0, 2, 4, 1, 3)
        blocks = blocks.reshape(rows, columns, depth, p * q)
        self.winners = np.argmax(blocks, axis=-1, keepdims=True)
        self.output = np.max(blocks, axis=-1)
        return self.output
        ### END SOLUTION

    def backward_propagation(self, output_error, learning_rate):  # noqa: ARG002
        """Every output's error at the place of its block's winner, 0 elsewhere; there is nothing to learn.

        output_error: (i / p, j / q, d). Returns (i, j, d).
        """
        ### BEGIN SOLUTION
        (rows, columns, depth), (p, q) = self.output_shape, self.pool_shape
        blocks = np.zeros((rows, columns, depth, p * q))
        np.put_along_axis(blocks, self.winners, output_error[..., np.newaxis], axis=-1)
        blocks = blocks.reshape(rows, columns, depth, p, q).transpose(0, 3, 1, 4, 2)
        return blocks.reshape(self.input_shape)
        ### END SOLUTION


# %%
def pool_example():
    x = np.random.default_rng(6).permutation(4 * 6 * 2).reshape(4, 6, 2) / 10
    check_layer(MaxPoolLayer((4, 6, 2), (2, 3)), x)


show(pool_example)

# %% [markdown]
# ## Exercise: `DropoutLayer`
#
# A network that may lean on any single number will learn by heart. Dropout takes this away: in training, each
# entry of the input is set to 0 with the probability `rate`, independently of the others, and anew in every
# forward pass. `rate` is the fraction that is **dropped**.
#
# What is left has to speak for what is missing. With the rate $r$, a fraction $1 - r$ is kept on average, so the
# kept entries are multiplied by $1 / (1 - r)$. Then every entry has the same *mean* as without dropout:
#
# $$Y = X \odot M, \qquad
# M_e = \begin{cases} 0 & \text{with probability } r \\ \dfrac{1}{1 - r} & \text{otherwise,} \end{cases} \qquad
# \mathrm{E}[Y] = (1 - r)\,\frac{X}{1 - r} = X.$$
#
# **Backward.** $Y_e = X_e M_e$ has the slope $M_e$, so the error is multiplied by the same mask, with the
# **same** draw: an entry that was dropped had no influence on the loss and gets no error. A new draw would send
# errors to entries that had nothing to do with them. Keep the mask.
#
# **In use.** When the network is to be tested rather than trained, nothing should be left to chance. The attribute
# `training` says which it is: where somebody has set it to `False`, the layer hands on its input unchanged, and on
# the way back the error too. Thanks to the factor $1 / (1 - r)$ no other change is needed.
#
# Draw the mask with `np.random`. Input, output and errors have one shape, and it can be any.

# %% [markdown] lang="zh_CN"
# ## 练习：`DropoutLayer`
#
# 如果网络可以依赖任何一个单独的数，它就会死记硬背。dropout（随机丢弃）不让它这样做：训练时，
# 输入的每个元素都以概率 `rate` 被置为 0，各元素互相独立，每次前向传播都重新抽取。`rate` 是被**丢弃**的比例。
#
# 留下来的要替被丢弃的说话。当比例为 $r$ 时，平均保留 $1 - r$，所以保留的元素要乘以 $1 / (1 - r)$。这样，
# 每个元素的*平均值*就与没有丢弃时相同：
#
# $$Y = X \odot M, \qquad
# M_e = \begin{cases} 0 & \text{概率为 } r \\ \dfrac{1}{1 - r} & \text{其他情况，} \end{cases} \qquad
# \mathrm{E}[Y] = (1 - r)\,\frac{X}{1 - r} = X.$$
#
# **反向**。$Y_e = X_e M_e$ 的斜率是 $M_e$，所以误差要乘上同一个掩码，即**同一次**抽取的结果：
# 被丢弃的元素没有影响损失，也就得不到误差。如果重新抽取，误差就会传给与它毫无关系的元素。请把掩码保存下来。
#
# **使用时**。网络用于测试而不是训练时，什么都不应当由偶然决定。属性 `training` 说明是哪种情况：
# 如果有人把它设为 `False`，这一层就把输入原样传下去，返回的路上误差也原样传下去。因为有因子 $1 / (1 - r)$，
# 其他什么都不用改。
#
# 用 `np.random` 抽取掩码。输入、输出和误差的形状相同，可以是任意形状。


# %%
class DropoutLayer(Layer):
    """Sets entries to 0 at random while the network is trained."""

    def __init__(self, rate):
        """rate: the fraction dropped, at least 0 and below 1."""
        super().__init__()
        self.rate = rate
        self.training = True

    def forward_propagation(self, input):
        """In training, the input with some entries dropped and the others scaled up; else the input unchanged.

        input: any shape. Returns a new array of that shape.
        """
        ### BEGIN SOLUTION
        self.mask = np.ones(np.shape(input))
        if self.training:
            self.mask = (np.random.random(np.shape(input)) >= self.rate) / (1 - self.rate)
        self.output = input * self.mask
        return self.output
        ### END SOLUTION

    def backward_propagation(self, output_error, learning_rate):  # noqa: ARG002
        """The error where the latest forward pass kept the input, scaled alike; there is nothing to learn.

        output_error: the shape of the input. Returns a new array of that shape.
        """
        ### BEGIN SOLUTION
        return output_error * self.mask
        ### END SOLUTION


# %%
def dropout_example():
    np.random.seed(7)
    layer = DropoutLayer(0.3)
    x, error = np.random.uniform(1, 2, (100, 100)), np.random.uniform(1, 2, (100, 100))
    output, input_error = layer.forward_propagation(x), layer.backward_propagation(error, 0.1)
    print(f"dropped (should be about 0.3): {np.mean(output == 0):.3f}")
    print(f"mean of the output over that of the input (should be about 1): {output.mean() / x.mean():.3f}")
    print("the same mask on the way back:", compare(input_error / error, output / x))
    layer.training = False
    print("not in training, the output is the input:", compare(layer.forward_propagation(x), x))


show(dropout_example)

# %% [markdown]
# ## All together
#
# Nothing to write any more: here your layers form a small convolutional network. It looks at images of 6 by 6
# pixels with a bright bar in them and noise over everything, and learns to tell lying bars from standing ones.
# Follow the shapes through the list of layers.
#
# Before the training, the gradient of the first layer's kernels is checked. To get there the error has to pass
# through every other layer, so if these two agree, the whole library works. Dropout is switched off for the check,
# and again at the end for testing on images that the network has not seen.

# %% [markdown] lang="zh_CN"
# ## 合在一起
#
# 这里不用再写什么：你的各层在这里组成一个小型的卷积网络。它看的是 6 乘 6 像素的图像，里面有一条亮条，
# 到处都有噪声；它要学会分辨横条和竖条。请沿着层的列表，逐层跟踪形状。
#
# 训练之前，先检查第一层卷积核的梯度。误差要到达那里，必须经过所有其他的层，所以只要这里一致，整个库就能正常工作。
# 检查时关闭 dropout；最后用网络没见过的图像测试时，也把它关闭。


# %%
def bars(count, rng):
    """`count` images (6, 6, 1) of lying and standing bars in turn, with the wanted outputs 1 and -1 (1, 1)."""
    x = rng.normal(0, 0.3, (count, 6, 6, 1))
    for number, place in enumerate(rng.integers(6, size=count)):
        if number % 2 == 0:
            x[number, place, :] += 1
        else:
            x[number, :, place] += 1
    return x, np.resize([1.0, -1.0], (count, 1, 1))


def conv_net_example():
    np.random.seed(8)
    first, dropout = ConvLayer((6, 6, 1), (3, 3), 4), DropoutLayer(0.2)
    net = Network()
    net.add(first)
    net.add(ActivationLayer((4, 4, 4), tanh, tanh_prime))
    net.add(MaxPoolLayer((4, 4, 4), (2, 2)))
    net.add(FlattenLayer())
    net.add(dropout)
    net.add(FCLayer((1, 16), (1, 1)))
    net.add(ActivationLayer((1, 1), tanh, tanh_prime))
    net.use(mse, mse_prime)
    rng = np.random.default_rng(9)
    x, y = bars(40, rng)
    new_x, new_y = bars(40, rng)

    def loss_with(weights):
        first.weights = weights
        return mse(y[0], net.predict(x[:1])[0])

    def report(when):
        dropout.training = False
        outputs = np.array(net.predict(new_x))
        right = np.mean(np.sign(outputs) == new_y)
        print(f"{when}: loss {mse(new_y, outputs):.3f}, {right:.0%} of the new images are named right")
        dropout.training = True

    dropout.training = False
    start = first.weights
    gradient = numerical_gradient(loss_with, start)
    first.weights = start
    trained = copy.deepcopy(net)
    trained.fit(x[:1], y[:1], epochs=1, learning_rate=0.25)
    print("kernels of the first layer:", compare((start - trained.layers[0].weights) / 0.25, gradient))

    report("before")
    net.fit(x, y, epochs=60, learning_rate=0.03)
    report("after 60 epochs")


show(conv_net_example)
