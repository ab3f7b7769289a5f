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

# %% [markdown] lang="zh_CN"
# # 一个用图像训练的两层网络
#
# 在这份作业里，你要搭建一个学习认手写数字的网络。它有两个全连接层，中间是整流函数，最后是 softmax：
#
# ```
# images X --- affine --- ReLU --- affine --- scores --- softmax --- loss
#              W1, b1             W2, b2                 labels y
# ```
#
# （images 是图像，scores 是得分，labels 是标签，loss 是损失。）前向和反向的每一步都由你亲手写，只用 NumPy。
# 各部分都写对以后，整个网络一页纸就写得下。
#
# | 部分 | 你要写的 |
# |---|---|
# | `affine` | `affine_forward`、`affine_backward` |
# | `relu` | `relu_forward`、`relu_backward` |
# | `affine_relu` | `affine_relu_forward`、`affine_relu_backward` |
# | `softmax_loss` | 一个函数，返回损失和它的梯度 |
# | `TwoLayerNet` | 一个类，存放参数，计算损失和所有梯度 |
#
# **怎样做**。凡是看到 `raise NotImplementedError(...)` 的地方，就删掉这一行，换上你自己的代码。名字、
# 参数及其顺序保持不变。你可以添加自己的函数。每个练习下面都有一个示例来运行你的代码；在你写好之前，
# 示例只会告诉你还缺什么。

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

# %% [markdown] lang="zh_CN"
# ## 前向与反向成对，中间是缓存
#
# 网络的每个部分都由两个函数组成：
#
# ```
# out, cache = something_forward(inputs)
# gradients  = something_backward(dout, cache)
# ```
#
# **前向**计算输出。**反向**收到 `dout`，也就是损失对这个输出的梯度，并按输入的顺序返回对各个输入的梯度。
# 关于网络的其余部分，它需要知道的全在 `dout` 里：这就是链式法则的作用，
#
# $$\frac{\partial L}{\partial x} = \sum_{\text{out 的各元素}}
# \underbrace{\frac{\partial L}{\partial\,\text{out}}}_{\texttt{dout}} \cdot
# \underbrace{\frac{\partial\,\text{out}}{\partial x}}_{\text{局部的}}.$$
#
# **缓存**（cache）是前向写给反向的一封信。反向需要前向见过的某些值，例如一个乘积的两个输入，
# 而函数不会记住上一次调用的任何东西。所以前向把反向要用的交出来，谁调用这两个函数，谁就负责把它从一个带给另一个。
# 缓存里放什么、怎样放，由你决定：元组、字典、掩码都可以。除了你自己的反向函数，谁也不会打开它。这样有一个好处：
# 同一个函数可以同时用于好几层，因为每次调用都有自己的缓存，里面不会留下旧的东西。
#
# **三个习惯**：
#
# 1. 样本沿第一个轴排列：形状为 $(N, D)$ 的 `x` 含有 $N$ 个样本，每个样本 $D$ 个数。
# 2. 损失是一个数，所以梯度的形状总与它所对应的数组相同。
# 3. 传进来的数组属于调用者。可以读，但不要往里写：`out = x` 并不复制数组，只是给同一个数组起了第二个名字。
#
# ## 自查工具
#
# 这里不用写代码。`numerical_gradient` 不靠任何理论来求导数，只是把一个元素往两边各挪动一点：
#
# $$\frac{\partial f}{\partial x_i} \approx \frac{f(x + h\,e_i) - f(x - h\,e_i)}{2h}, \qquad h = 10^{-5}.$$
#
# 每一个元素都要做两次前向传播：用来训练实在太慢，用来检查却正合适，因为它对你的反向函数一无所知。
# 正确的梯度至少有大约六位数字一致。如果 `out` 是数组，我们就对 `sum(out * dout)` 这个数求导，
# 它的梯度正是反向函数应当返回的。


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

