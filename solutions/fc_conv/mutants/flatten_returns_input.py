# expect: FlattenLayer.dinput_matches_reference failed upstream-ignored
# The right shape with the wrong contents: the input comes back.
class FlattenLayer(Layer):
    def forward_propagation(self, input):
        self.input = input
        self.output = input.flatten().reshape((1, -1))
        return self.output

    def backward_propagation(self, output_error, learning_rate):
        return self.input
