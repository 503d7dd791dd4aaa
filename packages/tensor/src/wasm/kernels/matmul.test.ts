import { describe, expect, test } from 'vitest';
import { mismatches } from '../../../test/mismatches.ts';
import { integerTensor } from '../../../test/integers.ts';
import type { Backend } from '../../compile/program.ts';
import { compile, concat, gradients, ones, tensor, type Tensor, watch, zeros } from '../../index.ts';
import { reference } from '../../reference/interpreter.ts';
import { wasm } from '../index.ts';

const backends: readonly (readonly [string, Backend])[] = [
  ['with fused multiply-add', wasm],
  ['with products and sums apart', wasm({ deterministic: true })],
];

type Step = (a: Tensor, b: Tensor) => readonly Tensor[];

/** The outputs of a step that differ from those of the reference. */
function differences(backend: Backend, a: Tensor, b: Tensor, step: Step): unknown[] {
  const wanted = compile(step, reference)(a, b);
  const got = compile(step, backend)(a, b);
  return wanted.flatMap((one, at) => {
    const [left, right] = [[...one.data], [...got[at]!.data]];
    return left.some((value, index) => value !== right[index]) ? [{ a: a.shape, b: b.shape, output: at }] : [];
  });
}

const product: Step = (a, b) => [a.matmul(b)];

// Around the limits of tiles (1, 2, 3, 4, 5, 6, 10 and 12 rows; 4, 8, 12, 16 and 48 columns), of row blocks (48 and 80
// rows) and of blocks of the depth (256).
const rows = [1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 23, 25, 47, 49, 79, 81, 95, 96, 97, 101, 192, 193];
const columns = [1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 13, 16, 17, 31, 47, 48, 49, 53];
const depths = [1, 2, 3, 4, 5, 8, 255, 256, 257, 513];

describe.each(backends)('a product %s', (_, backend) => {
  // Sums of at most four products have tiles of their own.
  test.each([3, 5])('of every number of rows and columns, %s deep', (k) => {
    const found = rows.flatMap((m) =>
      columns.flatMap((n) => differences(backend, integerTensor([m, k], 1), integerTensor([k, n], 2), product)),
    );
    expect(found).toEqual([]);
  });

  test('of every depth, packed and not packed', () => {
    const shapes = [
      [1, 7],
      [2, 9],
      [7, 3],
      [13, 10],
      [97, 131],
    ] as const;
    const found = depths.flatMap((k) =>
      shapes.flatMap(([m, n]) => differences(backend, integerTensor([m, k], 3), integerTensor([k, n], 4), product)),
    );
    expect(found).toEqual([]);
  });

  test('of depth 0 is 0, and of no rows is empty', () => {
    expect([...compile(product, backend)(integerTensor([2, 0], 0), integerTensor([0, 3], 0))[0]!.data]).toEqual([
      0, 0, 0, 0, 0, 0,
    ]);
    expect(compile(product, backend)(integerTensor([0, 4], 0), integerTensor([4, 3], 0))[0]!.shape).toEqual([0, 3]);
  });

  test('of views', () => {
    const steps: readonly Step[] = [
      (a, b) => [a.T.matmul(b.T)],
      (a, b) => [a.T.slice([0, null, 2]).matmul(b.T.slice([], [1, null, 3]))],
      (a, b) => [a.T.flip(0).matmul(b.T.flip(1))],
      (a, b) => [a.T.slice([3]).matmul(b.slice([], [0, 9]).T)],
    ];
    const [a, b, narrow] = [integerTensor([9, 100], 5), integerTensor([23, 9], 6), integerTensor([23, 12], 7)];
    const found = steps.flatMap((step, at) => differences(backend, a, at === 3 ? narrow : b, step));
    expect(found).toEqual([]);
  });

  test('of negative zeros is positive zero, whatever the depth', () => {
    const signs: Step = (a, b) => [tensor(1).div(a.matmul(b))];
    const found = depths.flatMap((k) =>
      [1, 7].flatMap((m) => differences(backend, zeros([m, k]).neg(), ones([k, 5]), signs)),
    );
    expect(found).toEqual([]);
    expect(1 / compile(product, wasm)(zeros([1, 1]).neg(), ones([1, 1]))[0]!.item()).toBe(Infinity);
  });

  test('of a transposed matrix with few columns, which is computed as bᵀaᵀ', () => {
    const steps: readonly Step[] = [
      (a, b) => [a.T.matmul(b)],
      (a, b) => [a.T.matmul(b).add(1), a.T.matmul(b).sum(0), a.T.matmul(b).T.matmul(a.T)],
      (a, b) => [
        a
          .reshape([1, ...a.shape])
          .mT.matmul(b)
          .mul(2),
      ],
      (a, b) => [a.T.slice([1]).matmul(b.flip(1))],
    ];
    const found = rows.flatMap((m) =>
      [1, 2, 3, 4].flatMap((n) =>
        steps.flatMap((step) => differences(backend, integerTensor([5, m], 1), integerTensor([5, n], 2), step)),
      ),
    );
    expect(found).toEqual([]);
  });

  test('of batches, with a second matrix each or one for all', () => {
    const shapes = [
      [[3, 7, 5], [3, 5, 9]],
      [[3, 7, 5], [5, 9]],
      [[7, 5], [3, 5, 9]],
      [[2, 1, 7, 5], [3, 5, 9]],
      [[1, 3, 7, 5], [1, 3, 5, 9]],
      [[5, 1, 5], [5, 5, 1]],
      [[2, 100, 400], [2, 400, 120]],
    ] as const; // prettier-ignore
    const steps: readonly Step[] = [
      product,
      (a, b) => [a.matmul(b).add(1), a.matmul(b).sum(-1)],
      (a, b) => [a.transpose().transpose().matmul(b.transpose().transpose())],
    ];
    const found = shapes.flatMap(([a, b]) =>
      steps.flatMap((step) => differences(backend, integerTensor(a, 8), integerTensor(b, 9), step)),
    );
    expect(found).toEqual([]);
  });

  test.each(['float64', 'int32', 'bool'] as const)('of %s', (dtype) => {
    const found = [
      ...rows
        .slice(0, 8)
        .flatMap((m) =>
          differences(backend, integerTensor([m, 6], 1, dtype), integerTensor([6, 5], 2, dtype), product),
        ),
      ...differences(backend, integerTensor([130, 6], 1, dtype), integerTensor([6, 5], 2), product),
      ...differences(backend, integerTensor([2, 3, 6], 1, dtype), integerTensor([2, 6, 5], 2, dtype), (a, b) => [
        a.matmul(b),
        a.transpose().transpose().matmul(b).add(1),
      ]),
    ];
    expect(found).toEqual([]);
  });

  test('and operations on it: several results, masks, sums, rows and columns', () => {
    const steps: readonly Step[] = [
      (a, b) => {
        const z = a.matmul(b);
        return [z, z.add(b.slice(0)).maximum(0), z.mul(2).sum(1), z.sum(0)];
      },
      (a, b) => [
        a
          .matmul(b)
          .add(a.sum(1, { keepdims: true }))
          .greater(0)
          .cast('float32')
          .mul(a.matmul(b)),
      ],
      (a, b) => [a.matmul(b).cast('float64').mul(0.5), a.matmul(b).less(1)],
      (a, b) => {
        const y = a.matmul(b).maximum(0);
        const back = y.matmul(b.T);
        return [back.mul(a.greater(0)), back.T.matmul(y), y.sub(y.max(1, { keepdims: true })).sum(1)];
      },
    ];
    const sizes = [1, 3, 5, 12, 95, 97, 100, 193, 300];
    const found = sizes.flatMap((m) =>
      [1, 3, 4, 10, 17].flatMap((n) =>
        steps.flatMap((step, at) =>
          differences(backend, integerTensor([m, 6], at), integerTensor([6, n], at + 1), step).map((one) => ({
            step: at,
            one,
          })),
        ),
      ),
    );
    expect(found).toEqual([]);
  });

  test('writes only its result, and keeps its inputs', () => {
    const step: Step = (a, b) => [a.matmul(b), a.add(0), b.add(0)];
    const found = columns.flatMap((n) =>
      differences(backend, integerTensor([13, 5], 1), integerTensor([5, n], 2), step),
    );
    expect(found).toEqual([]);
  });
});

