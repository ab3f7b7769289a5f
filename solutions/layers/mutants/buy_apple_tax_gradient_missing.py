# expect: buy_apple.dtax_matches_reference failed gradient-missing
# dtax is None from the beginning and is never set.
def buy_apple(apple, apple_num, tax):
    dapple = dapple_num = dtax = None
    l1 = MulLayer()
    l2 = MulLayer()
    price = l2.forward(l1.forward(apple, apple_num), tax)
    back, _ = l2.backward(1)
    dapple, dapple_num = l1.backward(back)
    return price, (dapple, dapple_num, dtax)
