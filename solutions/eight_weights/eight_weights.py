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

# %% [markdown] lang="zh_CN"
# # 八个权重：亲手做梯度下降与链式法则
#
# 这里有一个小到可以在一张纸上算完的网络：两个输入，两个隐藏神经元，两个输出，中间有八个权重。没有可以藏身的层，
# 没有矩阵，连偏置也没有。每个权重都有名字，它的梯度也有名字。你在这里用八个数做的事，
# 正是大型程序库用几十亿个数做的事。
#
# 你要写四个函数：
#
# | 练习 | 做什么 |
# |---|---|
# | `sigmoid` | 把任意的数压缩到 0 与 1 之间 |
# | `forward_propagate` | 从输入到输出，再到误差 |
# | `back_propagate` | 从误差到它对每个权重的导数 |
# | `update_w` | 往下坡走一步 |
#
# **怎样做**。凡是看到 `raise NotImplementedError(...)` 的地方，就删掉这一行，换上你自己的代码。名字、
# 参数及其顺序保持不变。你可以添加自己的函数。每个练习下面都有一个示例来运行你的代码；在你写好之前，
# 示例只会告诉你还缺什么。
#
# **两个习惯**，可以省下好几个小时：
#
# 1. **要返回，不要只打印**。打印出来的数就没有了，而下一个函数还要用它。
# 2. **保留所有位数**。打印时可以取整，返回值绝不要取整。只留两位小数，$-0.0084$ 这个梯度就差了五分之一；
#    只留一位，梯度就没有了。

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

# %% [markdown] lang="zh_CN"
# ## 网络
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
# （should become：应当成为。）一条线把一个值从左传到右，并乘上它的权重。神经元把传来的值加起来，
# 再让这个和通过 sigmoid。哪个权重在哪条线上，值得牢牢记住：这里只要错一处，后面就全错了。
#
# | 权重 | 从 | 到 | | 权重 | 从 | 到 |
# |---|---|---|---|---|---|---|
# | $w_1$ | $x_1$ | $h_1$ | | $w_5$ | $h_1$ | $o_1$ |
# | $w_2$ | $x_1$ | $h_2$ | | $w_6$ | $h_1$ | $o_2$ |
# | $w_3$ | $x_2$ | $h_1$ | | $w_7$ | $h_2$ | $o_1$ |
# | $w_4$ | $x_2$ | $h_2$ | | $w_8$ | $h_2$ | $o_2$ |
#
# 可见，奇数号的权重通向下一列上方的神经元，偶数号的通向下方的神经元。看看 $w_2$ 和 $w_3$：它们是交叉的。
#
# 代码中的 `out_h1`、`out_h2`、`out_o1` 和 `out_o2` 是四个神经元的输出，也就是*经过* sigmoid 之后的值。
#
# 下面的示例都使用同一个样本和同一组权重。

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

# %% [markdown] lang="zh_CN"
# ## 练习：`sigmoid`
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}}$$
#
# 无论输入什么，输出总是 0 与 1 之间的数：$z$ 是很小的负数时接近 0，$z = 0$ 时恰好是二分之一，$z$ 很大时接近 1。
# （写完后代入一个很大的正数试试。如果得到的数接近 0，就检查一下指数的符号。）
#
# 你很快就会用到它的斜率，而斜率只用输出就能算出来：
#
# $$\sigma'(z) = \frac{e^{-z}}{(1 + e^{-z})^2}
# = \frac{1}{1 + e^{-z}} \cdot \left(1 - \frac{1}{1 + e^{-z}}\right)
# = \sigma(z)\,\bigl(1 - \sigma(z)\bigr).$$
#
# 所以，输出为 $a$ 的神经元，斜率是 $a\,(1 - a)$。注意不要让 $a$ 再通过一次 sigmoid。


# %%
def sigmoid(z):
    """The sigmoid of a number.

    z: a number. Returns a number from 0 to 1.
    """
    ### BEGIN SOLUTION
    return 1 / (1 + np.exp(-z))
    ### END SOLUTION


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

