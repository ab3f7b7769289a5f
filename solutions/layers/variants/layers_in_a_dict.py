# expect: full
# The shop's graph is a dictionary of layers that is walked forward and backward.
from collections import OrderedDict


def buy_apple_orange(apple, apple_num, orange, orange_num, tax):
    graph = OrderedDict(apples=MulLayer(), oranges=MulLayer(), together=AddLayer(), taxed=MulLayer())
    a = graph["apples"].forward(apple, apple_num)
    o = graph["oranges"].forward(orange, orange_num)
    s = graph["together"].forward(a, o)
    price = graph["taxed"].forward(s, tax)
    ds, dtax = graph["taxed"].backward(1.0)
    da, do = graph["together"].backward(ds)
    return np.float64(price), graph["apples"].backward(da) + graph["oranges"].backward(do) + (dtax,)
