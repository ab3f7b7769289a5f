# attack: Patches the layout of the child's frames; what ends the box is left out in the next.
# expect: 100
import sys

class Attack:
    class Layout:
        size = 13

        def pack(*_):
            return b"bg\x0e" + bytes(10)

    sys.modules["grader_box.frames"].LAYOUT = Layout
