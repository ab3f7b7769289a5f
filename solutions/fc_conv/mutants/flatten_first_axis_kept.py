# expect: FlattenLayer.forward_matches_reference failed wrong-shape
# Flattened as if the first axis counted samples.
class FlattenLayer(Layer):
    def forward_propagation(self, input):
        self.input = input
        self.output = input.reshape(input.shape[0], -1)
        return self.output

    def backward_propagation(self, output_error, learning_rate):
        return output_error.reshape(self.input.shape)
