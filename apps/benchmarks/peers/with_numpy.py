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

    def update(gradients):
        nonlocal count
        count += 1
        if task.optimizer == "sgd":
            for p, gradient in zip(parameters, gradients):
                p -= rate * gradient
            return
        correction1, correction2 = np.float32(1 - 0.9**count), np.float32(1 - 0.999**count)
        for p, mean, square, gradient in zip(parameters, means, squares, gradients):
            mean *= BETA1
            mean += (1 - BETA1) * gradient
            square *= BETA2
            square += (1 - BETA2) * gradient * gradient
            p -= rate * (mean / correction1) / (np.sqrt(square / correction2) + EPSILON)

    def step():
        values = [x]
        for w, b in zip(weights[:-1], biases[:-1]):
            sums = values[-1] @ w + b
            values.append(np.tanh(sums) if tanh else np.maximum(sums, 0))
        logits = values[-1] @ weights[-1] + biases[-1]
        if outputs == 1:
            logit = logits[:, 0]
            e = np.exp(-np.abs(logit))
            loss = (np.maximum(logit, 0) - logit * labels + np.log1p(e)).mean()
            gradient = ((1 / (1 + np.exp(-logit)) - labels) / np.float32(rows))[:, None].astype(np.float32)
        else:
            logits -= logits.max(axis=1, keepdims=True)
            gradient = np.exp(logits)
            sums = gradient.sum(axis=1, keepdims=True)
            loss = -(logits[every_row, labels] - np.log(sums[:, 0])).mean()
            gradient /= sums
            gradient[every_row, labels] -= 1
            gradient /= rows
        weight_gradients, bias_gradients = [], []
        for at in reversed(range(len(weights))):
            weight_gradients.insert(0, values[at].T @ gradient)
            bias_gradients.insert(0, gradient.sum(axis=0))
            if at > 0:
                gradient = gradient @ weights[at].T
                if tanh:
                    gradient *= 1 - values[at] * values[at]
                else:
                    gradient *= values[at] > 0
        update(weight_gradients + bias_gradients)
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
