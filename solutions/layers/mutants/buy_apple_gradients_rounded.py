# expect: buy_apple.dapple_num_matches_reference failed rounded
# expect: buy_apple.dtax_matches_reference failed rounded
# The gradients of the number and of the tax are cut to whole numbers, because they look whole in the example.
def buy_apple(apple, apple_num, tax):
    mul_apple, mul_tax = MulLayer(), MulLayer()
    price = mul_tax.forward(mul_apple.forward(apple, apple_num), tax)
    d, dtax = mul_tax.backward(1)
    dapple, dapple_num = mul_apple.backward(d)
    return price, (dapple, int(dapple_num), int(dtax))
