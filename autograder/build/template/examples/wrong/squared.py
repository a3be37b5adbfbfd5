# loses: double
def double(x):
    return x**2


quiz_1 = "b"
