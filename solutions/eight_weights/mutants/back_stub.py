# expect: back_propagate.is_defined missing
# Not written yet.
def back_propagate(out_o1, out_o2, out_h1, out_h2, x1, x2, y1, y2, w5, w6, w7, w8):
    """How the error changes with each of the eight weights."""
    raise NotImplementedError("back_propagate is not written yet")
