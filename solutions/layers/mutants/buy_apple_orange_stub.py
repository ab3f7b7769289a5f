# expect: buy_apple_orange.is_defined missing
# Not written yet: the body is pass.
def buy_apple_orange(apple, apple_num, orange, orange_num, tax):
    pass
