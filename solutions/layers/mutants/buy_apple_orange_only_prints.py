# expect: buy_apple_orange.price_matches_reference failed returns-nothing
# Only the price is printed, nothing is returned.
def buy_apple_orange(apple, apple_num, orange, orange_num, tax):
    price = (apple * apple_num + orange * orange_num) * tax
    print(price)
