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

# %% [markdown] lang="zh_CN"
# # 计算图的各层
#
# 神经网络的学习，就是反复问同一个问题：*如果把这个数稍微改动一点，损失会改变多少*？
# 反向传播可以一次回答网络中所有数的这个问题。在这份作业里，你将只用 NumPy，亲手写出搭建这种网络的各个部件：
# 从一个只有两次乘法、用来算苹果价钱的图开始，到一个分类器的各层为止。
#
# 你要写十个练习：
#
# | 部分 | 练习 |
# |---|---|
# | 图的节点 | `MulLayer`、`AddLayer`、`buy_apple`、`buy_apple_orange` |
# | 激活函数 | `Relu`、`Sigmoid` |
# | 带参数的层 | `Affine` |
# | 从得分到损失 | `softmax`、`cross_entropy_error`、`SoftmaxWithLoss` |
#
# **怎样做**。凡是看到 `raise NotImplementedError(...)` 的地方，就删掉这一行，换上你自己的代码。名字、
# 参数及其顺序保持不变。你可以添加自己的函数和属性。每个练习下面都有一个示例来运行你的代码；在你写好之前，
# 示例只会告诉你还缺什么。
#
# 这里所有的层都有**三个习惯**：
#
# 1. `forward` 计算输出，并把 `backward` 要用到的一切存进 `self`。
# 2. `backward` 收到的 `dout` 是损失对该层*输出*的梯度，返回的是损失对该层*输入*的梯度。
#    梯度的形状总与它所对应的量相同。
# 3. 传进来的数组属于调用者。可以读，但不要往里写：请另建一个新数组。

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

# %% [markdown] lang="zh_CN"
# ## 自查工具
#
# 这里不用写代码。要在别人之前知道梯度对不对，有两种办法。
#
# **形状**。在纸上写出每个因子的形状。如果 `dW` 的形状与 `W` 不同，就停下来找原因。
#
# **中心差分**。函数 $f$ 对某一个元素 $x_i$ 的导数近似等于
#
# $$\frac{\partial f}{\partial x_i} \approx \frac{f(x + h\,e_i) - f(x - h\,e_i)}{2h}, \qquad h = 10^{-5},$$
#
# 其中 $e_i$ 在第 $i$ 个元素处为 1，其余为 0。每一个元素都要做两次前向传播，用来训练实在太慢，用来检查却正合适：
# 它对你的 `backward` 一无所知。正确的梯度与它至少有大约六位数字一致。它只能用来检查，
# `backward` 本身必须用链式法则来写。


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

# %% [markdown] lang="zh_CN"
# ## 计算图与链式法则
#
# 你买了 2 个苹果，每个 100 元，另付 10 % 的消费税。画成图，每个圆圈是一个小小的运算：
#
# ```
# apple    100 ---+
#                 (x)--- 200 ---+
# number     2 ---+             (x)--- 220
# tax      1.1 -----------------+
# ```
#
# （apple 是苹果的单价，number 是个数，tax 是税率因子。）从左到右是**前向**：每个节点取得输入，算出输出，
# 再传给下一个节点。最后的总价是 220。
#
# 现在的问题是：如果一个苹果贵 1 元，你要多付多少？我们可以用 101 代替 100，把整个计算重做一遍。但还有更好的办法，
# 可以同时回答所有输入的这个问题：从右到左，**反向**走一遍。从总价开始，导数是 1，因为总价变多少，总价就变多少。
# 在每个节点，把传来的值乘以该节点的**局部导数**，也就是节点的输出对它某个输入的导数，再把乘积传给那个输入。
# 这就是链式法则：
#
# $$\underbrace{\frac{\partial L}{\partial x}}_{\text{传下去的}}
# = \underbrace{\frac{\partial L}{\partial z}}_{\text{传来的：dout}}
# \cdot \underbrace{\frac{\partial z}{\partial x}}_{\text{局部的}}$$
#
# 这里 $L$ 是图最末端的量，$z$ 是节点的输出，$x$ 是它的一个输入。节点不需要知道图的其余部分：
# 有自己的输入和传来的那一个数就够了。正因为如此，网络才能由一个个小小的层搭成，
# 每层有一个 `forward` 和一个 `backward`。
#
# 还有一条规则：如果一个值用在好几处，它就沿好几条路径影响最后的结果，各条路径的贡献要**相加**。

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

