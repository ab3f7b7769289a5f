# expect: MaxPoolLayer.is_defined missing
# Nothing is written but the constructor.
class MaxPoolLayer(Layer):
    def __init__(self, input_shape, pool_shape):
        self.input_shape = input_shape
        self.pool_shape = pool_shape
        self.output_shape = (input_shape[0] // pool_shape[0], input_shape[1] // pool_shape[1], input_shape[2])