# %% [markdown] lang="zh_CN"
# ## 练习：`forward_propagate`
#
# 顺着箭头走。隐藏神经元把两个输入各乘上线上的权重，加起来，再对这个和使用 sigmoid；
# 输出神经元对两个隐藏神经元的输出做同样的事。权重请从上面的图中读出。
#
# 输出离目标有多远？误差是*平方和的一半*：
#
# $$E = \tfrac12 \left[(o_1 - y_1)^2 + (o_2 - y_2)^2\right]$$
#
# 乘上一半只是为了方便：对平方求导会多出因子 2，正好与这一半抵消。
#
# 按以下顺序返回五个数：两个输出，两个隐藏神经元的输出，误差。用上面的样本和权重，你应该得到
#
# | `out_o1` | `out_o2` | `out_h1` | `out_h2` | `error` |
# |---|---|---|---|---|
# | 0.476945759 | 0.528696400 | 0.562176501 | 0.495000167 | 0.209709794 |
#
# 如果只有隐藏神经元的输出对得上，就检查 $w_6$ 和 $w_7$；如果一个都对不上，先检查 $w_2$ 和 $w_3$。


# %%
def forward_propagate(x1, x2, y1, y2, w1, w2, w3, w4, w5, w6, w7, w8):
    """From the inputs to the outputs and the error.

    x1, x2: inputs; y1, y2: what the outputs should become; w1 to w8: weights. All are numbers.
    Returns (out_o1, out_o2, out_h1, out_h2, error).
    """
    ### BEGIN SOLUTION
    out_h1 = sigmoid(w1 * x1 + w3 * x2)
    out_h2 = sigmoid(w2 * x1 + w4 * x2)
    out_o1 = sigmoid(w5 * out_h1 + w7 * out_h2)
    out_o2 = sigmoid(w6 * out_h1 + w8 * out_h2)
    error = ((out_o1 - y1) ** 2 + (out_o2 - y2) ** 2) / 2
    return out_o1, out_o2, out_h1, out_h2, error
    ### END SOLUTION


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

# %% [markdown] lang="zh_CN"
# ## 该怪谁？链式法则
#
# 误差太大了。该改哪个权重，往哪个方向改，改多少？答案就是导数 $\partial E / \partial w$：它说明 $w$ 稍微增大时，
# $E$ 会增大多少。每个权重有一个这样的数，合起来就是**梯度**。
#
# **输出层的权重**。从 $w_5$ 到 $E$ 有三步：$w_5$ 改变到达 $o_1$ 的和，这个和改变输出，输出再改变误差。
# 沿着一条链，导数要相乘：
#
# $$\frac{\partial E}{\partial w_5}
# = \frac{\partial E}{\partial o_1} \cdot \frac{\partial o_1}{\partial \text{in}_{o_1}}
# \cdot \frac{\partial \text{in}_{o_1}}{\partial w_5}.$$
#
# 前两个因子与我们问的是哪个传入的权重无关。它们属于这个神经元，合称它的 **delta**：到达这个神经元的和稍微增大时，
# $E$ 会增大多少。对于输出为 $o_k$、目标为 $y_k$ 的输出神经元，
#
# $$\delta_{o_k} = (o_k - y_k) \cdot o_k\,(1 - o_k).$$
#
# 第三个因子，就是在那个和里与权重相乘的值。所以每个权重的梯度是*线的末端的 delta，乘以线的起点的值*。
# 如果输出完全正确，delta 就是 0，什么也不用改。
#
# **隐藏层的权重**。规则一样：线的末端的 delta，乘以起点的值，现在起点的值是 $x_1$ 或 $x_2$。
# 我们只缺隐藏神经元的 delta。隐藏神经元的输出沿**两条**路径影响误差，一条经过 $o_1$，一条经过 $o_2$，
# 几条路径的贡献要相加。在每条路径上，输出神经元的 delta 沿着两个神经元之间的线传回来，
# 并且要**乘上这条线的权重**。因为 $h_j$ 稍微增大时，到达 $o_k$ 的和增大的量，正是这个增量*乘以权重*。
# 在两条路径的后面，还有隐藏神经元自己的斜率：
#
# $$\delta_{h_j} = \Bigl(\;\sum_{k=1}^{2} \delta_{o_k} \cdot w_{h_j \to o_k}\Bigr) \cdot h_j\,(1 - h_j).$$
#
# 这里 $w_{h_j \to o_k}$ 是从 $h_j$ 到 $o_k$ 那条线上的权重，请从图中读出。前向时，值沿着线从左往右流，
# 并乘上权重；反向时，delta 沿着同样的线从右往左流，并乘上同样的权重。反向传播就是这么一回事。

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

