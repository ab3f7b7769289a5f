# expect: buy_apple.price_matches_reference failed returns-nothing
# Everything is printed and nothing returned.
def buy_apple(apple, apple_num, tax):
    layer1 = MulLayer()
    layer2 = MulLayer()
    price = layer2.forward(layer1.forward(apple, apple_num), tax)
    dsum, dtax = layer2.backward(1)
    dapple, dapple_num = layer1.backward(dsum)
    print("price:", price)
    print("dApple:", dapple)
    print("dApple_num:", dapple_num)
    print("dTax:", dtax)
