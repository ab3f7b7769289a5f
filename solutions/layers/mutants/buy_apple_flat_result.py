# expect: buy_apple.dapple_matches_reference failed wrong-shape
# The right numbers in one flat tuple of four, where (price, (three gradients)) is asked for.
def buy_apple(apple, apple_num, tax):
    price = apple * apple_num * tax
    return price, apple_num * tax, apple * tax, apple * apple_num