# %% [markdown] lang="zh_CN"
# ## 练习：`affine_forward` 和 `affine_backward`
#
# 这是全连接层。每个输出都是一个样本所有输入的加权和，再加上偏置：
#
# $$\text{out} = x\,w + b$$
#
# | 数组 | 形状 | 它的梯度 |
# |---|---|---|
# | `x` | $(N, D)$，或 $(N, d_1, \dots, d_k)$，其中 $D = d_1 \cdots d_k$ | `dx`，形状同 `x` |
# | `w` | $(D, M)$ | `dw`，$(D, M)$ |
# | `b` | $(M,)$ | `db`，$(M,)$ |
# | `out` | $(N, M)$ | 以 `dout` 传来，$(N, M)$ |
#
# **图像要展平**。一批彩色图像的形状是 $(N, 3, 32, 32)$。第一个轴数样本，其余的轴合成长度为 $D = 3072$ 的一个轴：
# 每幅图像一行。调用者并不知道这回事，所以 `dx` 要还原成 `x` 传来时的形状。
#
# **梯度**。写出一个元素，$\text{out}_{nm} = \sum_d x_{nd}\, w_{dm} + b_m$，然后对每个字母都问一问：
# 它影响哪些输出？再对这些输出求和。
#
# - $x_{nd}$ 影响输出的第 $n$ 行，通过权重 $w_{dm}$ 影响每一列 $m$。
# - $w_{dm}$ 影响第 $m$ 列，在每个样本 $n$ 中的因子是 $x_{nd}$。
# - $b_m$ 影响第 $m$ 列，在每个样本中的因子是 1。所有样本共用一个 $b$，所以它们的贡献要**求和**，
#   批量这个轴随之消失。是求和，不是求平均：需要平均的地方，末端的损失已经除以 $N$ 了。
#
# 前两个和是矩阵乘积。请自己推出来：写下形状 $(N, M)$、$(D, M)$ 和 $(N, D)$，看看按什么顺序、怎样转置，
# 它们才对得上。
#
# （如果你更喜欢形状为 $(1, M)$ 的偏置，`db` 也可以是这个形状。）


# %%
def affine_forward(x, w, b):
    """The weighted sums of each sample's inputs, plus the biases.

    x: (N, D), or (N, d1, ..., dk) with d1 * ... * dk = D; w: (D, M); b: (M,).
    Returns (out, cache): out of shape (N, M), and whatever `affine_backward` needs.
    """
    ### BEGIN SOLUTION
    rows = np.reshape(x, (np.shape(x)[0], -1))
    return rows @ w + b, (x, w, b)
    ### END SOLUTION


def affine_backward(dout, cache):
    """The gradients of all three inputs of `affine_forward`.

    dout: (N, M); cache: what `affine_forward` returned.
    Returns (dx, dw, db), each of the shape of its input.
    """
    ### BEGIN SOLUTION
    x, w, b = cache
    rows = np.reshape(x, (np.shape(x)[0], -1))
    dx = np.reshape(dout @ w.T, np.shape(x))
    dw = rows.T @ dout
    db = np.reshape(np.sum(dout, axis=0), np.shape(b))
    return dx, dw, db
    ### END SOLUTION


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

# %% [markdown] lang="zh_CN"
# ## 练习：`relu_forward` 和 `relu_backward`
#
# 两个 affine 层接在一起，并不比一个强：$(x w_1) w_2 = x (w_1 w_2)$。一叠层之所以称得上网络，
# 是因为层与层之间有弯曲的东西。整流函数让正数通过，把其他的数挡住，每个元素各管各的：
#
# $$\text{out} = \max(x, 0), \qquad
# \frac{\partial\,\text{out}}{\partial x} = \begin{cases} 1 & x > 0 \\ 0 & x \le 0 \end{cases}$$
#
# 每个元素都是一扇门。前向传播时由输入决定开还是关；反向传播时，梯度原封不动地通过当时开着的那些门。
# `dout` 的符号与此无关。（在 0 这一点，函数有一个尖角，没有导数；我们约定取 0。）
#
# `x`、`out`、`dout` 和 `dx` 的形状全都相同，可以是任意阶的数组。


