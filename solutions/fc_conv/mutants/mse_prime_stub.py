# expect: mse_prime.is_defined missing
# The body is pass.
def mse_prime(y_true, y_pred):
    pass
