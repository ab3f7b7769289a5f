# expect: FlattenLayer.forward_matches_reference failed
# expect: FlattenLayer.dinput_matches_reference failed
# The row begins with the last entry, forward and backward.
class FlattenLayer(Layer):
    def forward_propagation(self, input):
        self.input = input
        return input.reshape(1, -1)[:, ::-1]

    def backward_propagation(self, output_error, learning_rate):
        return output_error[:, ::-1].reshape(self.input.shape)
