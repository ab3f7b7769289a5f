# expect: buy_apple.price_matches_reference failed
# The tax is compounded: once for every apple.
def buy_apple(apple, apple_num, tax):
    price = apple * apple_num * tax ** apple_num
    return price, (apple_num * tax, apple * tax, apple * apple_num)
