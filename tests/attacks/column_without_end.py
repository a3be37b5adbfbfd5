# loses: sigmoid, relu, init, activate, quiz
# Answers by hand that its syntax error is three thousand million columns to the right.
import sys
import time

worker = sys.modules["autograder.sandbox.worker"]
wire = worker.wire
answer = wire.encode(["raised", "SyntaxError", "m", [0, 1], "text", 3_000_000_000])
worker.write_all(wire.encode([worker._current_id, [[answer]]]))
time.sleep(100)
