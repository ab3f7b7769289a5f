# expect: sigmoid.value_matches_reference failed
# 2.718 is typed in for e.
def sigmoid(z):
    return 1 / (1 + 2.718 ** (-z))
