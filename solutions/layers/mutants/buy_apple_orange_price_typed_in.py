# expect: buy_apple_orange.price_matches_reference failed constant-for-variable
# expect: buy_apple_orange.dorange_num_matches_reference failed constant-for-variable
# The 150 of the example stands for the price of an orange.
def buy_apple_orange(apple, apple_num, orange, orange_num, tax):
    orange = 150
    price = (apple * apple_num + orange * orange_num) * tax
    dapple, dapple_num = apple_num * tax, apple * tax
    dorange, dorange_num = orange_num * tax, orange * tax
    dtax = apple * apple_num + orange * orange_num
    return price, (dapple, dapple_num, dorange, dorange_num, dtax)
