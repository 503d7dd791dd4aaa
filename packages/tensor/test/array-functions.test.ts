import { describe, expect, test } from 'vitest';
import { compile } from '../src/compile/compile.ts';
import type { Backend } from '../src/compile/program.ts';
import {
  arange,
  bitwiseAnd,
  bitwiseNot,
  bitwiseOr,
  bitwiseXor,
  cdist,
  concat,
  convolve1d,
  correlate1d,
  cosineSimilarity,
  cross,
  cumulativeTrapezoid,
  diag,
  diagonal,
  DTypeError,
  einsum,
  floorDivide,
  fmod,
  generator,
  gradients,
  hessian,
  kron,
  leftShift,
  meshgrid,
  nanMean,
  nanSum,
  norm,
  outer,
  pdist,
  remainder,
  repeat,
  rightShift,
  roll,
  ShapeError,
  tensor,
  type Tensor,
  tensordot,
  tile,
  trace,
  trapezoid,
  tril,
  triu,
  truncateDivide,
  watch,
  where,
  zeros,
} from '../src/index.ts';
import { reference } from '../src/reference/interpreter.ts';
import { wasm } from '../src/wasm/index.ts';
import { expectClose } from './expect-close.ts';
import { readGolden, recorded } from './golden.ts';

const golden = ['array_functions.json', 'arithmetic.json'].flatMap((name) => readGolden(name).cases);

interface Config {
  readonly equation: string;
  readonly dims: number | readonly [readonly number[], readonly number[]];
  readonly p: number | 'Infinity';
  readonly dim: number | readonly number[];
  readonly dx?: number;
  readonly keepdim: boolean;
  readonly shape: readonly number[];
  readonly mode: 'full' | 'same' | 'valid';
}

type Inputs = Readonly<Record<string, Tensor>>;

const ours: Readonly<Record<string, (inputs: Inputs, config: Config) => Tensor>> = {
  // Where x is not positive, its logarithm is not computed.
  where: ({ cond, a, b, x }) =>
    (x ? where(x.greater(0), where(x.greater(0), x, 1).log(), 0) : where(cond!, a!, b!)) as Tensor,
  add: ({ a, b }) => a!.add(b!),
  sub: ({ a, b }) => a!.sub(b!),
  mul: ({ a, b }) => a!.mul(b!),
  div: ({ a, b }) => a!.div(b!),
  matmul: ({ a, b }) => a!.matmul(b!),
  sum: ({ x }, { dim, keepdim }) => x!.sum(dim, { keepdims: keepdim }) as Tensor,
  prod: ({ x }, { dim, keepdim }) => x!.prod(dim, { keepdims: keepdim }) as Tensor,
  concat: (inputs, { dim }) => concat(Object.values(inputs), dim as number) as Tensor,
  reshape: ({ x }, { shape }) => x!.reshape(shape) as Tensor,
  floor_divide: ({ a, b }) => floorDivide(a!, b!) as Tensor,
  truncate_divide: ({ a, b }) => truncateDivide(a!, b!) as Tensor,
  remainder: ({ a, b }) => remainder(a!, b!) as Tensor,
  fmod: ({ a, b }) => fmod(a!, b!) as Tensor,
  bitwise_and: ({ a, b }) => bitwiseAnd(a!, b!) as Tensor,
  bitwise_or: ({ a, b }) => bitwiseOr(a!, b!) as Tensor,
  bitwise_xor: ({ a, b }) => bitwiseXor(a!, b!) as Tensor,
  bitwise_not: ({ a }) => bitwiseNot(a!),
  left_shift: ({ a, b }) => leftShift(a!, b!) as Tensor,
  right_shift: ({ a, b }) => rightShift(a!, b!) as Tensor,
  trace: ({ a }) => trace(a!),
  cross: ({ a, b }) => cross(a!, b!),
  kron: ({ a, b }) => kron(a!, b!),
  frobenius_norm: ({ a }) => norm(a!),
  einsum: (inputs, { equation }) => einsum(equation, ...Object.values(inputs)),
  tensordot: ({ a, b }, { dims }) => tensordot(a!, b!, dims),
  cdist: ({ a, b }, { p }) => cdist(a!, b!, { order: Number(p) }),
  pdist: ({ a }, { p }) => pdist(a!, { order: Number(p) }),
  trapezoid: ({ y, x }, { dx = 1, dim }) => trapezoid(y!, { x, step: dx, axis: dim as number }),
  cumulative_trapezoid: ({ y, x }, { dx = 1, dim }) => cumulativeTrapezoid(y!, { x, step: dx, axis: dim as number }),
  convolve: ({ a, v }, { mode }) => convolve1d(a!, v!, { mode }),
  correlate: ({ a, v }, { mode }) => correlate1d(a!, v!, { mode }),
  nansum: ({ x }, { dim, keepdim }) => nanSum(x!, dim, { keepdims: keepdim }),
  nanmean: ({ x }, { dim, keepdim }) => nanMean(x!, dim, { keepdims: keepdim }),
};

