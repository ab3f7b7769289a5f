# expect: buy_apple_orange.dorange_matches_reference failed swapped
# expect: buy_apple_orange.dorange_num_matches_reference failed swapped
# Price and number of the oranges go into their node in the wrong order.
def buy_apple_orange(apple, apple_num, orange, orange_num, tax):
    apple_node = MulLayer()
    orange_node = MulLayer()
    sum_node = AddLayer()
    tax_node = MulLayer()

    apple_price = apple_node.forward(apple, apple_num)
    orange_price = orange_node.forward(orange_num, orange)
    total = sum_node.forward(apple_price, orange_price)
    price = tax_node.forward(total, tax)

    dtotal, dtax = tax_node.backward(1)
    dapple_price, dorange_price = sum_node.backward(dtotal)
    dorange, dorange_num = orange_node.backward(dorange_price)
    dapple, dapple_num = apple_node.backward(dapple_price)
    return price, (dapple, dapple_num, dorange, dorange_num, dtax)
