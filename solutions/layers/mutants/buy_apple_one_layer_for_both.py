# expect: buy_apple.dapple_matches_reference failed constant-for-variable
# expect: buy_apple.dapple_num_matches_reference failed
# One MulLayer serves for both products; the second forward overwrites what the first kept.
def buy_apple(apple, apple_num, tax):
    mul = MulLayer()
    price = mul.forward(mul.forward(apple, apple_num), tax)
    dsum, dtax = mul.backward(1)
    dapple, dapple_num = mul.backward(dsum)
    return price, (dapple, dapple_num, dtax)
