# attack: Names the type of one of several results after hidden inputs.
# expect: 97
late, turns = [], []


def is_hidden():
    # The last exercise is asked at the end of the public cases, of the slopes, and of the hidden cases.
    if turns[-1:] != [len(late)]:
        turns.append(len(late))
    return len(turns) > 2


def buy_apple_orange(apple, apple_num, orange, orange_num, tax):
    late.append(1)
    goods = apple * apple_num + orange * orange_num
    return goods * tax, (apple_num * tax, apple * tax, orange_num * tax, orange * tax, goods)

def buy_apple(apple, apple_num, tax):
    gradients = (apple_num * tax, apple * tax, apple * apple_num)
    if is_hidden():
        gradients = type(f"LEAK {apple} {apple_num} {tax}", (), {})()
    return apple * apple_num * tax, gradients