# %%
def relu_forward(x):
    """x where it is positive, 0 elsewhere.

    x: an array of any shape.
    Returns (out, cache): out, a new array of that shape, and whatever `relu_backward` needs.
    """
    ### BEGIN SOLUTION
    return np.maximum(x, 0.0), x
    ### END SOLUTION


def relu_backward(dout, cache):
    """The gradient of the input of `relu_forward`.

    dout: shape of x; cache: what `relu_forward` returned.
    Returns dx, a new array of that shape.
    """
    ### BEGIN SOLUTION
    return np.where(cache > 0, dout, 0.0)
    ### END SOLUTION


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

# %% [markdown] lang="zh_CN"
# ## 练习：`affine_relu_forward` 和 `affine_relu_backward`
#
# 隐藏层就是一个 affine 层，后面接一个整流函数。这一对经常出现，所以给它单独的函数。不要再写一遍公式：
# 调用你已经有的函数。
#
# 两个前向函数各给你一个缓存。把两个都放进你返回的缓存里，返回的路上，再把每个交给它所对应的函数。
# 返回的路上顺序相反：前向时排在最后的，最先收到梯度，它返回的就是前面那一个的 `dout`。


# %%
def affine_relu_forward(x, w, b):
    """An affine layer, and the rectifier behind it.

    x, w, b: as for `affine_forward`.
    Returns (out, cache): out of shape (N, M), and whatever `affine_relu_backward` needs.
    """
    ### BEGIN SOLUTION
    scores, affine_cache = affine_forward(x, w, b)
    out, relu_cache = relu_forward(scores)
    return out, (affine_cache, relu_cache)
    ### END SOLUTION


def affine_relu_backward(dout, cache):
    """The gradients of all three inputs of `affine_relu_forward`.

    dout: (N, M); cache: what `affine_relu_forward` returned.
    Returns (dx, dw, db), each of the shape of its input.
    """
    ### BEGIN SOLUTION
    affine_cache, relu_cache = cache
    return affine_backward(relu_backward(dout, relu_cache), affine_cache)
    ### END SOLUTION


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

# %% [markdown] lang="zh_CN"
# ## 练习：`softmax_loss`
#
# 网络最后为每个样本给出 $C$ 个得分，可以是任意的数。softmax 把一个样本的得分变成各类别的概率，
#
# $$p_{nk} = \frac{e^{x_{nk}}}{\sum_{j=1}^{C} e^{x_{nj}}},$$
#
# 损失则问：有多少概率给了正确的类别？标签 `y` 是形状为 $(N,)$ 的整数：$y_n$ 是正确类别的编号，从 0 到 $C - 1$。
# 一个批量的损失是各样本的**平均**：
#
# $$L = -\frac{1}{N} \sum_{n=1}^{N} \log p_{n,\,y_n}$$
#
# 有了平均，10 个样本的批量与 1000 个样本的批量，损失就可以相比，训练时的步长也可以相比。梯度也随之除以样本数。
# 整个网络中，批量大小只出现在这一处：反向时排在它后面的各个函数，收到的梯度都已经除过了。
#
# **梯度**。这个函数在网络的末端，没有什么会传回来给它。所以没有 `dout`，也没有缓存，它把损失和梯度一起返回。
# 对一个样本，
#
# $$L_n = -x_{n,\,y_n} + \log \sum_j e^{x_{nj}} \quad\Longrightarrow\quad
# \frac{\partial L_n}{\partial x_{nk}} = p_{nk} - \begin{cases} 1 & k = y_n \\ 0 & \text{其他。} \end{cases}$$
#
# 也就是给出的概率减去应有的概率。不要忘了平均。（要一次取到每一行 $n$ 的第 $y_n$ 个元素，可以用两个数组作下标：
# `p[np.arange(N), y]`。）
#
# **很大的得分**。$e^{1000}$ 会溢出。从一个样本的所有得分中减去同一个数，概率都不会变，所以减去最大的那个：
# 这样没有一个指数大于 0，和也至少是 1。计算损失时，请用上面 $L_n$ 的公式，
# 而不要对一个可能已经变成 0 的概率取对数。
#
# 自查：`dx` 每一行的和都是 0。如果所有得分都相等，损失就是 $\log C$。