const ways: readonly (readonly [string, Backend | undefined])[] = [
  ['eager', undefined],
  ['by the reference', reference],
  ['by wasm', wasm],
  ['by deterministic wasm', wasm({ deterministic: true })],
];

test('all 94 recorded cases are there', () => {
  expect(golden.length).toBe(94);
});

describe.each(ways)('array functions and arithmetic give the recorded numbers and gradients, %s', (_, backend) => {
  describe.each(['float64', 'float32'] as const)('in %s', (precision) => {
    test.each(golden.map((one, at) => [`${at + 1} ${one.op}`, one] as const))('%s', (__, one) => {
      const names = Object.keys(one.inputs);
      const targets = Object.keys(one.grads ?? {});
      const want = Object.values(one.outputs)[0]!;
      const cotangent = Object.values(one.cotangents ?? {})[0];
      const step = (...given: Tensor[]): readonly Tensor[] => {
        const inputs = Object.fromEntries(
          names.map((name, at) => [name, targets.includes(name) ? watch(given[at]!) : given[at]!]),
        );
        const output = ours[one.op]!(inputs, one.config as unknown as Config);
        const loss = output.mul(cotangent ? recorded(cotangent, precision) : 1).sum() as Tensor;
        const wanted = targets.map((name) => inputs[name]!);
        return [output, ...(wanted.length > 0 ? gradients(loss, wanted) : [])];
      };
      const run = backend ? compile(step, backend) : step;
      const [output, ...found] = run(...names.map((name) => recorded(one.inputs[name]!, precision)));
      expectClose(output!, want, one, precision);
      targets.forEach((name, at) => expectClose(found[at]!, one.grads![name]!, one, precision));
    });
  });
});

