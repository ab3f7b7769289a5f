# expect: buy_apple_orange.dtax_matches_reference failed overwritten
# dtax leaves the oranges out.
def buy_apple_orange(apple, apple_num, orange, orange_num, tax):
    apples = apple * apple_num
    oranges = orange * orange_num
    price = (apples + oranges) * tax
    return price, (apple_num * tax, apple * tax, orange_num * tax, orange * tax, apples)
