"""What the contestants in Python share about arrays."""
import numpy as np


def array(numbers):
    return np.array(numbers.data, np.float32).reshape(numbers.shape)


def digest(result):
    """The sum of a result, and 64 of its numbers."""
    flat = np.asarray(result).ravel()
    samples = [flat[sample * (flat.size - 1) // 63] for sample in range(64)]
    return [float(flat.sum(dtype=np.float64))] + [float(value) for value in samples]
