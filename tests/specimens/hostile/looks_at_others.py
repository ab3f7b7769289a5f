# attack: Searches all that it can see for other submissions.
# expect: 90
# prints: others: []
import os
import sys

def others():
    """Files that look like submissions or results, but for the installed ones and this very file."""
    places = ("/tmp", "/home", "/srv", "/sub", "/judge", "/var", "/proc/1/root/tmp", "/run", "/mnt", "/opt")
    kinds = (".py", ".ipynb", ".json", ".csv", ".html")
    known = (sys.prefix, sys.base_prefix, "/judge/grader_box", "/proc/1/root" + sys.prefix)
    found = []
    for top in places:
        for folder, folders, names in os.walk(top):
            folders[:] = [name for name in folders if not f"{folder}/{name}/".startswith(known)]
            found += [f"{folder}/{name}" for name in names if name.endswith(kinds)]
    return [path for path in found if path != "/sub/layers.py"]


class Attack:
    print("others:", others()[:9])

class Relu:
    def forward(self, x):
        return x * 0

    def backward(self, dout):
        return dout * 0
