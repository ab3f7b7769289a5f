# expect: FlattenLayer.dinput_matches_reference failed returns-nothing
# reshape makes a new array and leaves the old one as it is.
class FlattenLayer(Layer):
    def forward_propagation(self, input):
        self.input = input
        self.output = input.flatten().reshape((1, -1))
        return self.output

    def backward_propagation(self, output_error, learning_rate):
        output_error.reshape(self.input.shape)
