import { describe, expect, test } from 'vitest';
import { checkValues } from '../src/checks.ts';
import type { Backend } from '../src/compile/program.ts';
import { compile, runSteps, type Tensor, tensor, variable, type Variable } from '../src/index.ts';
import { reference } from '../src/reference/interpreter.ts';
import { wasm } from '../src/wasm/index.ts';
import { threadsInSmallChunks } from './small-chunks.ts';
import { integerTensor } from './integers.ts';

// A compiled step that refuses its input changes no variable, wherever the refusal stands in the program. The plan of
// memory writes new values of variables over old ones only where nothing may refuse the input any more.

const backends: readonly (readonly [string, Backend])[] = [
  ['the reference', reference],
  ['wasm', wasm],
  ['wasm that threads share', wasm({ threads: threadsInSmallChunks(2) })],
];

/** What refuses an index that is as large as the axis, or −1. */
const refusals: Readonly<Record<string, (x: Tensor, indices: Tensor) => Tensor>> = {
  gather: (x, indices) => x.take(indices, 0) as Tensor,
  scatterAdd: (x, indices) => x.scatterAdd(indices, x, 0) as Tensor,
  check(x, indices) {
    checkValues('test', indices.less(x.shape[0]!).logicalAnd(indices.greaterEqual(0)), [indices], () => {
      return new RangeError('index is out of bounds');
    });
    return x;
  },
};

// Kernels over more than 96 rows are grouped with others of as many rows, and run in blocks of rows.
describe.each(backends)('%s', (_, backend) => {
  describe.each(Object.entries(refusals))('after %s has refused an index', (_name, refuse) => {
    test.each([3, 97, 2000])('variables of %s elements are as they were', (size) => {
      const before = integerTensor([size], 1);
      const made = (order: (v: Variable, w: Variable, x: Tensor, indices: Tensor) => Tensor) => {
        const [v, w] = [variable(before) as Variable, variable(before) as Variable];
        return { v, w, step: compile((x: Tensor, indices: Tensor) => order(v, w, x, indices), backend) };
      };
      const orders = [
        // The new values are computed first, in between, or last; from the old ones, from the input, or from what may be refused.
        made((v, w, x, indices) => {
          v.assign(v.mul(2));
          w.assign(x.add(1));
          return refuse(x, indices);
        }),
        made((v, w, x, indices) => {
          const first = refuse(x, indices);
          v.assign(v.add(first));
          w.assign(w.sub(1));
          return refuse(v.mul(3) as Tensor, indices);
        }),
        made((v, w, x, indices) => {
          const y = refuse(x, indices);
          v.assign(v.add(1));
          w.assign(v.add(y));
          return y.sum() as Tensor;
        }),
      ];
      const good = integerTensor([size], 2).abs().minimum(2).cast('int32') as Tensor;
      const wrong = [0, size - 1].flatMap((place) =>
        [-1, size].map((index) => {
          const indices = [...good.data];
          indices[place] = index;
          return tensor(indices, { dtype: 'int32' }) as Tensor;
        }),
      );
      for (const { v, w, step } of orders) {
        for (const indices of wrong) {
          for (const call of [() => step(before, indices), () => runSteps(step, 3, before, indices)]) {
            const [oldV, oldW] = [[...v.data], [...w.data]];
            expect(call).toThrow(/out of bounds/);
            expect([[...v.data], [...w.data]]).toEqual([oldV, oldW]);
          }
        }
        step(before, good);
        expect([...v.data]).not.toEqual([...before.data]);
      }
    });
  });
});