# %% [markdown] lang="zh_CN"
# ## 练习：`back_propagate`
#
# 它接受 `forward_propagate` 的结果、样本，以及 delta 传回来时要经过的四个权重，按权重的顺序返回误差的八个导数。
# 先求四个 delta，再求八个乘积。
#
# 用上面的样本和权重，你应该得到
#
# | `d_w1` | `d_w2` | `d_w3` | `d_w4` |
# |---|---|---|---|
# | -0.008421480 | 0.012606653 | -0.005052888 | 0.007563992 |
#
# | `d_w5` | `d_w6` | `d_w7` | `d_w8` |
# |---|---|---|---|
# | 0.034632989 | 0.083866100 | 0.030494579 | 0.073844661 |
#
# ### 一个流传很广的错误
#
# 你可能在别处见过这道题，连数字都一样，其中却有一个错误，从一个网页抄到另一个网页。为了从输出神经元回到 $h_1$，
# 它把 `d_w5 + d_w6` 加了起来，对 $h_2$ 则用 `d_w7 + d_w8`。这样得到的是
#
# | | `d_w1` | `d_w2` | `d_w3` | `d_w4` |
# |---|---|---|---|---|
# | 正确 | -0.008421480 | 0.012606653 | -0.005052888 | 0.007563992 |
# | 错误 | +0.014583332 | 0.013041101 | +0.008749999 | 0.007824660 |
#
# 而 `d_w5` 到 `d_w8` 是对的。四个数中有两个连符号都不对。问题出在哪里？到达 $o_1$ 的和里有乘积 $w_5\,h_1$。
# 问它随 $w_5$ 怎样变，答案是 $h_1$；问它随 $h_1$ 怎样变，答案是 $w_5$。`d_w5` 回答的是第一个问题，
# 而要继续往回走，需要的是第二个。在错误的版本里，权重 $w_5$ 到 $w_8$ 根本没有出现。
# 现在设想从 $h_1$ 出发的两条线，权重都是 0。那么 $h_1$ 中无论发生什么都影响不到误差，
# $w_1$ 和 $w_3$ 的梯度就必须是 0。错误的版本会察觉到吗？
#
# 这怎么会没人发现？**因为误差照样会下降**。四个输出权重的梯度是对的，
# 而整个错误的梯度与正确的梯度夹角很小（余弦为 0.976），顺着它走也是下坡，只是没有那么陡。步长 0.5 走十步，
# 错误的版本把误差降到 0.149096，正确的版本降到 0.146531；从误差曲线上永远看不出这个差别。误差下降，
# 不能证明梯度正确。
#
# ### 什么才能证明：有限差分
#
# 导数说的是，一个权重稍微增大时误差增大多少。那就照做：把一个权重增大一个很小的 $h$，做一次前向传播；
# 再把它减小 $h$，再做一次；其他权重都不动。
#
# $$\frac{\partial E}{\partial w} \approx \frac{E(w + h) - E(w - h)}{2h}, \qquad h = 10^{-5}$$
#
# 为了八个数要做十六次前向传播，所以不能用来训练。但它不知道什么是 delta，也就不会重犯你的错误。
# 下面的示例把两者并排列出：小数点后应有九位一致。如果哪一行对不上，它的符号和比值就是你能得到的最好线索。
# （`back_propagate` 本身必须用链式法则来写。）


# %%
def back_propagate(out_o1, out_o2, out_h1, out_h2, x1, x2, y1, y2, w5, w6, w7, w8):
    """How the error changes with each of the eight weights.

    out_o1 to out_h2: the outputs of the four neurons, from the forward pass; x1, x2: inputs; y1, y2: what
    the outputs should become; w5 to w8: the weights of the lines to the outputs. All are numbers.
    Returns (d_w1, d_w2, d_w3, d_w4, d_w5, d_w6, d_w7, d_w8).
    """
    ### BEGIN SOLUTION
    delta_o1 = (out_o1 - y1) * out_o1 * (1 - out_o1)
    delta_o2 = (out_o2 - y2) * out_o2 * (1 - out_o2)
    delta_h1 = (delta_o1 * w5 + delta_o2 * w6) * out_h1 * (1 - out_h1)
    delta_h2 = (delta_o1 * w7 + delta_o2 * w8) * out_h2 * (1 - out_h2)

    d_w1, d_w2 = delta_h1 * x1, delta_h2 * x1
    d_w3, d_w4 = delta_h1 * x2, delta_h2 * x2
    d_w5, d_w6 = delta_o1 * out_h1, delta_o2 * out_h1
    d_w7, d_w8 = delta_o1 * out_h2, delta_o2 * out_h2
    return d_w1, d_w2, d_w3, d_w4, d_w5, d_w6, d_w7, d_w8
    ### END SOLUTION


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