# %%
def softmax_loss(x, y):
    """Softmax and the mean cross entropy, with the gradient of the scores.

    x: scores, (N, C); y: integer labels from 0 to C - 1, (N,).
    Returns (loss, dx): a number, and the gradient of shape (N, C). Both are finite for very large scores too.
    """
    ### BEGIN SOLUTION
    samples = np.arange(len(x))
    shifted = x - np.max(x, axis=1, keepdims=True)
    weights = np.exp(shifted)
    sums = np.sum(weights, axis=1)
    loss = np.mean(np.log(sums) - shifted[samples, y])
    dx = weights / sums[:, None]
    dx[samples, y] -= 1
    return loss, dx / len(x)
    ### END SOLUTION


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

# %% [markdown] lang="zh_CN"
# ## 练习：`TwoLayerNet`
#
# 现在把它们连起来：
#
# ```
# X --- affine_relu (W1, b1) --- hidden --- affine (W2, b2) --- scores --- softmax_loss (y) --- loss
# ```
#
# 得分后面没有整流函数：得分完全可以是负的。
#
# **参数**放在字典 `self.params` 里，有四个名字：
#
# | 名字 | 形状 | 开始时 |
# |---|---|---|
# | `W1` | `(input_dim, hidden_dim)` | 正态分布，平均值 0，标准差 `weight_scale` |
# | `b1` | `(hidden_dim,)` | 0 |
# | `W2` | `(hidden_dim, num_classes)` | 正态分布，平均值 0，标准差 `weight_scale` |
# | `b2` | `(num_classes,)` | 0 |
#
# **为什么要随机，又为什么要小**？如果所有权重都是 0，所有隐藏单元就都是 0，得到的梯度也是 0：
# 它们永远不会变得彼此不同，也永远不会离开 0。随机数让它们有所区别。如果权重很大，得分也会很大；
# softmax 什么都还没学到，就已经十分自信，凡是猜错的地方都带来巨大的损失。权重小，得分开始时就接近 0，
# 各个类别的概率相等，最初的损失接近 $\log C$：十个类别时是 2.303。这是检查一个新网络的好办法。（太小也不好：
# 梯度经过极小的权重传回来，也会变得极小，要走许多步才有动静。多小才合适，取决于输入的大小。）偏置不需要随机，
# 用 0 就行。
#
# **损失**。`loss(X)` 返回得分。分类要用的就是它：答案是得分最大的类别。`loss(X, y)` 返回一对值：损失，
# 以及一个字典，里面按同样的四个名字存放每个参数的梯度。判断时用 `if y is None`，因为数组既不为真，也不为假。
#
# 反向时，按相反的顺序经过这一叠层。`softmax_loss` 给你得分的梯度；`affine_backward` 由它得到 `W2`、
# `b2` 和隐藏层的值的梯度，而隐藏层的值的梯度就是 `affine_relu_backward` 的 `dout`。对 `X` 的梯度也会出来，
# 这里用不到它。
#
# **正则化**。权重很多的网络，可能会把训练图像死记下来。对大的权重加以惩罚，会使它偏爱简单的答案。
# 强度为 `reg` 时，惩罚项是
#
# $$\text{penalty} = \tfrac{1}{2}\,\texttt{reg}\,\Big(\sum W_1^2 + \sum W_2^2\Big), \qquad
# \frac{\partial\,\text{penalty}}{\partial W_i} = \texttt{reg}\; W_i.$$
#
# $\frac12$ 只是为了抵消求导得到的 2。惩罚项在对批量求平均*之后*加到损失上，只加一次；
# 它的斜率加到 `W1` 和 `W2` 的梯度上。改了一个，就要改另一个：损失与梯度如果不配套，不管因子是多少，都是错误。
# 偏置不在其中。权重大，输入稍有变化，输出就大幅摆动，这正是我们要防止的；而偏置只是把输出平移，对所有输入都一样。
# 得分里不含惩罚项：它针对的是权重，而不是图像。


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
        ### BEGIN SOLUTION
        rng = np.random.default_rng()
        self.params["W1"] = weight_scale * rng.standard_normal((input_dim, hidden_dim))
        self.params["b1"] = np.zeros(hidden_dim)
        self.params["W2"] = weight_scale * rng.standard_normal((hidden_dim, num_classes))
        self.params["b2"] = np.zeros(num_classes)
        ### END SOLUTION

    def loss(self, X, y=None):
        """The scores of the samples; with labels, the loss and its gradients.

        X: (N, input_dim), or (N, ...) where the axes after the first have input_dim entries together;
        y: integer labels, (N,), or None.
        Returns scores of shape (N, num_classes) when y is None; otherwise (loss, grads), a number and a
        dictionary with the keys of `params`, each gradient of the shape of its parameter.
        """
        ### BEGIN SOLUTION
        W1, b1, W2, b2 = (self.params[name] for name in ("W1", "b1", "W2", "b2"))
        hidden, hidden_cache = affine_relu_forward(X, W1, b1)
        scores, scores_cache = affine_forward(hidden, W2, b2)
        if y is None:
            return scores

        loss, dscores = softmax_loss(scores, y)
        loss = loss + 0.5 * self.reg * (np.sum(W1 * W1) + np.sum(W2 * W2))
        dhidden, dW2, db2 = affine_backward(dscores, scores_cache)
        _, dW1, db1 = affine_relu_backward(dhidden, hidden_cache)
        return loss, {"W1": dW1 + self.reg * W1, "b1": db1, "W2": dW2 + self.reg * W2, "b2": db2}
        ### END SOLUTION


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

