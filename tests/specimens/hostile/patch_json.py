# attack: Patches json, which the child writes its answers with; that is left out in the next box.
# expect: 100
import json

json.dumps = json.JSONEncoder.encode = lambda *_, **__: '[]'
