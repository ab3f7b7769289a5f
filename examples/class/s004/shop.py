"""Apples and oranges. Run with: python shop.py"""
from layers import AddLayer, MulLayer


def buy_apple(apple, apple_num, tax):
    mul_apple = MulLayer()
    mul_tax = MulLayer()
    price = mul_tax.forward(mul_apple.forward(apple, apple_num), tax)
    dsum, dtax = mul_tax.backward(1)
    dapple, dapple_num = mul_apple.backward(dsum)
    return price, (dapple, dapple_num, dtax)


def buy_apple_orange(apple, apple_num, orange, orange_num, tax):
    mul_apple = MulLayer()
    mul_orange = MulLayer()
    add = AddLayer()
    mul_tax = MulLayer()
    total = add.forward(mul_apple.forward(apple, apple_num), mul_orange.forward(orange, orange_num))
    price = mul_tax.forward(total, tax)
    dtotal, dtax = mul_tax.backward(1)
    dapples, doranges = add.backward(dtotal)
    dapple, dapple_num = mul_apple.backward(dapples)
    dorange, dorange_num = mul_orange.backward(doranges)
    return price, (dapple, dapple_num, dorange, dorange_num, dtax)


if __name__ == "__main__":
    print(buy_apple(100, 2, 1.1))
    print(buy_apple_orange(100, 2, 150, 3, 1.1))
