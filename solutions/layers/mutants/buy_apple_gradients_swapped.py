# expect: buy_apple.dapple_matches_reference failed swapped
# expect: buy_apple.dapple_num_matches_reference failed swapped
# The two results of the apple node are unpacked in the wrong order.
def buy_apple(apple, apple_num, tax):
    node1 = MulLayer()
    node2 = MulLayer()
    price = node2.forward(node1.forward(apple, apple_num), tax)
    d_sum, dtax = node2.backward(1)
    dapple_num, dapple = node1.backward(d_sum)
    return price, (dapple, dapple_num, dtax)
