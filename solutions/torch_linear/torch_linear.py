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

# %% [markdown] lang="zh_CN"
# # 第一个 PyTorch 模型
#
# 到目前为止，两个方向都是你自己写的：前向传播，以及用链式法则写的反向传播。程序库可以自己找到返回的路。
# 在前向传播运行时，它记下每一个运算，然后把这份笔记从尾到头走一遍。这叫**自动微分**，正是你亲手做过的事：
# 局部的斜率沿每条路径相乘，在路径汇合的地方相加。
#
# 所以你在这里写得更少，却比以往更容易在不知不觉中出错：什么都不会崩溃，损失在下降，而梯度却是另一个函数的，
# 或者是两个函数混在一起的。唯一的保护，是你知道*应当*得到什么。在这份作业里，一切都小到可以用手算来核对。
#
# 你要写两样东西：
#
# | 练习 | 做什么 |
# |---|---|
# | `LinearModel` | 一条有两个参数的直线，写成 PyTorch 模块 |
# | `train` | 沿着误差平方和往下坡走 |
#
# **怎样做**。凡是看到 `raise NotImplementedError(...)` 的地方，就删掉这一行，换上你自己的代码。名字、
# 参数及其顺序保持不变。每个练习下面都有一个示例来运行你的代码；在你写好之前，示例只会告诉你还缺什么。

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

# %% [markdown] lang="zh_CN"
# ## 任务
#
# 三个点：$x = 1, 2, 3$，$y = 2, 4, 6$。哪条直线 $\hat y = w\,x + b$ 经过它们？你一眼就看得出：$w = 2$，$b = 0$。
# 电脑却要一步一步地去找，而这正是我们要的：你知道它应当找到什么，可以看着它走了多远。
#
# PyTorch 要求每行一个样本、每列一个特征，哪怕只有一个特征。三个各有一个特征的样本，是形状为 (3, 1) 的矩阵，
# 而不是形状为 (3,) 的向量。请认真对待这一点。按照广播规则，(3, 1) 的数组减去 (3,) 的数组，得到的形状是 (3, 3)，
# 而且不会报错：每个预测减去每个目标。

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

# %% [markdown] lang="zh_CN"
# ## 练习：`LinearModel`
#
# 模型是继承自 `torch.nn.Module` 的类。在构造函数里说明它有哪些部件，在 `forward` 里说明数据怎样经过它们。
# 没有 `backward`：省去的正是它。
#
# - **构造函数**先通过 `super()` 调用 `torch.nn.Module` 的构造函数，由它准备好各项登记。不这样做，
#   接上的第一个部件就没有地方放。然后接上一个部件，名字叫 `linear`：一个输入、一个输出的 `torch.nn.Linear`。
#   它自带两个参数：形状为 (1, 1) 的 `linear.weight` 和形状为 (1,) 的 `linear.bias`，开始时都是随机的。
# - **`forward(self, x)`** 让这批样本通过这个部件，返回结果，形状仍是 (N, 1)。
#
# 因为 `linear` 接在模块上，`model.parameters()` 就能找到它的权重和偏置：优化器就是这样得知自己可以改什么的。
# 又因为 `Module` 本身可以被调用，所以要写 `model(x)`，而不要写 `model.forward(x)`。


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

# %% [markdown] lang="zh_CN"
# ### 自动微分做了什么，你自己能做什么
#
# 一条直线有多好？我们把所有样本的误差平方加起来：
#
# $$L = \sum_{n} (\hat y_n - y_n)^2, \qquad \hat y_n = w\,x_n + b$$
#
# 是*求和*，不是求平均。两者在同一处取得最小值，但平均的梯度要小，小的倍数就是样本数；用同样的学习率，
# 每一步也就短了同样的倍数。学习率 0.01 意味着什么，只有连同它所配的损失一起才说得清。
#
# 链式法则，你已经熟悉了。每个误差平方的斜率是 $2\,(\hat y_n - y_n)$；预测对 $w$ 的斜率是 $x_n$，
# 对 $b$ 的斜率是 1；所有样本共用 $w$ 和 $b$，所以它们的贡献要相加：
#
# $$\frac{\partial L}{\partial w} = \sum_n 2\,(\hat y_n - y_n)\,x_n, \qquad
#   \frac{\partial L}{\partial b} = \sum_n 2\,(\hat y_n - y_n)$$
#
# 这就是一个输入、一个输出的 affine 层的反向传播：`dW = x.T @ dout`，`db = dout.sum(axis=0)`。
#
# 取 $w = 0.5$，$b = 0$。预测是 0.5、1 和 1.5，误差是 $-1.5$、$-3$ 和 $-4.5$。因此 $L = 31.5$，
# $\partial L / \partial w = 2\,(-1.5 - 6 - 13.5) = -42$，$\partial L / \partial b = 2\,(-9) = -18$。
# 自动微分必须得到的正是这些数。`loss.backward()` 完成这项工作，并把每个结果放在对应的参数旁边，
# 也就是 `.grad` 里。


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

