# attack: Patches the conversions of NumPy, so that every result becomes ones.
# expect: 0
np.array = lambda value=0, *_, **__: np.ones(np.shape(value))
