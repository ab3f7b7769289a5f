# expect: buy_apple.price_matches_reference failed
# expect: buy_apple.dapple_matches_reference failed
# expect: buy_apple.dapple_num_matches_reference failed
# The tax is taken for a rate that is added to 1.
def buy_apple(apple, apple_num, tax):
    total = apple * apple_num
    price = total * (1 + tax)
    return price, (apple_num * (1 + tax), apple * (1 + tax), total)