describe.each(backends)('a product of computed matrices, %s', (_, backend) => {
  const steps: Readonly<Record<string, Step>> = {
    'a matrix and its transpose': (a) => {
      const y = a.add(1);
      return [y.matmul(y.mT)];
    },
    'a matrix and a computed one': (a, b) => [a.matmul(b.sub(1).mT.abs())],
    'three in sequence': (a, b) => [a.add(1).matmul(b.mul(2).mT).matmul(b.neg())],
    'a product and its epilogue': (a, b) => [a.add(1).matmul(b.sub(2).mT).add(1).maximum(0)],
    'a flipped and transposed matrix': (a, b) => [a.matmul(b.add(1).flip(-1).mT)],
    'a gathered batch': (a, b) => {
      const y = b.add(1);
      return [a.matmul(concat([y.slice([1]), y.slice([0, 1])], 0).mT)];
    },
  };

  // Kernels are grouped by their rows when there are more than 96 of them.
  test.each(Object.entries(steps))('%s', (_name, step) => {
    const found = [96, 97, 161].flatMap((batch) =>
      [
        [batch, 2, 2],
        [batch, 1, 5],
        [batch, 3, 1],
        [batch, 2, 3, 4],
        [batch, 12, 9],
      ].flatMap((shape) => differences(backend, integerTensor(shape, 1), integerTensor(shape, 2), step)),
    );
    expect(found).toEqual([]);
  });

  test('a large matrix per batch', () => {
    const step: Step = (a, b) => [a.matmul(b.add(1))];
    expect(differences(backend, integerTensor([97, 4, 8], 1), integerTensor([97, 8, 4100], 2), step)).toEqual([]);
  });

  test('is computed anew in every call', () => {
    const step = compile((x: Tensor) => {
      const y = x.add(1);
      return y.matmul(y.mT);
    }, backend);
    for (const value of [1, 2, 3]) {
      const x = ones([97, 2, 2]).mul(value);
      expect(new Set(step(x as Tensor).data)).toEqual(new Set([2 * (value + 1) ** 2]));
    }
  });

  test('in the gradient of a product', () => {
    const [x, z] = [integerTensor([97, 3, 2], 1), integerTensor([97, 2, 4], 2)];
    const step = (a: Tensor, b: Tensor): readonly Tensor[] => {
      const [p, q] = [watch(a), watch(b)];
      return gradients(p.matmul(q.mul(q)).sum(), [p, q]);
    };
    expect(differences(backend, x, z, step)).toEqual([]);
    const [fast, slow] = [backend, reference].map((one) =>
      compile((a: Tensor, b: Tensor) => {
        const p = watch(a);
        return gradients(p.matmul(b.abs().tanh()).sum(), [p])[0]!;
      }, one)(x, z),
    );
    expect(mismatches(fast!.data, slow!.data, 8)).toEqual([]);
  });
});
