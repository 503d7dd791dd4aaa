import { describe, expect, test } from 'vitest';
import type { Backend } from '../src/compile/program.ts';
import { compile, convolve, gradients, randomState, type Tensor, watch } from '../src/index.ts';
import { reference } from '../src/reference/interpreter.ts';
import { wasm } from '../src/wasm/index.ts';
import { integerTensor } from './integers.ts';
import { threadsInSmallChunks } from './small-chunks.ts';

// In the gradient of the filters both factors are large and the sums long: other loops than for small images.

const backends: readonly (readonly [string, Backend])[] = [
  ['wasm', wasm],
  ['deterministic wasm', wasm({ deterministic: true })],
  ['wasm with threads', wasm({ threads: threadsInSmallChunks(3) })],
];

/** [samples, channels, outputs, groups, height, width] of x, and whether a sum is as long in each sample as to be added up in parts. */
const sizes: readonly (readonly [string, readonly [number, number, number, number, number, number]])[] = [
  ['in parts', [20, 4, 16, 1, 16, 18]],
  ['in parts, in groups', [20, 4, 16, 2, 16, 18]],
  ['in parts, of one channel', [20, 1, 16, 1, 16, 18]],
  ['at once', [50, 3, 17, 1, 10, 10]],
  ['at once, in groups', [50, 4, 16, 4, 10, 10]],
];

type Step = (x: Tensor, filters: Tensor, g: Tensor) => readonly Tensor[];

const step =
  (groups: number): Step =>
  (x, filters, g) => {
    const [input, weight] = [watch(x), watch(filters)];
    const y = convolve(input, weight, { groups, padding: [[1, 1], [1, 1]] }); // prettier-ignore
    const found = gradients(y.mul(g).sum(), { input, weight });
    return [y, found.input as Tensor, found.weight as Tensor];
  };

describe.each(backends)('large convolutions by %s', (_, backend) => {
  test.each(sizes)(
    'have the gradients of the reference: sums %s',
    (__, [samples, channels, outputs, groups, ...lengths]) => {
      const args = [
        integerTensor([samples, channels, ...lengths], 1).clip(-2, 2),
        integerTensor([outputs, channels / groups, 3, 3], 2),
        integerTensor([samples, outputs, ...lengths], 3).clip(-2, 2),
      ] as const;
      const [found, wanted] = [backend, reference].map((each) => compile(step(groups), each)(...args));
      wanted!.forEach((one, at) => expect(found![at]!.sub(one).abs().max().item()).toBe(0));
    },
  );

  test('keep their digits', () => {
    const random = randomState(0);
    const args = [
      random.uniform([40, 2, 16, 18]),
      random.uniform([16, 2, 3, 3]),
      random.uniform([40, 16, 16, 18]),
    ] as readonly Tensor[] as [Tensor, Tensor, Tensor];
    const found = compile(step(1), backend)(...args);
    const wanted = step(1)(...(args.map((one) => one.cast('float64')) as [Tensor, Tensor, Tensor]));
    // One rounding of the result, and one of each short chain of products.
    wanted.forEach((one, at) => {
      expect(found[at]!.cast('float64').sub(one).div(one).abs().max().item()).toBeLessThan(2 ** -19);
    });
  });
});
