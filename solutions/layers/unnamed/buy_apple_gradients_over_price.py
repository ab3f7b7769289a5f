# expect: buy_apple.dapple_matches_reference failed
# expect: buy_apple.dapple_num_matches_reference failed
# expect: buy_apple.dtax_matches_reference failed
# Every gradient is divided by the price, to say which share of it changes.
def buy_apple(apple, apple_num, tax):
    price = apple * apple_num * tax
    gradients = (apple_num * tax, apple * tax, apple * apple_num)
    return price, tuple(gradient / price for gradient in gradients)
