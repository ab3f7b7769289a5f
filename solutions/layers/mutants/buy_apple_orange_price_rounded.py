# expect: buy_apple_orange.price_matches_reference failed rounded
# round(price) on the way out.
def buy_apple_orange(apple, apple_num, orange, orange_num, tax):
    mul_a, mul_o, add, mul_t = MulLayer(), MulLayer(), AddLayer(), MulLayer()
    price = mul_t.forward(add.forward(mul_a.forward(apple, apple_num), mul_o.forward(orange, orange_num)), tax)
    dall, dtax = mul_t.backward(1)
    da, do = add.backward(dall)
    dapple, dapple_num = mul_a.backward(da)
    dorange, dorange_num = mul_o.backward(do)
    return round(price), (dapple, dapple_num, dorange, dorange_num, dtax)
