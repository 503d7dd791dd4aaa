"""Writes numpy_random_more.json: draws of NumPy that numpy_random.json does not hold, in its format. Made with NumPy 2.4.6."""

import json
import pathlib

import numpy as np

LEGACY = [
    ('geometric', [0.05], {'size': 6}),
    ('poisson', [10.0], {'size': 6}),
    ('poisson', [12345.5], {'size': 6}),
    ('poisson', [0.0], {'size': 2}),
    ('poisson', [0.5], {'size': 6}),
    ('choice', [7], {'size': 4, 'replace': False, 'p': [0.3, 0.0, 0.1, 0.2, 0.1, 0.25, 0.05]}),
    ('choice', [12000], {'size': 300, 'replace': False}),
    ('standard_gamma', [1.0], {'size': 3}),
    ('standard_gamma', [0.0], {'size': 2}),
    ('beta', [0.5, 0.5], {'size': 5}),
    ('beta', [1.0, 0.25], {'size': 5}),
    ('binomial', [100000, 0.5], {'size': 8}),
    ('binomial', [5, 0.0], {'size': 2}),
    ('binomial', [5, 1.0], {'size': 2}),
    ('multinomial', [1000, [0.1, 0.1, 0.2, 0.6]], {'size': 3}),
    ('triangular', [-2.0, -2.0, 3.0], {'size': 4}),
    ('randint', [-(2**52), 2**52], {'size': 4}),
    ('random_sample', [], {'size': 1}),
]
GENERATOR = [
    ('standard_exponential', [], {'size': 1000, 'dtype': 'float32'}),
    ('standard_normal', [], {'size': 1000, 'dtype': 'float32'}),
    ('exponential', [2.0], {'size': 300}),
    ('poisson', [3.0], {'size': 6}),
    ('poisson', [25.0], {'size': 6}),
    ('standard_gamma', [2.5], {'size': 4}),
    ('standard_gamma', [0.5], {'size': 4}),
    ('beta', [2.0, 3.0], {'size': 3}),
    ('beta', [0.5, 0.5], {'size': 3}),
    ('laplace', [0.5, 2.0], {'size': 4}),
    ('lognormal', [0.0, 1.0], {'size': 3}),
    ('gumbel', [1.0, 3.0], {'size': 3}),
    ('logistic', [0.0, 1.0], {'size': 3}),
    ('triangular', [0.0, 0.3, 1.0], {'size': 3}),
    ('multinomial', [20, [0.2, 0.3, 0.5]], {'size': 2}),
    ('multinomial', [20, [0.0, 0.5, 0.5]], {'size': 2}),
    ('geometric', [0.35], {'size': 6}),
    ('geometric', [0.05], {'size': 6}),
    ('binomial', [5, 0.0], {'size': 2}),
    ('choice', [7], {'size': 4, 'replace': False, 'p': [0.3, 0.0, 0.1, 0.2, 0.1, 0.25, 0.05]}),
    ('choice', [12000], {'size': 300, 'replace': False}),
    ('choice', [12000], {'size': 5, 'replace': False}),
    ('integers', [-(2**52), 2**52], {'size': 4}),
    ('integers', [0, 2**32], {'size': 4}),
    ('integers', [0, 3 * 2**30], {'size': 8}),
    ('integers', [0, 256], {'size': 5, 'dtype': 'uint8'}),
    ('integers', [0, 65536], {'size': 5, 'dtype': 'uint16'}),
    ('random', [], {'size': 1}),
]


def expected(result):
    result = np.asarray(result)
    made = {'dtype': str(result.dtype), 'shape': list(result.shape)}
    if result.dtype.kind == 'f':
        width = result.dtype.itemsize
        words = result.astype(f'>f{width}').tobytes().hex()
        made['hex'] = [words[at : at + 2 * width] for at in range(0, len(words), 2 * width)]
    else:
        made['values'] = result.ravel().tolist()
    return made


def programs(make, steps):
    for seed in (0, 42):
        for op, args, kwargs in steps:
            random = make(seed)
            options = {**kwargs, 'dtype': np.dtype(kwargs['dtype']).type} if 'dtype' in kwargs else kwargs
            drawn = getattr(random, op)(*args, **options)
            after = 'random_sample' if make is np.random.RandomState else 'random'
            yield {
                'seed': seed,
                'name': f'{op} {args} {kwargs}',
                'steps': [
                    {'op': op, 'args': args, 'kwargs': kwargs, 'expect': expected(drawn)},
                    {'op': after, 'args': [], 'kwargs': {'size': 2}, 'expect': expected(getattr(random, after)(size=2))},
                ],
            }


result = {
    'about': 'Draws of numpy.random beyond numpy_random.json, in its format, each followed by two uniforms.',
    'numpy_version': np.__version__,
    'legacy': list(programs(np.random.RandomState, LEGACY)),
    'generator': list(programs(np.random.default_rng, GENERATOR)),
}
path = pathlib.Path(__file__).with_name('numpy_random_more.json')
lines = [f' {json.dumps(key)}: ' + (json.dumps(value) if isinstance(value, str) else '[\n' + ',\n'.join('  ' + json.dumps(one) for one in value) + '\n ]') for key, value in result.items()]
path.write_text('{\n' + ',\n'.join(lines) + '\n}\n')
