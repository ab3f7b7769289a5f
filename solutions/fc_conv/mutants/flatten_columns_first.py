# expect: FlattenLayer.forward_matches_reference failed transposed
# forward runs through the first axis fastest, backward through the last.
class FlattenLayer(Layer):
    def forward_propagation(self, input):
        self.input = input
        self.output = input.T.flatten().reshape((1, -1))
        return self.output

    def backward_propagation(self, output_error, learning_rate):
        return output_error.reshape(self.input.shape)
