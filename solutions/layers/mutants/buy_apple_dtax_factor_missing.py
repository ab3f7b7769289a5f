# expect: buy_apple.dtax_matches_reference failed factor-missing
# dtax counts one apple only.
def buy_apple(apple, apple_num, tax):
    price = apple * apple_num * tax
    dapple = apple_num * tax
    dapple_num = apple * tax
    dtax = apple
    return price, (dapple, dapple_num, dtax)
