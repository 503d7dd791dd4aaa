"""NumPy: every task as one would write it with NumPy, gradients by hand."""
import numpy as np

from arrays import array, digest

BETA1, BETA2, EPSILON = np.float32(0.9), np.float32(0.999), np.float32(1e-7)


def matmul(task):
    a, b = array(task.a), array(task.b)
    return lambda: digest(a @ b), lambda: a @ b


def chain(task):
    x, w, b = array(task.x), array(task.w), array(task.b)

    def unit():
        return np.maximum(x * w + b, 0).sum()

    return lambda: digest(unit()), unit


def softmax(task):
    x = array(task.x)

    def unit():
        e = np.exp(x - x.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    return lambda: digest(unit()), unit


def training(task):
    x, labels, rows = array(task.x), np.array(task.labels), len(task.labels)
    weights = [array(layer.weight) for layer in task.layers]
    biases = [array(layer.bias) for layer in task.layers]
    tanh = task.activation == "tanh"
    outputs = biases[-1].size
    rate, every_row = np.float32(task.learningRate), np.arange(rows)
    parameters = weights + biases
    means = [np.zeros_like(p) for p in parameters]
    squares = [np.zeros_like(p) for p in parameters]
    count = 0

    def update(slopes):
        nonlocal count
        count += 1
        if task.optimizer == "sgd":
            for p, slope in zip(parameters, slopes):
                p -= rate * slope
            return
        correction1, correction2 = np.float32(1 - 0.9**count), np.float32(1 - 0.999**count)
        for p, mean, square, slope in zip(parameters, means, squares, slopes):
            mean *= BETA1
            mean += (1 - BETA1) * slope
            square *= BETA2
            square += (1 - BETA2) * slope * slope
            p -= rate * (mean / correction1) / (np.sqrt(square / correction2) + EPSILON)

    def step():
        values = [x]
        for w, b in zip(weights[:-1], biases[:-1]):
            sums = values[-1] @ w + b
            values.append(np.tanh(sums) if tanh else np.maximum(sums, 0))
        scores = values[-1] @ weights[-1] + biases[-1]
        if outputs == 1:
            score = scores[:, 0]
            e = np.exp(-np.abs(score))
            loss = (np.maximum(score, 0) - score * labels + np.log1p(e)).mean()
            slope = ((1 / (1 + np.exp(-score)) - labels) / np.float32(rows))[:, None].astype(np.float32)
        else:
            scores -= scores.max(axis=1, keepdims=True)
            slope = np.exp(scores)
            sums = slope.sum(axis=1, keepdims=True)
            loss = -(scores[every_row, labels] - np.log(sums[:, 0])).mean()
            slope /= sums
            slope[every_row, labels] -= 1
            slope /= rows
        weight_slopes, bias_slopes = [], []
        for at in reversed(range(len(weights))):
            weight_slopes.insert(0, values[at].T @ slope)
            bias_slopes.insert(0, slope.sum(axis=0))
            if at > 0:
                slope = slope @ weights[at].T
                if tanh:
                    slope *= 1 - values[at] * values[at]
                else:
                    slope *= values[at] > 0
        update(weight_slopes + bias_slopes)
        return float(loss)

    return lambda: [step() for _ in range(task.compared)], step


def inference(task):
    rows = [row.reshape(1, -1).copy() for row in array(task.x)]
    weights = [array(layer.weight) for layer in task.layers]
    biases = [array(layer.bias) for layer in task.layers]
    call = 0

    def unit():
        nonlocal call
        value = rows[call % len(rows)]
        call += 1
        for w, b in zip(weights[:-1], biases[:-1]):
            value = np.maximum(value @ w + b, 0)
        return value @ weights[-1] + biases[-1]

    return lambda: [float(v) for _ in rows for v in unit().ravel()], unit


makers = {"matmul": matmul, "chain": chain, "softmax": softmax, "training": training, "inference": inference}
