import numpy as np

a = np.array([1.0, 2.0, 3.0])
print(a + 1, a * a, a.sum(), a.mean())
b = np.arange(12).reshape(3, 4)
print(b)
print(b[1:, ::2], b.shape, b.dtype)
print(np.zeros((2, 2), dtype=int))
print([float(x) for x in a], list(b[0]))
b[0, 0] = 99
print(b.max(), b.T.tolist())
print(isinstance(a, np.ndarray), len(a), 2 * a, 2**a)
print(np.apply_along_axis(lambda row: row.sum() * 2, 1, b))
try:
    a + np.array([1, 2])
except ValueError as e:
    print("ValueError:", e)
try:
    np.no_such
except AttributeError as e:
    print(e)
print(np.linalg.det(np.array([[1.0, 2.0], [3.0, 4.0]])))
from numpy import pi, sin

print(pi, sin(pi / 2))
import numpy.fft

print(numpy.fft.fft(a))
print(f"{np.float64(3.14159):.2f}", np.int64(7) // 2)
