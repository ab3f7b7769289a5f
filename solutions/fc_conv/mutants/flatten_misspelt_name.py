# expect: FlattenLayer.runs crashed misspelt-name
# inputs is no name.
class FlattenLayer(Layer):
    def forward_propagation(self, input):
        self.input = input
        self.output = inputs.flatten().reshape((1, -1))
        return self.output

    def backward_propagation(self, output_error, learning_rate):
        return output_error.reshape(self.input.shape)