# %% [markdown] lang="zh_CN"
# ## 练习：`MulLayer`
#
# 做乘法的节点：
#
# $$z = x\,y, \qquad \frac{\partial z}{\partial x} = y, \qquad \frac{\partial z}{\partial y} = x.$$
#
# 每个局部导数都是*另一个*输入。所以 `forward` 必须记住它的两个输入，`backward` 则按输入的顺序，
# 以 `(dx, dy)` 的形式返回两个梯度。
#
# 输入可以是数，也可以是形状相同的数组，数组按元素相乘；`dout`、`dx` 和 `dy` 的形状也与它们相同。


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
        ### BEGIN SOLUTION
        self.x = x
        self.y = y
        return x * y
        ### END SOLUTION

    def backward(self, dout):
        """The gradients with respect to both inputs of the latest forward.

        dout: shape of the output. Returns (dx, dy), each of the shape of its input.
        """
        ### BEGIN SOLUTION
        return dout * self.y, dout * self.x
        ### END SOLUTION


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

# %% [markdown] lang="zh_CN"
# ## 练习：`AddLayer`
#
# 做加法的节点：
#
# $$z = x + y, \qquad \frac{\partial z}{\partial x} = 1, \qquad \frac{\partial z}{\partial y} = 1.$$
#
# 无论改动哪个输入，输出都改变同样多。从后面传来的值原封不动地传给两个输入。那么 `forward` 需要记住什么吗？


# %%
class AddLayer:
    """A node that adds its two inputs."""

    def forward(self, x, y):
        """The sum of x and y.

        x, y: numbers, or arrays of one shape. Returns a number or an array of that shape.
        """
        ### BEGIN SOLUTION
        return x + y
        ### END SOLUTION

    def backward(self, dout):
        """The gradients with respect to both inputs.

        dout: shape of the output. Returns (dx, dy), each of the shape of its input.
        """
        ### BEGIN SOLUTION
        # Two new arrays: whoever changes one of them later must change neither the other nor dout.
        return dout * 1, dout * 1
        ### END SOLUTION


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

# %% [markdown] lang="zh_CN"
# ## 练习：`buy_apple`
#
# 现在把节点连起来。上面的图中有两次乘法，所以你需要两个 `MulLayer` 对象：每个对象要记住自己的输入。
#
# $$\text{price} = (\text{apple} \cdot \text{number}) \cdot \text{tax}$$
#
# 先前向经过两个节点，再**按相反的顺序**反向经过两个节点，从总价对自身的导数 1 开始。一个节点为某个输入返回的值，
# 就是它前面那个节点收到的 `dout`。
#
# 返回总价，以及单独放在一个元组里的三个导数，顺序与参数相同。苹果单价 100，买 2 个，税率因子 1.1，你应该得到
#
# | | 值 | 总价对它的导数 |
# |---|---|---|
# | 总价 | 220 | |
# | 苹果单价 | 100 | 2.2 |
# | 苹果个数 | 2 | 110 |
# | 税率因子 | 1.1 | 200 |
#
# 试着把这张表念出来：单价从 100 变成 101，要多付 2.2；再多买一个苹果，要多付 110。
# 电脑也许会打印 220.00000000000003。那是因为 1.1 用二进制写不精确，不是取整的理由：算出什么就返回什么，
# 保留所有位数。价格不一定是整数。


# %%
def buy_apple(apple, apple_num, tax):
    """The price of some apples, and how it depends on each input.

    apple: price of one apple; apple_num: how many; tax: the factor, 1.1 for 10 %. All are numbers.
    Returns (price, (dapple, dapple_num, dtax)).
    """
    ### BEGIN SOLUTION
    times_number, times_tax = MulLayer(), MulLayer()
    apples = times_number.forward(apple, apple_num)
    price = times_tax.forward(apples, tax)

    dapples, dtax = times_tax.backward(1)
    dapple, dapple_num = times_number.backward(dapples)
    return price, (dapple, dapple_num, dtax)
    ### END SOLUTION


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

