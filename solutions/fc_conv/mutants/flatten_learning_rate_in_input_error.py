# expect: FlattenLayer.dinput_matches_reference failed learning-rate
# A layer with nothing to learn uses the learning rate.
class FlattenLayer(Layer):
    def forward_propagation(self, input):
        self.input = input
        self.output = input.flatten().reshape((1, -1))
        return self.output

    def backward_propagation(self, output_error, learning_rate):
        return learning_rate * output_error.reshape(self.input.shape)
