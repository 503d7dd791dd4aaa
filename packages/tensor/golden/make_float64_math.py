"""Writes float64_math.json: functions of float64 numbers, computed with 80 digits and rounded once.

Each function has pairs [x, f(x)], both as the 16 hexadecimal digits of their bits, pow has triples [a, b, aᵇ].
"""
import json
import math
import random
import struct
from decimal import Decimal, getcontext

getcontext().prec = 80


def atan_inverse(n):
    total, term, k = Decimal(0), Decimal(1) / n, 0
    while abs(term) > Decimal(10) ** -79:
        total += term / (2 * k + 1) * (-1) ** k
        term /= n * n
        k += 1
    return total


PI = 4 * (4 * atan_inverse(5) - atan_inverse(239))


def sine(x, quarters=0):
    n = int((x / (PI / 2)).to_integral_value())
    r = x - n * (PI / 2)
    odd = (n + quarters) % 2
    term = Decimal(1) if odd else r
    total, k = Decimal(0), 0 if odd else 1
    while abs(term) > Decimal(10) ** -79:
        total += term
        term *= -r * r / ((k + 1) * (k + 2))
        k += 2
    return -total if (n + quarters) % 4 >= 2 else total


def erf(x):
    # e^(-x²) · 2x/√π · Σ (2x²)ᵏ/(1·3·5⋯(2k + 1)), whose terms are all positive
    total, term, k = Decimal(0), Decimal(1), 0
    while term > Decimal(10) ** -79:
        total += term
        k += 1
        term *= 2 * x * x / (2 * k + 1)
    return total * 2 * x / PI.sqrt() * (-x * x).exp()


FUNCTIONS = {
    'cos': (lambda x: sine(x, 1), 'turn'),
    'exp': (lambda x: x.exp(), 'exponent'),
    'expm1': (lambda x: x.exp() - 1, 'exponent'),
    'log': (lambda x: x.ln(), 'positive'),
    'log1p': (lambda x: (1 + x).ln() if abs(x) > Decimal('1e-20') else x - x * x / 2, 'above -1'),
    'sin': (sine, 'turn'),
    'tanh': (lambda x: (x.exp() - (-x).exp()) / (x.exp() + (-x).exp()), 'small'),
}


def draw(kind, rng):
    size = math.ldexp(rng.uniform(0.5, 1), rng.randint(-30, 3))
    sign = rng.choice((-1, 1))
    if kind == 'turn':
        return sign * rng.choice((size, rng.uniform(0, 1e5), rng.randint(1, 10**5) * math.pi / 2))
    if kind == 'exponent':
        return rng.choice((sign * size, rng.uniform(-740, 709)))
    if kind == 'positive':
        return rng.choice((size, 1 + sign * size / 16, math.ldexp(size, rng.randint(-1030, 1000))))
    if kind == 'above -1':
        return rng.choice((size, -rng.random(), sign * size / 16, math.ldexp(size, rng.randint(-900, 1000))))
    return sign * rng.choice((size, rng.uniform(0, 2), rng.uniform(0, 25)))


def bits(value):
    return struct.pack('>d', value).hex()


rng = random.Random(0)
golden = {}
for name, (function, kind) in FUNCTIONS.items():
    points = [draw(kind, rng) for _ in range(200)]
    golden[name] = [[bits(x), bits(float(function(Decimal(x))))] for x in points]
# A generator of its own, so that the points above stay the same.
rng = random.Random(1)
points = [draw('small', rng) for _ in range(200)]
golden['erf'] = [[bits(x), bits(float(erf(Decimal(x))))] for x in points]
golden['pow'] = []
for at in range(400):
    base = draw('positive', rng)
    exponent = rng.uniform(-745, 709) / math.log(base) if at % 4 else rng.uniform(-3, 3)
    result = float((Decimal(exponent) * Decimal(base).ln()).exp())
    if result == 0 or math.isinf(result):
        continue
    golden['pow'].append([bits(base), bits(exponent), bits(result)])
with open('float64_math.json', 'w') as file:
    json.dump(golden, file, indent=None, separators=(',', ':'))
    file.write('\n')
