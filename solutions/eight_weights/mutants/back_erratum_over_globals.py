# expect: back_propagate.d_w1_matches_reference failed weight-missing-in-chain
# expect: back_propagate.d_w2_matches_reference failed weight-missing-in-chain
# expect: back_propagate.d_w3_matches_reference failed weight-missing-in-chain
# expect: back_propagate.d_w4_matches_reference failed weight-missing-in-chain
# expect: back_propagate.d_w5_matches_reference passed
# expect: back_propagate.d_w6_matches_reference passed
# expect: back_propagate.d_w7_matches_reference passed
# expect: back_propagate.d_w8_matches_reference passed
# The published mistake in the published form: inputs and targets are read as globals.
def back_propagate(out_o1, out_o2, out_h1, out_h2):
    error_o1, error_o2 = out_o1 - y1, out_o2 - y2
    d_w5 = error_o1 * out_o1 * (1 - out_o1) * out_h1
    d_w6 = error_o2 * out_o2 * (1 - out_o2) * out_h1
    d_w7 = error_o1 * out_o1 * (1 - out_o1) * out_h2
    d_w8 = error_o2 * out_o2 * (1 - out_o2) * out_h2
    hidden1 = (d_w5 + d_w6) * out_h1 * (1 - out_h1)
    hidden2 = (d_w7 + d_w8) * out_h2 * (1 - out_h2)
    return hidden1 * x1, hidden2 * x1, hidden1 * x2, hidden2 * x2, d_w5, d_w6, d_w7, d_w8