describe('einsum', () => {
  const random = generator(0);
  const a = random.normal([2, 3, 4]);
  const b = random.normal([4, 3]);

  test('without a result has the letters that occur once, in alphabetical order, after those of ...', () => {
    expect(einsum('ba', b).toArray()).toEqual(b.T.toArray());
    expect(einsum('...kj,jl', a, b).shape).toEqual([2, 3, 3]);
    expect(einsum(' i j , j k -> k i ', b, b.T).toArray()).toEqual(b.matmul(b.T).T.toArray());
    expect(einsum('i...->...i', a).shape).toEqual([3, 4, 2]);
    expect(einsum('', tensor(3)).item()).toBe(3);
    expect(einsum(',i->i', tensor(2), tensor([1, 2])).toArray()).toEqual([2, 4]);
  });

  test('contracts the pair with the smallest result first', () => {
    const step = compile((x: Tensor, y: Tensor, z: Tensor) => einsum('ij,jk,k->i', x, y, z), wasm);
    const text = String(step.program(zeros([20, 30]), zeros([30, 40]), zeros([40])));
    // y · z first: no matrix of 20 rows and 40 columns is made.
    expect(text).not.toContain('[20, 40]');
  });

  test('is one product of matrices for a contraction over several axes', () => {
    const step = compile((x: Tensor, y: Tensor) => einsum('aijb,jbci->ac', x, y), wasm);
    const text = String(step.program(zeros([2, 3, 4, 5]), zeros([4, 5, 6, 3])));
    expect(text.match(/matmul\(/g)).toHaveLength(1);
    expect(text).not.toContain(' mul(');
  });

  test('refuses what does not fit, in words', () => {
    expect(() => einsum('ij,jk', a, b)).toThrow(
      new ShapeError(
        "einsum: 'ij' in 'ij,jk' has 2 letters for a tensor of shape [2, 3, 4]. Write one letter for each axis, or ... for the others.",
      ),
    );
    expect(() => einsum('ij,ij', b, b.T)).toThrow("einsum: i in 'ij,ij' has length 4 in one operand and 3 in another.");
    expect(() => einsum('ii', b)).toThrow('A diagonal needs equal lengths.');
    expect(() => einsum('ij->ik', b)).toThrow('gives the result the axis k, which no operand has.');
    expect(() => einsum('ij->ii', b)).toThrow('Each letter stands there once.');
    expect(() => einsum('ij', b, b)).toThrow(DTypeError);
    expect(() => einsum('i.j', b)).toThrow('is no list of subscripts');
    expect(() => einsum('...i->i', b)).toThrow('Write ... in the result, too.');
    expect(() => einsum(b as never, b)).toThrow(DTypeError);
  });
});

describe('diagonals', () => {
  const x = arange(12).reshape([3, 4]);

  test.each([
    [0, [0, 5, 10]],
    [1, [1, 6, 11]],
    [3, [3]],
    [4, []],
    [-1, [4, 9]],
    [-2, [8]],
    [-3, []],
  ])('with offset %i', (offset, wanted) => {
    expect(diagonal(x, { offset }).toArray()).toEqual(wanted);
  });

  test('of chosen axes become the last axis', () => {
    const y = arange(24).reshape([2, 3, 4]);
    expect(diagonal(y, { axes: [0, 2] }).toArray()).toEqual([
      [0, 13],
      [4, 17],
      [8, 21],
    ]);
    expect(trace(y).toArray()).toEqual([15, 51]);
  });

  test('make matrices, and triangles of them', () => {
    expect(diag(tensor([1, 2]), { offset: 1 }).toArray()).toEqual([
      [0, 1, 0],
      [0, 0, 2],
      [0, 0, 0],
    ]);
    expect(diag(tensor([[1], [2]])).toArray()).toEqual([[[1]], [[2]]]);
    expect(tril(x, { offset: -1 }).toArray()).toEqual([
      [0, 0, 0, 0],
      [4, 0, 0, 0],
      [8, 9, 0, 0],
    ]);
    expect(triu(x, { offset: 2 }).toArray()).toEqual([
      [0, 0, 2, 3],
      [0, 0, 0, 7],
      [0, 0, 0, 0],
    ]);
  });

  test('refuse vectors, equal axes and offsets that are no integers', () => {
    expect(() => diagonal(tensor([1]))).toThrow('diag(x) makes a matrix of a vector.');
    expect(() => diagonal(x, { axes: [1, -1] })).toThrow(ShapeError);
    expect(() => diagonal(x, { offset: 0.5 })).toThrow(RangeError);
    expect(() => diag(tensor(1))).toThrow(ShapeError);
    expect(() => tril(tensor([1]))).toThrow(ShapeError);
  });
});

describe('norms', () => {
  test('of every order, along axes or of all elements', () => {
    const x = tensor([
      [3, -4],
      [0, 2],
    ]);
    expect(norm(x, { order: 1, axis: 1 }).toArray()).toEqual([7, 2]);
    expect(norm(x, { order: Infinity }).item()).toBe(4);
    expect(norm(x, { order: -Infinity, axis: 0 }).toArray()).toEqual([0, 2]);
    expect(norm(x, { order: 0 }).item()).toBe(3);
    expect(norm(x, { axis: 1, keepdims: true }).shape).toEqual([2, 1]);
    expect(norm(tensor([3, 4], { dtype: 'int32' })).item()).toBe(5);
  });

  test.each([1, 2, 3])('have the gradient 0 where all elements are 0, order %i', (order) => {
    const x = watch(tensor([0, 0]));
    expect(gradients(norm(x, { order }), x).toArray()).toEqual([0, 0]);
  });

  test('have second derivatives', () => {
    // ‖x‖ in the direction of x grows evenly, across it by 1/‖x‖.
    const found = hessian((x: Tensor) => norm(x), tensor([3, 0], { dtype: 'float64' }));
    found.data.forEach((value, at) => expect(value).toBeCloseTo([0, 0, 0, 1 / 3][at]!, 14));
  });

  test('refuse what is no order, and rows of different lengths', () => {
    expect(() => norm(tensor([1]), { order: Number.NaN })).toThrow(RangeError);
    expect(() => norm(tensor([1]), { p: 2 } as never)).toThrow("Unknown option 'p' of norm.");
    expect(() => cdist(zeros([2, 3]), zeros([2, 4]))).toThrow('cdist: both need rows of one length');
    expect(() => pdist(zeros([2]))).toThrow(ShapeError);
    expect(cosineSimilarity(zeros([2]), tensor([1, 2])).item()).toBe(0);
  });
});

describe('repetition', () => {
  const x = tensor([
    [1, 2],
    [3, 4],
  ]);

  test('rolls along one, several or all axes', () => {
    expect(roll(x, 1).toArray()).toEqual([
      [4, 1],
      [2, 3],
    ]);
    expect(roll(x, -3, 1).toArray()).toEqual([
      [2, 1],
      [4, 3],
    ]);
    expect(roll(x, [1, 1], [0, 1]).toArray()).toEqual([
      [4, 3],
      [2, 1],
    ]);
    expect(roll(zeros([0]), 2, 0).shape).toEqual([0]);
    expect(() => roll(x, [1], [0, 1])).toThrow('1 shifts for 2 axes');
    expect(() => roll(x, 0.5)).toThrow(RangeError);
  });

  test('tiles, and repeats single elements', () => {
    expect(tile(tensor([1, 2]), [2, 1, 2]).shape).toEqual([2, 1, 4]);
    expect(tile(x, 2).toArray()).toEqual([
      [1, 2, 1, 2],
      [3, 4, 3, 4],
    ]);
    expect(repeat(x, 2, 0).toArray()).toEqual([
      [1, 2],
      [1, 2],
      [3, 4],
      [3, 4],
    ]);
    expect(repeat(x, [0, 2], 1).toArray()).toEqual([
      [2, 2],
      [4, 4],
    ]);
    expect(() => repeat(x, [1], 1)).toThrow('1 numbers for the 2 entries');
    expect(() => tile(x, -1)).toThrow(RangeError);
  });

  test('makes grids', () => {
    const [a, b] = [tensor([1, 2, 3]), tensor([4, 5])];
    expect(meshgrid([a, b]).map((y) => y.toArray())).toEqual([
      [
        [1, 2, 3],
        [1, 2, 3],
      ],
      [
        [4, 4, 4],
        [5, 5, 5],
      ],
    ]);
    expect(meshgrid([a, b], { indexing: 'ij' })[0]!.toArray()).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    expect(meshgrid([a])[0]!.toArray()).toEqual([1, 2, 3]);
    expect(() => meshgrid([x])).toThrow(ShapeError);
    expect(() => meshgrid([a, b], { indexing: 'yx' as 'xy' })).toThrow("It is 'xy' or 'ij'.");
  });
});

describe('products', () => {
  test('take vectors of any shape', () => {
    expect(outer(tensor([[1, 2]]), tensor([3])).toArray()).toEqual([[3], [6]]);
    expect(tensordot(tensor([1, 2]), tensor([3, 4]), 0).toArray()).toEqual([
      [3, 4],
      [6, 8],
    ]);
  });

  test('refuse axes that do not belong together', () => {
    expect(() => tensordot(zeros([2, 3]), zeros([2, 3]), 1)).toThrow('must be equally long');
    expect(() => tensordot(zeros([2, 3]), zeros([2, 3]), 3)).toThrow('Give a number from 0 to 2.');
    expect(() => tensordot(zeros([2]), zeros([2]), [[0], []])).toThrow(ShapeError);
    expect(() => cross(zeros([2]), zeros([3]))).toThrow(ShapeError);
    expect(() => trapezoid(zeros([3]), { x: zeros([2]) })).toThrow('x must be a vector of the 3 places');
  });
});
