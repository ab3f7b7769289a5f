# expect: buy_apple_orange.dapple_matches_reference failed factor-missing
# expect: buy_apple_orange.dapple_num_matches_reference failed factor-missing
# The gradients of the apples lack the factor tax.
def buy_apple_orange(apple, apple_num, orange, orange_num, tax):
    price = (apple * apple_num + orange * orange_num) * tax
    dapple = apple_num
    dapple_num = apple
    dorange = orange_num * tax
    dorange_num = orange * tax
    dtax = price / tax
    return price, (dapple, dapple_num, dorange, dorange_num, dtax)
