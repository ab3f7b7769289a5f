# expect: buy_apple_orange.runs crashed misspelt-name
# orange_mun is no name.
def buy_apple_orange(apple, apple_num, orange, orange_num, tax):
    apples, oranges = MulLayer(), MulLayer()
    both, taxed = AddLayer(), MulLayer()
    total = both.forward(apples.forward(apple, apple_num), oranges.forward(orange, orange_mun))
    price = taxed.forward(total, tax)
    dtotal, dtax = taxed.backward(1)
    da, do = both.backward(dtotal)
    return price, (*apples.backward(da), *oranges.backward(do), dtax)
