# expect: buy_apple.price_matches_reference failed constant-for-variable
# expect: buy_apple.dapple_matches_reference failed constant-for-variable
# 1.1 stands where the argument tax belongs.
def buy_apple(apple, apple_num, tax):
    price = apple * apple_num * 1.1
    dapple = apple_num * 1.1
    dapple_num = apple * 1.1
    dtax = apple * apple_num
    return price, (dapple, dapple_num, dtax)
