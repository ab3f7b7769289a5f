# attack: Claims that an exercise was found which is not there.
# expect: 90
# prints: patched
import sys


class Attack:
    codec = sys.modules["grader_box.codec"]
    real = codec._json

    def spoilt(value, real=real):
        if type(value) is dict and "definitions" in value:
            for definition in value["definitions"]:
                definition[1:] = [definition[0], {}, ""]
        return real(value)

    codec._json = spoilt
    print("patched")

Relu = None
