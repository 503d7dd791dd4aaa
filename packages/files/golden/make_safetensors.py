"""Writes the sample files with the format's own library: make_safetensors.py DIRECTORY (numpy, safetensors 0.8.0)"""
import json, sys
import numpy as np
import safetensors
from safetensors.numpy import save_file

directory = sys.argv[1]
rng = np.random.RandomState(3)
own = {
    'dense_1.weight': rng.randn(2, 3).astype('f4'),
    'dense_1.bias': np.array([0.0, -0.0, np.inf], 'f4'),
    'step': np.array(17, 'i4'),
    'counts': np.array([-2**31, 2**31 - 1], 'i4'),
    'precise': rng.randn(3, 1, 2),
    'mask': np.array([[True, False], [False, True], [True, True]]),
    'empty': np.zeros((0, 4), 'f4'),
    '__proto__': np.array([1.5], 'f4'),
    'constructor': np.array([2.5], 'f4'),
    'Gewicht "ü" 重み': np.array([3.5], 'f8'),
}
save_file(own, f'{directory}/written-types.safetensors', metadata={'made by': 'safetensors ' + safetensors.__version__})

other = {
    'f16': np.array([1, -2, 1 / 3, 65504, 2**-24, 2**-14, np.inf, -np.inf], 'f2'),
    'u8': np.array([0, 255], 'u1'),
    'i8': np.array([-128, 127], 'i1'),
    'i16': np.array([-2**15, 2**15 - 1], 'i2'),
    'u16': np.array([0, 2**16 - 1], 'u2'),
    'u32': np.array([0, 2**31 - 1], 'u4'),
    'i64': np.array([-2**31, 2**31 - 1], 'i8'),
    'u64': np.array([0, 2**31 - 1], 'u8'),
}
save_file(other, f'{directory}/read-types.safetensors')

def plain(array):
    return {'shape': list(array.shape), 'data': [str(v) if not np.isfinite(v) else float(v) for v in array.ravel()]}
json.dump({name: plain(array) for name, array in {**own, **other}.items()}, open(f'{directory}/values.json', 'w'), indent=1)