# %% [markdown] lang="zh_CN"
# ## 练习：`buy_apple_orange`
#
# 篮子里再加 3 个橘子，每个 150 元：
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
# 数一数有几个节点，为每个节点建一个层对象，从左到右前向，从右到左反向。应该得到的值：
#
# | | 值 | 总价对它的导数 |
# |---|---|---|
# | 总价 | 715 | |
# | 苹果单价 | 100 | 2.2 |
# | 苹果个数 | 2 | 110 |
# | 橘子单价 | 150 | 3.3 |
# | 橘子个数 | 3 | 165 |
# | 税率因子 | 1.1 | 650 |


# %%
def buy_apple_orange(apple, apple_num, orange, orange_num, tax):
    """The price of some apples and oranges, and how it depends on each input.

    apple, orange: price of one; apple_num, orange_num: how many; tax: the factor, 1.1 for 10 %.
    All are numbers.
    Returns (price, (dapple, dapple_num, dorange, dorange_num, dtax)).
    """
    ### BEGIN SOLUTION
    times_apples, times_oranges, together, times_tax = MulLayer(), MulLayer(), AddLayer(), MulLayer()
    apples = times_apples.forward(apple, apple_num)
    oranges = times_oranges.forward(orange, orange_num)
    basket = together.forward(apples, oranges)
    price = times_tax.forward(basket, tax)

    dbasket, dtax = times_tax.backward(1)
    dapples, doranges = together.backward(dbasket)
    dapple, dapple_num = times_apples.backward(dapples)
    dorange, dorange_num = times_oranges.backward(doranges)
    return price, (dapple, dapple_num, dorange, dorange_num, dtax)
    ### END SOLUTION


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

# %% [markdown] lang="zh_CN"
# ## 从数到批量
#
# 从这里开始，输入都是数组。一个**批量**含有 $N$ 个样本，每行一个：`x` 的形状是 $(N, D)$，第一个轴数样本，
# 第二个轴是每个样本的 $D$ 个特征。样本之间互不影响，所以在前向传播中，每一行各走各的路。
#
# 无论批量有多大，图末端的损失 $L$ 只是一个数。因此，任何数组的梯度都恰好与该数组形状相同：
# 它逐个元素地说明 $L$ 会怎样改变。`backward` 收到的 `dout` 是 $\partial L / \partial(\text{输出})$，
# 形状与输出相同，其中的元素可以是任何数，不一定都是 1。

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

# %% [markdown] lang="zh_CN"
# ## 练习：`Relu`
#
# 整流函数让正数通过，把其他的数挡住：
#
# $$y = \max(x, 0), \qquad
# \frac{\partial y}{\partial x} = \begin{cases} 1 & x > 0 \\ 0 & x \le 0 \end{cases}$$
#
# 每个元素都是一扇独立的门。门开不开，由前向传播时的输入决定；反向传播时，梯度恰好通过当时开着的那些门。
# 所以这一层要记住的只是*哪些*元素通过了，别无其他。（在 0 这一点，函数有一个尖角，没有导数；我们约定取 0。）
#
# `x`、`y`、`dout` 和 `dx` 的形状全都相同，可以是任意阶的数组。注意让 `x` 和 `dout` 保持原样：
# `out = x` 并不复制数组，只是给同一个数组起了第二个名字。


# %%
class Relu:
    """The rectifier, entry by entry."""

    def forward(self, x):
        """x where it is positive, 0 elsewhere.

        x: an array of any shape. Returns a new array of that shape.
        """
        ### BEGIN SOLUTION
        self.blocked = np.asarray(x) <= 0
        return np.where(self.blocked, 0.0, x)
        ### END SOLUTION

    def backward(self, dout):
        """The gradient with respect to the input of the latest forward.

        dout: shape of x. Returns dx, a new array of that shape.
        """
        ### BEGIN SOLUTION
        return np.where(self.blocked, 0.0, dout)
        ### END SOLUTION


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

