# expect: buy_apple.price_matches_reference failed factor-missing
# The price is without the tax; the gradients are right.
def buy_apple(apple, apple_num, tax):
    subtotal = apple * apple_num
    total = subtotal * tax
    grads = (apple_num * tax, apple * tax, subtotal)
    return subtotal, grads