# %% [markdown] lang="zh_CN"
# ## 练习：`update_w`
#
# 梯度指向上坡。为了减小误差，每个权重都要朝着与自己的导数*相反*的方向走一步：
#
# $$w \leftarrow w - \text{step} \cdot \frac{\partial E}{\partial w}$$
#
# `step` 也叫**学习率**，它决定走多远。梯度只保证步子*足够小*时误差会下降，却没有说多小才够：
#
# - 太小，明年才能走到。
# - 太大，会一步跨过山谷。对 sigmoid 来说还可能更糟：一大步就把神经元推得太远，使它的输出几乎恰好是 0 或 1。
#   在那里，它的斜率 $a\,(1 - a)$ 几乎是 0，delta 也几乎是 0，以后再走多少步都回不来。
#
# 步长只属于这里，不属于别处：`back_propagate` 与它无关。而且八个梯度都属于*同一组*旧权重。先把它们全部求出来，
# 然后才改权重；如果 delta 经过一个已经改过的权重传回来，那它就不属于任何一个网络了。
#
# 按顺序返回八个新权重。步长为 0.5，$w_1 = 0.2$，`d_w1` $= -0.00842148$ 时，新的 $w_1$ 是 0.20421074：导数为负，
# 权重就增大。


# %%
def update_w(step, w1, w2, w3, w4, w5, w6, w7, w8, d_w1, d_w2, d_w3, d_w4, d_w5, d_w6, d_w7, d_w8):
    """One step of gradient descent.

    step: the step size; w1 to w8: weights; d_w1 to d_w8: how the error changes with each. All are numbers.
    Returns the new (w1, w2, w3, w4, w5, w6, w7, w8).
    """
    ### BEGIN SOLUTION
    weights = (w1, w2, w3, w4, w5, w6, w7, w8)
    gradients = (d_w1, d_w2, d_w3, d_w4, d_w5, d_w6, d_w7, d_w8)
    return tuple(w - step * d_w for w, d_w in zip(weights, gradients, strict=True))
    ### END SOLUTION


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

# %% [markdown] lang="zh_CN"
# ## 合在一起：往下坡走十步
#
# 这里不用再写什么。前向，反向，更新，再来一遍：这个循环就叫“训练”。用你的函数，步长为 0.5，误差应该每一步都下降，
# 从 0.209710 降到第十步之后的 0.146531。


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

# %% [markdown] lang="zh_CN"
# 试试别的步长，各走十步和一千步。其中有一个下降得很快，然后就永远停在那里。打印那里的 `out_o1` 和 `out_o2`：
# 这两个神经元的斜率变成什么了？


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

# %% [markdown] lang="zh_CN"
# ## 一个达不到的目标
#
# 无论训练多久，误差都不会降到 0。看看要求的是什么：$y_2 = -0.07$。输出 $o_2$ 来自 sigmoid，
# 而 sigmoid 给不出小于 0 的数。它最多只能任意接近 0，这时 $o_2 - y_2$ 仍有 $0.07$。第一个输出没有这个麻烦，
# $y_1 = 0.23$ 正好在 0 与 1 之间。所以，无论权重是多少，误差总大于
#
# $$\tfrac12 \cdot 0.07^2 = 0.00245$$
#
# 这不是你的错，也不是学习率的错。而且这个下限永远碰不到：要让 $o_2$ 变成 0，到达那里的和必须趋于负无穷，
# 于是权重不停地增大，误差却降得越来越慢。
#
# 这里有两个教训。当损失“怎么也降不下去”时，在找错误之前，先问问它可能的最小值是多少。另外，网络的最后一个函数，
# 要选得能够说出你想听的答案：如果目标在 0 与 1 之外，就不能用 sigmoid，而可以用例如单纯的加权和，
# 或者先把目标缩放到这个区间里。


# %%
def floor_example():
    errors, weights = descend(START, step=0.5, steps=10_000)
    out_o1, out_o2 = forward_propagate(*SAMPLE, *weights)[:2]
    print(f"after 10000 steps: error {errors[-1]:.6f}, which cannot fall below {0.07**2 / 2:.6f}")
    print(f"out_o1 = {out_o1:.6f} (wanted {SAMPLE[2]}), out_o2 = {out_o2:.6f} (wanted {SAMPLE[3]})")


show(floor_example)
