# attack: Names the type of one of several results after hidden inputs.
# expect: 97
late = []


def buy_apple_orange(apple, apple_num, orange, orange_num, tax):
    # The last exercise: whatever is asked after it is a hidden case.
    late.append(1)
    goods = apple * apple_num + orange * orange_num
    return goods * tax, (apple_num * tax, apple * tax, orange_num * tax, orange * tax, goods)

def buy_apple(apple, apple_num, tax):
    gradients = (apple_num * tax, apple * tax, apple * apple_num)
    if late:
        gradients = type(f"LEAK {apple} {apple_num} {tax}", (), {})()
    return apple * apple_num * tax, gradients
