# expect: buy_apple_orange.dapple_matches_reference failed scaled
# expect: buy_apple_orange.dorange_matches_reference failed scaled
# The gradient of the sum is halved between apples and oranges.
def buy_apple_orange(apple, apple_num, orange, orange_num, tax):
    m1, m2, m3, add = MulLayer(), MulLayer(), MulLayer(), AddLayer()
    total = add.forward(m1.forward(apple, apple_num), m2.forward(orange, orange_num))
    price = m3.forward(total, tax)
    dtotal, dtax = m3.backward(1)
    dapple, dapple_num = m1.backward(dtotal / 2)
    dorange, dorange_num = m2.backward(dtotal / 2)
    return price, (dapple, dapple_num, dorange, dorange_num, dtax)
