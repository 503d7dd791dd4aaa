import { randomState, ShapeError, tensor, type Tensor, zeros } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import {
  circularPad,
  fold,
  interpolate,
  type InterpolationMode,
  pixelShuffle,
  pixelUnshuffle,
  reflectPad,
  replicatePad,
  unfold,
  upsample,
  zeroPad,
} from '../src/index.ts';
import { expectGradients, type LayerCase, type Replay, replayCases, type Tensors } from './replay.ts';

type Sizes = readonly number[];

const ofLayer = (layer: unknown): Replay => ({
  run: ({ x }: Tensors) => ({ output: (layer as (x: Tensor) => Tensor)(x!) }),
});

function windowsOf({ config }: LayerCase) {
  const { kernel_size, output_size, ...options } = config as Readonly<Record<string, Sizes>>;
  return { size: kernel_size!, outputSize: output_size!, options };
}

/** PyTorch's names of modes, and ours. */
const modes: Readonly<Record<string, InterpolationMode>> = {
  'nearest-exact': 'nearestExact',
  bilinear: 'linear',
  bicubic: 'cubic',
};

const pads = { constant: zeroPad, reflect: reflectPad, replicate: replicatePad, circular: circularPad };

replayCases('resampling', 46, {
  unfold(golden) {
    const { size, options } = windowsOf(golden);
    return ofLayer(unfold(size, options));
  },
  fold(golden) {
    const { size, outputSize, options } = windowsOf(golden);
    return ofLayer(fold(outputSize, size, options));
  },
  pixel_shuffle: ({ config }) => ofLayer(pixelShuffle(config['upscale_factor'] as number)),
  pixel_unshuffle: ({ config }) => ofLayer(pixelUnshuffle(config['downscale_factor'] as number)),
  interpolate({ config }) {
    const { mode: name, align_corners, size, scale_factor: scale } = config as Readonly<Record<string, never>>;
    const options = { mode: modes[name!] ?? name!, alignCorners: align_corners ?? false };
    return ofLayer((x: Tensor) => interpolate(x, { ...options, size: size!, scale: scale! }));
  },
  pad({ config }) {
    const { pad, mode } = config as { readonly pad: Sizes; readonly mode: keyof typeof pads };
    // PyTorch lists the last axis first.
    const widths = Array.from({ length: pad.length / 2 }, (_, at) => [pad[2 * at]!, pad[2 * at + 1]!] as const);
    return ofLayer(pads[mode](widths.toReversed()));
  },
});

test.each([
  ['unfold', unfold([2, 1], { stride: 2, padding: 1 }), [1, 2, 3, 4]],
  ['fold', fold([3, 4], [2, 1], { stride: 2, padding: 1 }), [1, 4, 6]],
  ['pixelShuffle', pixelShuffle(2), [1, 4, 2, 1]],
  ['upsample', upsample([2, 1.5], { mode: 'cubic' }), [1, 1, 3, 4]],
  ['reflectPad', reflectPad([[2, 1]]), [1, 2, 3]],
] as const)('%s has the gradient of finite differences, and is the same compiled', (_, layer, shape) => {
  expectGradients(layer as unknown as (x: Tensor) => Tensor, randomState(0).normal(shape, { dtype: 'float64' }));
});

test('fold adds up what unfold has taken several times', () => {
  const x: Tensor = tensor([[[[1, 2, 3]]]]);
  expect(fold([1, 3], [1, 2])(unfold([1, 2])(x) as Tensor).toArray()).toEqual([[[[1, 4, 3]]]]);
});

test('pixelUnshuffle is the inverse of pixelShuffle', () => {
  const x: Tensor = randomState(0).normal([2, 8, 3, 2]);
  expect(pixelUnshuffle(2)(pixelShuffle(2)(x) as Tensor).toArray()).toEqual(x.toArray());
});