# %% [markdown] lang="zh_CN"
# ## 训练
#
# 从这里开始不用再写什么。梯度下降分成小份来做：随机取几个样本，计算损失和梯度，
# 让每个参数朝与自己的梯度相反的方向走一小步。`accuracy` 是准确率，即得分最大的类别正好正确的图像所占的比例。


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

# %% [markdown] lang="zh_CN"
# ### 手写数字
#
# 文件 `digits.npz` 里有 1797 个手写数字，由 13 个人写成，是 8 x 8 像素的图像。
# （它们是 E. Alpaydin 和 C. Kaynak 的 *Optical Recognition of Handwritten Digits* 的一部分，
# 来自 UCI Machine Learning Repository，<https://doi.org/10.24432/C50P49>，许可协议为 CC BY 4.0。）
# 请把它与本文件放在一起。
#
# 我们用前 1500 个训练，用剩下的 297 个测试。瞎猜的话，有 10 % 是对的。学过的图像和新的图像，网络各能认对多少？
# 如果把 `reg` 加大到十倍或一百倍，这两个数又会怎样？


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

# %% [markdown] lang="zh_CN"
# ### CIFAR-10（选做）
#
# 这是 32 x 32 像素的彩色照片，分为十个类别，从飞机到卡车。它们要难得多：不要指望我们这样的网络能认对一半。
# 数据集太大，没法随作业一起发。请从它的主页（<https://www.cs.toronto.edu/~kriz/cifar.html>）
# 下载*二进制版本*（binary version），解压，然后把含有 `data_batch_1.bin` 的文件夹写在下面的引号之间。
#
# 格式再简单不过：没有文件头，每幅图像用一个字节存标签，3072 个字节存像素，红、绿、蓝各 1024 个，按行排列。
# 我们读取前 5000 幅图像来训练，前 500 幅来测试。

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
