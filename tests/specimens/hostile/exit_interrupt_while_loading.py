# attack: Raises KeyboardInterrupt from a decorator.
# expect: 90
# verdict: Relu.is_defined missing
def attack(_):
    raise KeyboardInterrupt


@attack
class Relu:
    pass
