# attack: Patches the clock, in case somebody in the child looks at it.
# expect: 100
import time

time.perf_counter = lambda: float('nan')
