# attack: Patches the clock that the child tells its seconds by.
# expect: 0
import time

time.perf_counter = lambda: float('nan')
