# expect: FlattenLayer.dinput_matches_reference failed transposed
# backward lays the error out in another order than forward did.
class FlattenLayer(Layer):
    def forward_propagation(self, input):
        self.input = input
        self.output = input.flatten().reshape((1, -1))
        return self.output

    def backward_propagation(self, output_error, learning_rate):
        return output_error.reshape(self.input.shape[::-1]).T
