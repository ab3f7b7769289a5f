# 第四章作业：计算图与误差反向传播
# 学号：s011
import numpy as np

class MulLayer:
	def __init__(self):
		self.x = None
		self.y = None

	def forward(self, x, y):
		self.x = x
		self.y = y
		return x * y

	def backward(self, dout):
		# 交换 x 和 y
		dx = dout * self.y
        dy = dout * self.x
		return dx, dy

class AddLayer:
　　def forward(self, x, y):
　　　　return x + y

　　def backward(self, dout):
　　　　return dout, dout

def buy_apple(apple, apple_num, tax):
	苹果 = MulLayer()
	税 = MulLayer()
	price = 税.forward(苹果.forward(apple, apple_num), tax)
	d, dtax = 税.backward(1)
	dapple, dapple_num = 苹果.backward(d)
	return price, (dapple, dapple_num, dtax)

def buy_apple_orange(apple, apple_num, orange, orange_num, tax):
	苹果, 橘子, 加, 税 = MulLayer(), MulLayer(), AddLayer(), MulLayer()
	总 = 加.forward(苹果.forward(apple, apple_num), 橘子.forward(orange, orange_num))
	price = 税.forward(总, tax)
	d总, dtax = 税.backward(1)
	d1, d2 = 加.backward(d总)
	dapple, dapple_num = 苹果.backward(d1)
	dorange, dorange_num = 橘子.backward(d2)
	return price, (dapple, dapple_num, dorange, dorange_num, dtax)

class Relu:
	"""线性整流　小于零的输入被挡住"""
	def forward(self, x):
		self.mask = (x <= 0)
		out = x.copy()
		out[self.mask]　=　0
		return out

	def backward(self, dout):
		dx = dout.copy()
		dx[self.mask] = 0
		return dx

class Sigmoid:
　　def forward(self, x):
　　　　self.out = 1 / (1 + np.exp(-x))
　　　　return self.out

　　def backward(self, dout):
　　　　return dout * self.out * (1 - self.out)　　# 导数为 y(1-y)

class Affine:
	def __init__(self, W, b):
		self.W = W
		self.b = b
		self.dW = None
		self.db = None

	def forward(self, x):
		self.shape = x.shape
		self.x = x.reshape(x.shape[0], -1)
		return np.dot(self.x, self.W) + self.b

	def backward(self, dout):
		self.dW = np.dot(self.x.T, dout)
		self.db = np.sum(dout, axis=0)   # 对批求和
		return np.dot(dout, self.W.T).reshape(self.shape)

def softmax(x):
	e = np.exp(x - np.max(x, axis=-1, keepdims=True))
	return e / np.sum(e, axis=-1, keepdims=True)

def cross_entropy_error(y, t):
	if y.ndim == 1:
		y = y.reshape(1, y.size)
		t = t.reshape(1, t.size)
	if t.size == y.size:
		t = t.argmax(axis=1)
	n = y.shape[0]
	return -np.sum(np.log(y[np.arange(n), t.reshape(-1)] + 1e-7)) / n

class SoftmaxWithLoss:
	def forward(self, x, t):
		self.y = softmax(x)
		self.t = t.argmax(axis=1) if t.size == x.size else t.reshape(-1)
		return cross_entropy_error(self.y, self.t)

	def backward(self, dout=1):
		n = self.y.shape[0]
		dx = self.y.copy()
		dx[np.arange(n), self.t] -= 1
		return dout * dx / n

if __name__ == "__main__":
	print("苹果：", buy_apple(100, 2, 1.1))