# %% [markdown] lang="zh_CN"
# ## 练习：`Sigmoid`
#
# sigmoid 函数把任意的数压缩到 0 与 1 之间：
#
# $$y = \frac{1}{1 + e^{-x}}$$
#
# 它的导数只用输出就能写出来，所以这一层记住的是 $y$，而不是 $x$：
#
# $$\frac{\partial y}{\partial x} = \frac{e^{-x}}{(1 + e^{-x})^2}
# = \frac{1}{1 + e^{-x}} \cdot \frac{e^{-x}}{1 + e^{-x}} = y\,(1 - y).$$
#
# 再按元素乘上传来的值。所有形状都与 `x` 相同。
#
# **一个值得知道的细节**。当 $x = -1000$ 时，公式要算 $e^{1000}$，它超出了浮点数的范围：NumPy 会给出溢出警告，
# 然后用无穷大继续算下去。结果是 0，碰巧是对的。如果想避免警告，可以把分子分母同乘 $e^{x}$，
#
# $$\frac{1}{1 + e^{-x}} = \frac{e^{x}}{1 + e^{x}},$$
#
# 并对每个元素选用指数不为正的那种形式。
#
# 自查：在 0 处，sigmoid 的值是 0.5，斜率是 0.25；输入是很大的正数时，值接近 1。


# %%
class Sigmoid:
    """The logistic function, entry by entry."""

    def forward(self, x):
        """The sigmoid of every entry.

        x: an array of any shape. Returns a new array of that shape, with values from 0 to 1.
        """
        ### BEGIN SOLUTION
        x = np.asarray(x)
        small = np.exp(-np.abs(x))
        self.out = np.where(x >= 0, 1 / (1 + small), small / (1 + small))
        return self.out
        ### END SOLUTION

    def backward(self, dout):
        """The gradient with respect to the input of the latest forward.

        dout: shape of x. Returns dx, a new array of that shape.
        """
        ### BEGIN SOLUTION
        return dout * self.out * (1 - self.out)
        ### END SOLUTION


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

# %% [markdown] lang="zh_CN"
# ## 练习：`Affine`
#
# 真正在学习的是这一层：每个输出都是所有输入的加权和，再加上一个偏置。
#
# $$Y = X W + b$$
#
# | 数组 | 形状 | 它的梯度 |
# |---|---|---|
# | $X$ | $(N, D)$ | 由 `backward` 返回，$(N, D)$ |
# | $W$ | $(D, M)$ | 属性 `dW`，$(D, M)$ |
# | $b$ | $(M,)$ | 属性 `db`，$(M,)$ |
# | $Y$ | $(N, M)$ | 以 `dout` 传来，$(N, M)$ |
#
# **梯度**。写出一个元素，$Y_{nm} = \sum_d X_{nd} W_{dm} + b_m$，然后对每个字母都问一问：它影响哪些输出？
# $X_{nd}$ 影响 $Y$ 的整个第 $n$ 行，权重 $W_{dm}$ 影响每个样本的第 $m$ 列。把所有路径加起来：
#
# $$\frac{\partial L}{\partial X} = \frac{\partial L}{\partial Y}\,W^{\mathsf T}, \qquad
# \frac{\partial L}{\partial W} = X^{\mathsf T}\,\frac{\partial L}{\partial Y}, \qquad
# \frac{\partial L}{\partial b_m} = \sum_{n=1}^{N} \frac{\partial L}{\partial Y_{nm}}.$$
#
# 这些公式不用背。要让 $(N, M)$、$(D, M)$ 和 $(N, D)$ 这三种形状对得上，只有一种顺序、一种转置方式。
#
# **为什么 `db` 要求和**。$b$ 只有一个，NumPy 把它加到 $N$ 行中的每一行。所以它沿 $N$ 条路径影响损失，
# 每个样本一条，所有路径的贡献要相加。批量这个轴因此消失：如果 `db` 的形状与 `dout` 相同，
# 那就是需要一个意见却给了 $N$ 个。是求和，不是求平均：需要平均的地方，末端的损失已经除以 $N$ 了。
#
# **更高阶的输入**。一批图像的形状可能是 $(N, C, H, W)$。第一个轴仍然数样本，
# 其余的轴展平成长度为 $D = C \cdot H \cdot W$ 的一个轴，而权重 $W$ 有 $D$ 行。调用者并不知道展平这回事，
# 所以 `dx` 要还原成 `x` 传来时的形状。
#
# `backward` 每次都重新设置属性 `dW` 和 `db`（不与之前的相加），并返回 `dx`。


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
        ### BEGIN SOLUTION
        self.shape = np.shape(x)
        self.rows = np.reshape(x, (self.shape[0], -1))
        return self.rows @ self.W + self.b
        ### END SOLUTION

    def backward(self, dout):
        """Sets dW, of the shape of W, and db, of the shape of b.

        dout: (N, M). Returns dx, of the shape of the x that the latest forward received.
        """
        ### BEGIN SOLUTION
        self.dW = self.rows.T @ dout
        self.db = np.sum(dout, axis=0)
        return np.reshape(dout @ self.W.T, self.shape)
        ### END SOLUTION


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