# %% [markdown] lang="zh_CN"
# 示例中有两行值得再看一眼。
#
# `with torch.no_grad()` 告诉自动微分不要做笔记。设置参数不属于前向传播，所以不应当对它求导。
#
# `loss.backward()` 从一个数出发。它对自身的斜率是 1：这就是整条链开头的那个 `dout`。你只需要保证*有*一条链。
# 谁要是用 `.detach()`、`.item()`、`.numpy()` 或 `torch.tensor(...)` 把一个张量从链上取下来，就把笔记剪成了两段，
# 剪口后面的一切都再也得不到梯度。

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

# %% [markdown] lang="zh_CN"
# ## 练习：`train`
#
# 一个轮次（epoch）有五步，顺序如下：
#
# 1. **预测**：让所有样本通过模型。
# 2. **损失**：误差平方和，一个数。`torch.nn.MSELoss(reduction="sum")` 就是它；上面的示例写出来的也是它。
#    （旧的教材用 `size_average=False` 表示 `reduction="sum"`。两者都不写，得到的是平均值。）
# 3. **忘掉**：把旧的梯度置零。`backward` 会把新的梯度*加*到 `.grad` 已有的值上，因为一个用了两次的参数，
#    必须把两份贡献收集起来。它无从知道新的轮次已经开始。忘了这一步，走的就是到目前为止所有梯度之和的方向。
# 4. **反向**：`loss.backward()` 填好 `.grad`。
# 5. **走一步**：每个参数朝与自己的梯度相反的方向走一点，$w \leftarrow w - 0.01\;\partial L / \partial w$。
#    随机梯度下降 `torch.optim.SGD` 做的就是这件事。在第一个轮次之前，把 `model.parameters()` 和学习率交给它，
#    只交一次。
#
# 在第一次 `backward` 之前走一步，没有梯度可循；在每次新的 `backward` 之前走一步，循的是上一个轮次的梯度。
#
# 从 $w = 0.5$，$b = 0$ 出发，一个轮次之后是 $w = 0.5 + 0.42 = 0.92$，$b = 0.18$。先检查这个。


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

# %% [markdown] lang="zh_CN"
# ## 一百步不等于收敛
#
# 从 $w = 0.5$，$b = 0$ 出发走一百个轮次，得到 $w = 1.882067$，$b = 0.268090$。损失从 31.5 降到了 0.030932，
# 只剩千分之一，然而 $w$ 不是 2，$b$ 不是 0，在 $x = 4$ 处直线给出的是 7.796357，而不是 8。出错了吗？没有。
# 看看走过的路：十个轮次之后，$w$ 已经是 1.751801，后来就只是慢慢地爬。
#
# 原因在于山谷的形状。损失是 $(w, b)$ 的二次函数，它的二阶导数是
#
# $$2 \begin{pmatrix} \sum x_n^2 & \sum x_n \\ \sum x_n & N \end{pmatrix}
#   = \begin{pmatrix} 28 & 12 \\ 12 & 6 \end{pmatrix}$$
#
# 特征值是 33.28 和 0.72。沿第一个方向，大小为 0.01 的一步消去三分之一的距离，即 $0.01 \cdot 33.28$；
# 沿第二个方向只消去 0.72 %。在那个方向上，对我们的三个点来说，增大偏置与减小权重几乎互相抵消。一百步之后，
# 那段距离还剩 $0.9928^{100} = 0.485$。加大学习率也帮不了多少：到 $2 / 33.28 = 0.06$ 时，
# 陡的那个方向就开始越摆越远。
#
# 所以，“损失很小”和“参数正确”是两回事。而训练写得对不对，从损失上根本看不出来，因为梯度少了一半，或者梯度是错的、
# 只是大致指向下坡，损失也会下降。看得出来的是路径对不对：同样的起点、同样的数据，必须得到同样的参数，
# 每一位都相同。`train` 就是这样评判的：从给定的参数出发，也从你自己的模型碰巧开始时的参数出发。


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

# %% [markdown] lang="zh_CN"
# ## 你自己的起点
#
# 每个新的 `LinearModel()` 都从不同的地方开始。训练它一百个轮次，再与上面的公式比较，公式用普通的数来算，
# 不用自动微分。两者应当有大约六位数字一致：PyTorch 每个数用 32 位计算，Python 用 64 位。


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
