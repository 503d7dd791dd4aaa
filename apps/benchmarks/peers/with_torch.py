"""PyTorch on one thread: modules, automatic gradients, its own optimizers."""
import torch
import torch.nn.functional as F

from arrays import array, digest

torch.set_num_threads(1)


def tensor(numbers):
    return torch.from_numpy(array(numbers))


def model_of(layers, activation):
    modules = []
    for layer in layers:
        linear = torch.nn.Linear(*layer.weight.shape)
        with torch.no_grad():
            linear.weight.copy_(tensor(layer.weight).T)
            linear.bias.copy_(tensor(layer.bias))
        modules += [linear, torch.nn.Tanh() if activation == "tanh" else torch.nn.ReLU()]
    return torch.nn.Sequential(*modules[:-1])


def matmul(task):
    a, b = tensor(task.a), tensor(task.b)
    return lambda: digest(a @ b), lambda: a @ b


def chain(task):
    x, w, b = tensor(task.x), tensor(task.w), tensor(task.b)

    def unit():
        return torch.relu(x * w + b).sum()

    return lambda: digest(unit()), unit


def softmax(task):
    x = tensor(task.x)
    return lambda: digest(torch.softmax(x, 1)), lambda: torch.softmax(x, 1)


def training(task):
    x, labels = tensor(task.x), torch.tensor(task.labels)
    model = model_of(task.layers, task.activation)
    if task.optimizer == "adam":
        optimizer = torch.optim.Adam(model.parameters(), task.learningRate, betas=(0.9, 0.999), eps=1e-7)
    else:
        optimizer = torch.optim.SGD(model.parameters(), task.learningRate)
    yes_no = task.layers[-1].bias.shape[0] == 1
    wanted = labels.float().reshape(-1, 1) if yes_no else labels.long()
    loss_of = F.binary_cross_entropy_with_logits if yes_no else F.cross_entropy

    def step():
        optimizer.zero_grad()
        loss = loss_of(model(x), wanted)
        loss.backward()
        optimizer.step()
        return loss

    return lambda: [step().item() for _ in range(task.compared)], step


def convolutional(task):
    layers = []
    for start in task.convolutions:
        outputs, depth, *size = start.weight.shape
        layer = torch.nn.Conv2d(depth * start.groups, outputs, size, padding=1, groups=start.groups)
        with torch.no_grad():
            layer.weight.copy_(tensor(start.weight))
            layer.bias.copy_(tensor(start.bias))
        layers += [layer, torch.nn.ReLU()] + ([torch.nn.MaxPool2d(2)] if start.pool else [])
    x = tensor(task.x)
    classifier = getattr(task, "classifier", None)
    if classifier:
        layers += [torch.nn.Flatten(), model_of([classifier.layer], "relu")]
        labels = torch.tensor(classifier.labels).long()
    else:
        x.requires_grad_(True)
    model = torch.nn.Sequential(*layers)
    optimizer = torch.optim.SGD([*model.parameters()] + ([] if classifier else [x]), task.learningRate)

    def step():
        optimizer.zero_grad()
        loss = F.cross_entropy(model(x), labels) if classifier else model(x).square().mean()
        loss.backward()
        optimizer.step()
        return loss

    return lambda: [step().item() for _ in range(task.compared)], step


def inference(task):
    rows = list(tensor(task.x).split(1))
    model = model_of(task.layers, "relu")
    call = 0

    def unit():
        nonlocal call
        with torch.inference_mode():
            logits = model(rows[call % len(rows)])
        call += 1
        return logits

    return lambda: [v for _ in rows for v in unit().ravel().tolist()], unit


makers = {"matmul": matmul, "chain": chain, "softmax": softmax, "training": training}
makers |= {"convolutional": convolutional, "inference": inference}
