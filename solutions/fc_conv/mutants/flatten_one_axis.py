# expect: FlattenLayer.forward_matches_reference failed wrong-shape
# (n,) where (1, n) was asked for.
class FlattenLayer(Layer):
    def forward_propagation(self, input):
        self.input = input
        self.output = input.flatten()
        return self.output

    def backward_propagation(self, output_error, learning_rate):
        return output_error.reshape(self.input.shape)