# %% [markdown] lang="zh_CN"
# ## 练习：`softmax`
#
# 分类器最后为每个样本给出 $C$ 个得分，每个类别一个，得分可以是任意的数。softmax 把它们变成概率：全是正数，
# 而且每个样本的概率之和为 1。
#
# $$y_k = \frac{e^{x_k}}{\sum_{j=1}^{C} e^{x_j}}$$
#
# 输入是形状为 $(C,)$ 的一个样本，或形状为 $(N, C)$ 的一个批量，输出的形状与输入相同。求和总是对类别进行，
# 也就是沿**最后**一个轴。（如果两个数组怎么也除不了，去查一查 `keepdims`。）
#
# **为什么要减去最大值**。$e^{1000}$ 会溢出，而无穷大除以无穷大不是一个数。分子分母同乘 $e^{-m}$，$m$ 任取：
#
# $$\frac{e^{x_k}}{\sum_j e^{x_j}} = \frac{e^{x_k - m}}{\sum_j e^{x_j - m}}$$
#
# 值完全不变。取 $m$ 为该样本的最大得分，最大的指数就是 0。这样什么都不会溢出，分母也至少是 1。
#
# 自查：把输出沿每个轴求和。沿哪个轴必须得到 1？


# %%
def softmax(x):
    """Scores turned into probabilities along the last axis, also for very large scores.

    x: (C,) or (N, C). Returns a new array of the same shape.
    """
    ### BEGIN SOLUTION
    weights = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return weights / np.sum(weights, axis=-1, keepdims=True)
    ### END SOLUTION


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

# %% [markdown] lang="zh_CN"
# ## 练习：`cross_entropy_error`
#
# 如果知道了正确的类别，概率 $y$ 有多糟？取模型给正确类别的那个概率，求它的负对数：模型有把握而且正确时为 0，
# 模型越不相信正确答案，它就越大。一个批量的损失是各样本的平均：
#
# $$L = -\frac{1}{N} \sum_{n=1}^{N} \sum_{k=1}^{C} t_{nk} \log y_{nk}$$
#
# 标签有两种形式，你的函数两种都要接受：
#
# - **one-hot**：`t` 的形状与 `y` 相同，每一行只有正确类别处为 1，其余为 0。这时内层的和只有一项不为 0。
# - **整数**：`t` 的形状是 $(N,)$，存放正确类别的编号。说的是同一件事，只是更省纸：
#   $L = -\frac{1}{N}\sum_n \log y_{n,\,t_n}$。
#
# 形状为 $(C,)$ 的 `y` 是单个样本，$N = 1$；它的标签是形状为 $(C,)$ 的 one-hot，或一个整数。无论哪种情况，
# 结果都是一个数。要除以样本数，而不是元素总数。
#
# **概率为 0 的情形**。$\log 0$ 是 $-\infty$，而 $0 \cdot \infty$ 不是一个数，所以只要有一处是 0，
# 整个批量的损失就毁了。必须用一个很小的数来代替它。你可以在对数里加一个极小的常数，例如 $10^{-7}$；更好的办法是，
# 只把小于最小正规浮点数（约 $2 \cdot 10^{-308}$）的概率抬高到这个数：这样损失总是有限的，每个样本最多约 708，
# 其他的值一点也不变。两种办法都可以。


