import { describe, expect, test } from 'vitest';
import { compile, concat, gradients, pad, type Tensor, watch } from '../src/index.ts';
import { reference } from '../src/reference/interpreter.ts';
import { wasm } from '../src/wasm/index.ts';
import { threadsInSmallChunks } from './small-chunks.ts';
import { integerTensor } from './integers.ts';

/** Functions with a buffer that several loops write, although each loop alone could write all of it. */
const steps: Readonly<Record<string, (x: Tensor, y: Tensor) => Tensor | readonly Tensor[]>> = {
  'a pad of width 0': (x) => pad(x.mul(2), 0),
  'a pad of width 0, and an addition': (x, y) => pad(x.mul(y), 0).add(y).mul(x),
  'the gradient of all of a slice': (x, y) => {
    const of = watch(x);
    return gradients(of.slice([0, x.shape[0]!]).mul(y).sum(), [of]);
  },
  'concat of one tensor': (x) => concat([x.add(1)]).mul(3),
  'two halves, each read separately': (x, y) => {
    const both = concat([x.mul(2), y.mul(3)]);
    const length = x.shape[0]!;
    return [both.slice([0, length]).add(1), both.slice([length]).sub(1), both];
  },
  'two halves, each read where the other is written': (x, y) => {
    const both = concat([x.mul(2), y.mul(3)]);
    return both.slice([x.shape[0]!]).mul(both.slice([0, x.shape[0]!]));
  },
  'scatterAdd into a computed tensor': (x, y) =>
    x
      .mul(2)
      .scatterAdd(y.cast('int32').mul(0) as Tensor, y, 0)
      .add(x),
};

describe.each([
  ['wasm', wasm],
  ['wasm with threads', wasm({ threads: threadsInSmallChunks(2) })],
])('%s gives the result of the reference for', (_, backend) => {
  test.each(Object.entries(steps))('%s', (__, step) => {
    for (const shape of [[1], [4], [7], [200], [3, 5], [97, 4], [130, 8], [2, 100, 4]]) {
      const args = [integerTensor(shape, 1), integerTensor(shape, 5)] as const;
      const [found, wanted] = [backend, reference].map((one) =>
        [compile(step, one)(...args)].flat().map(({ data }) => [...data]),
      );
      expect({ shape, found }).toEqual({ shape, found: wanted });
    }
  });
});
