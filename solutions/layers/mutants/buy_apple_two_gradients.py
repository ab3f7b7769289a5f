# expect: buy_apple.dtax_matches_reference failed gradient-missing
# Only two of the three gradients are handed back.
def buy_apple(apple, apple_num, tax):
    l1 = MulLayer()
    l2 = MulLayer()
    price = l2.forward(l1.forward(apple, apple_num), tax)
    back, _ = l2.backward(1)
    return price, l1.backward(back)
