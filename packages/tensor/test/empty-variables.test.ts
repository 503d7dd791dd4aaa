import { describe, expect, test } from 'vitest';
import type { Backend } from '../src/compile/program.ts';
import {
  compile,
  concat,
  type DType,
  pad,
  runBatches,
  runSteps,
  stack,
  type Tensor,
  variable,
  type Variable,
  zeros,
} from '../src/index.ts';
import { reference } from '../src/reference/interpreter.ts';
import { wasm } from '../src/wasm/index.ts';
import { threadsInSmallChunks } from './small-chunks.ts';

const backends: readonly (readonly [string, Backend])[] = [
  ['the reference', reference],
  ['wasm', wasm],
  ['wasm that is the same everywhere', wasm({ deterministic: true })],
  ['wasm that threads share', wasm({ threads: threadsInSmallChunks(2) })],
];
const dtypes = ['float64', 'float32', 'int32', 'bool'] as const;
const shapes = [[0], [0, 3], [3, 0], [0, 0], [2, 0, 3], [0, 97], [97, 0], [97, 0, 2], [1, 0, 1]];

/** New values of a variable without elements, by every kind of kernel that can write them. */
const writers: Readonly<Record<string, (v: Tensor) => Tensor>> = {
  'a map': (v) => v.add(1),
  'a copy': (v) => v.mul(1),
  'another variable as it is': (v) => v,
  'a view': (v) => v.flip(0),
  'a choice': (v) => v.equal(0).where(v, v),
  'a sum of an empty axis': (v) => v.reshape([...v.shape, 1]).sum(-1),
  'a prod of rows': (v) =>
    v
      .reshape([...v.shape, 1])
      .expand([...v.shape, 4])
      .prod(-1),
  'an index': (v) => v.reshape([...v.shape, 1]).argmax(-1),
  'a gather': (v) =>
    v.gather(
      zeros(v.shape, { dtype: 'int32' }),
      v.shape.findIndex((length) => length > 0) < 0 ? 0 : v.shape.findIndex((length) => length > 0),
    ) as Tensor,
  'a scatter': (v) => v.scatterAdd(zeros(v.shape, { dtype: 'int32' }), v, 0),
  'parts joined': (v) => concat([v, v], v.shape.indexOf(0)),
  'a pad of nothing': (v) =>
    pad(
      v,
      v.shape.map(() => [0, 0] as const),
    ),
  'a product': (v) =>
    v
      .reshape([0, 4])
      .matmul(zeros([4, 5]))
      .reshape(v.shape),
};

describe.each(backends)('a variable without elements, by %s,', (_, backend) => {
  test.each(Object.entries(writers))('is assigned %s', (_name, write) => {
    for (const dtype of dtypes) {
      for (const shape of shapes) {
        const v = variable(zeros(shape, { dtype: dtype as DType })) as Variable;
        const w = variable(zeros([2], { dtype: dtype as DType })) as Variable;
        const step = compile((x: Tensor) => {
          v.assign(write(v).cast(dtype) as Tensor);
          w.assign(w.add(x.sum()).cast(dtype) as Tensor);
          return [v.sum(), w.add(0), write(v)] as Tensor[];
        }, backend);
        const x = zeros(shape) as Tensor;
        const calls = [() => step(x), () => runSteps(step, 2, x), () => runBatches(step, stack([x, x]))];
        for (const [at, call] of calls.entries()) {
          // Of batches the results of both steps are stacked.
          const steps = at === 2 ? 2 : 1;
          const sizes = [1, 2, 0].map((size) => new Array<number>(size * steps).fill(0));
          expect(call().map(({ data }) => [...data])).toEqual(sizes);
          expect([v.shape, v.dtype, v.data.length]).toEqual([shape, dtype, 0]);
        }
      }
    }
  });
});