# %%
def cross_entropy_error(y, t):
    """The mean over the batch of the negative logarithm of the right class's probability.

    y: probabilities, (N, C), or (C,) for one sample. t: one-hot of the shape of y, or integer labels of
    shape (N,), for one sample a single integer. Returns a number, finite also where a probability is 0.
    """
    ### BEGIN SOLUTION
    y, t = np.asarray(y, dtype=float), np.asarray(t)
    rows = y.reshape(-1, y.shape[-1])
    if t.shape != y.shape:
        t = np.eye(rows.shape[1])[t.reshape(-1).astype(int)]
    # Raising only what lies below the smallest normal number keeps log(0) and 0 * log(0) finite. Unlike
    # log(y + eps) it leaves every other value, and so the gradient, exactly that of the plain logarithm.
    above_zero = np.maximum(rows, np.finfo(float).tiny)
    return -np.sum(t * np.log(above_zero)) / len(rows)
    ### END SOLUTION


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

# %% [markdown] lang="zh_CN"
# ## 练习：`SoftmaxWithLoss`
#
# 分类器的最后一层把这两个函数合在一起：进来的是得分，出去的是损失。之所以合成一层而不是两层，
# 是因为合起来的梯度格外漂亮。
#
# **前向**。`forward(x, t)` 接受形状为 $(N, C)$ 的得分 `x` 和标签 `t`，标签是 one-hot $(N, C)$ 或整数 $(N,)$，
# 返回的损失是一个数。请使用你刚写好的两个函数。
#
# **反向**。取正确类别为 $c$ 的一个样本，它的损失是
#
# $$L = -\log y_c = -x_c + \log \sum_{j} e^{x_j}.$$
#
# 对一个得分 $x_k$ 求导。第一项在 $k = c$ 时给出 $-1$，其余为 0；用 one-hot 的语言说，就是 $-t_k$。
# 第二项给出 $e^{x_k} / \sum_j e^{x_j}$，这又是 $y_k$。所以
#
# $$\frac{\partial L}{\partial x_k} = y_k - t_k,$$
#
# 也就是给出的概率减去应有的概率。预测完全正确时，它等于零。对一个批量来说，损失是各样本的*平均*，
# 所以每个样本那一份梯度要除以 $N$；再由链式法则，乘上传来的值：
#
# $$\frac{\partial L}{\partial X} = \texttt{dout} \cdot \frac{1}{N}\,(Y - T).$$
#
# `backward(dout=1)` 返回这个形状为 $(N, C)$ 的数组。损失通常在图的最末端，`dout` 就是 1，
# 但一个层并不知道自己在哪里：也许有人把损失乘以 2，或者加上一个惩罚项，所以请用上 `dout`。如果标签是整数，
# 想一想每一行的哪个元素要减去 1；在 `forward` 里先把两种标签统一成一种，会方便得多。
#
# 自查：梯度每一行的和都是 0。为什么？


# %%
class SoftmaxWithLoss:
    """Softmax and the mean cross entropy, as the last layer of a classifier."""

    def forward(self, x, t):
        """The loss of the scores x.

        x: (N, C); t: one-hot (N, C) or integer labels (N,). Returns a number.
        """
        ### BEGIN SOLUTION
        self.y = softmax(x)
        self.t = np.asarray(t)
        if self.t.shape != self.y.shape:
            self.t = np.eye(self.y.shape[-1])[self.t.astype(int)].reshape(self.y.shape)
        return cross_entropy_error(self.y, self.t)
        ### END SOLUTION

    def backward(self, dout=1):
        """The gradient with respect to the scores of the latest forward.

        dout: a number. Returns dx of shape (N, C).
        """
        ### BEGIN SOLUTION
        samples = self.y.size // self.y.shape[-1]
        return dout * (self.y - self.t) / samples
        ### END SOLUTION


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

# %% [markdown] lang="zh_CN"
# ## 合在一起
#
# 这里不用再写什么：你的各层在这里组成一个网络。从第一层前向到最后一层，再从最后一层反向到第一层，
# 每一层把梯度交给它前面的那一层，就像买苹果时一样。然后每个参数沿着与梯度相反的方向走一小步，损失应该下降。不过，
# 与其相信损失，不如相信差分：错误的梯度也常常能让损失下降，只是慢一些。


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