describe('interpolate', () => {
  test('keeps what it is told to keep', () => {
    const x: Tensor = randomState(0).normal([1, 2, 4, 5], { dtype: 'float64' });
    for (const mode of ['nearest', 'nearestExact', 'linear', 'cubic', 'area'] as const) {
      expect(interpolate(x, { size: [4, 5], mode }).toArray(), mode).toEqual(x.toArray());
    }
    expect(interpolate(x, { scale: 1.5 }).shape).toEqual([1, 2, 6, 7]);
  });

  test('an infinity spreads to its neighbours only', () => {
    const x = tensor([[[1, 2, Infinity, 4, 5]]]);
    expect(interpolate(x, { size: 10 }).toArray()).toEqual([[[1, 1, 2, 2, Infinity, Infinity, 4, 4, 5, 5]]]);
  });

  test('refuses what does not fit', () => {
    const x = zeros([1, 1, 4, 4]);
    expect(() => interpolate(x, { size: 2, mode: 'bilinear' as never })).toThrow(
      'interpolate: mode must be one of nearest, nearestExact, linear, cubic, area, got bilinear. ' +
        "Write 'linear', which works on any number of axes.",
    );
    expect(() => interpolate(x, {})).toThrow('give size or scale, and not both');
    expect(() => interpolate(x, { size: 2, scale: 2 })).toThrow(TypeError);
    expect(() => interpolate(x, { size: [2] })).toThrow('size must have 2 numbers, got 1');
    expect(() => interpolate(x, { scale: [2] })).toThrow('scale must have 2 numbers, got 1');
    expect(() => interpolate(x, { scale: 0.1 })).toThrow('a scale of [0.1, 0.1] leaves nothing of [1, 1, 4, 4]');
    expect(() => interpolate(x, { size: 2, alignCorners: true })).toThrow('alignCorners is for the modes linear');
    expect(() => interpolate(zeros([2, 2]), { size: 2 })).toThrow(ShapeError);
    expect(() => upsample(0)).toThrow('upsample: scale must be a finite number above 0, got 0. Write scale: 2.');
    expect(() => upsample(2, { size: 2 } as never)).toThrow("Unknown option 'size' of upsample");
  });
});

test('what does not fit is refused', () => {
  expect(() => unfold(2)(zeros([1, 4, 4]))).toThrow('unfold(2) expects x of shape [N, channels, *, *], got [1, 4, 4].');
  expect(() => fold(4, 5)).toThrow('fold(4, 5): a window spans 5, but with padding the image has length 4.');
  expect(() => fold(4, 2)(zeros([1, 4, 8]))).toThrow(
    'fold(4, 2) expects x of shape [N, channels · 4, 9], got [1, 4, 8].',
  );
  expect(() => pixelShuffle(2)(zeros([1, 6, 2, 2]))).toThrow(
    'expects x of shape [N, channels · 4, *, *], got [1, 6, 2, 2]',
  );
  expect(() => pixelUnshuffle(0)).toThrow('pixelUnshuffle: factor must be a positive integer, got 0.');
  expect(() => pixelUnshuffle(2)(zeros([1, 1, 3, 2]))).toThrow(ShapeError);
  expect(() => reflectPad(3)(zeros([1, 1, 3]))).toThrow('an axis of length 3 takes widths up to 2, got [3, 3]');
  expect(() => circularPad(4)(zeros([1, 1, 3]))).toThrow('an axis of length 3 takes widths up to 3, got [4, 4]');
  expect(() => replicatePad(-1)).toThrow('replicatePad: widths must be non-negative integers, got -1.');
  expect(() => zeroPad(0.5)).toThrow('zeroPad: widths must be integers, got 0.5. Write zeroPad(1).');
  expect(() => zeroPad([[1, 1]])(zeros([1, 1, 2, 2]))).toThrow('zeroPad([[1, 1]]) expects x of shape [N, channels, …]');
  expect(() => zeroPad(-1)(zeros([1, 1, 2]))).toThrow('of an axis of length 2 the widths [-1, -1] leave nothing');
});
