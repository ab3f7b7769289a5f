# attack: Starts threads that outlive the call and would keep the process alive for ever.
# expect: 100
# prints: started
import threading
import time

def stay():
    while True:
        time.sleep(0.05)


class Attack:
    threads = [threading.Thread(target=stay) for _ in range(8)]
    for thread in threads:
        thread.start()
    print("started")

class Relu:
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask
