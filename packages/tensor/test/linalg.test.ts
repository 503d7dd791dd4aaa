import { describe, expect, test } from 'vitest';
import { compile } from '../src/compile/compile.ts';
import {
  arange,
  checkGradients,
  concat,
  gradients,
  randomState,
  stack,
  type Tensor,
  tensor,
  variable,
  vmap,
  watch,
} from '../src/index.ts';
import {
  cholesky,
  choleskySolve,
  conditionNumber,
  determinant,
  eigenvalues,
  eigh,
  inverse,
  leastSquares,
  logDeterminant,
  lu,
  matrixExp,
  matrixNorm,
  type MatrixOrder,
  matrixPower,
  matrixRank,
  multiDot,
  pseudoInverse,
  qr,
  solve,
  solveTriangular,
  svd,
} from '../src/linalg/index.ts';
import { wasm } from '../src/wasm/index.ts';
import { readGolden } from './golden.ts';
import { type Expression, replayGolden } from './replay-golden.ts';
import { threadsInSmallChunks } from './small-chunks.ts';

interface Config {
  readonly n: number;
  readonly upper?: boolean;
  readonly unitriangular?: boolean;
  readonly rcond?: number;
  readonly tol?: number;
  readonly hermitian?: boolean;
  readonly ord: number | string;
  readonly p: number | string | null;
  readonly function: 'sqrt' | 'log' | 'inverse_sqrt';
}

const golden = readGolden('linalg.json');

const orders: Readonly<Record<string, MatrixOrder>> = {
  nuc: 'nuclear',
  fro: 'frobenius',
  Infinity,
  '-Infinity': -Infinity,
  null: 2,
};
const orderOf = (name: number | string | null): MatrixOrder => orders[String(name)] ?? (name as number);

const product = (u: Tensor, s: Tensor, v: Tensor): Tensor =>
  (u.mul(s.expandDims(-2) as Tensor) as Tensor).matmul(v.mT as Tensor) as Tensor;

const functions = {
  sqrt: (x: Tensor) => x.sqrt(),
  log: (x: Tensor) => x.log(),
  inverse_sqrt: (x: Tensor) => x.pow(-0.5) as Tensor,
};

const columns = (x: Tensor, start: number, stop: number): Tensor =>
  x.slice(...x.shape.slice(1).map((): [] => []), [start, stop]) as Tensor;

const ours: Readonly<Record<string, Expression<Config>>> = {
  inv: ({ a }) => inverse(a!),
  det: ({ a }) => determinant(a!),
  slogdet: ({ a }) => Object.values(logDeterminant(a!)),
  solve: ({ a, b }) => solve(a!, b!),
  cholesky: ({ a }) => cholesky(a!),
  cholesky_solve: ({ b, factor }, { upper = false }) => choleskySolve(factor!, b!, { upper }),
  eigvalsh: ({ a }) => eigh(a!).values,
  svdvals: ({ a }) => svd(a!).s,
  matrix_power: ({ a }, { n }) => matrixPower(a!, n),
  matrix_exp: ({ a }) => matrixExp(a!),
  pinv: ({ a }, { rcond }) => pseudoInverse(a!, rcond === undefined ? {} : { relativeTolerance: rcond }),
  lstsq: ({ a, b }) => leastSquares(a!, b!),
  qr_positive: ({ a }) => Object.values(qr(a!)),
  triangular_solve: ({ a, b }, { upper = false, unitriangular = false }) =>
    solveTriangular(a!, b!, { upper, unitDiagonal: unitriangular }),
  matrix_rank: ({ a }, { tol, hermitian = false }) =>
    matrixRank(a!, { hermitian, ...(tol !== undefined && { tolerance: tol }) }),
  svd({ a }) {
    const { u, s, v } = svd(a!);
    return [s, product(u, s, v)];
  },
  svd_low_rank({ a }) {
    const { u, s, v } = svd(a!);
    return [1, 2].map((rank) => product(columns(u, 0, rank), s.slice([0, rank]) as Tensor, columns(v, 0, rank)));
  },
  eigh({ a }) {
    const { values, vectors } = eigh(a!);
    const last = columns(vectors, a!.shape[0]! - 1, a!.shape[0]!);
    return [values, product(vectors, values, vectors), last.matmul(last.mT as Tensor) as Tensor, vectors.abs()];
  },
  eigh_function({ a }, config) {
    const { values, vectors } = eigh(a!);
    return product(vectors, functions[config.function](values), vectors);
  },
  lu: ({ a }) => Object.values(lu(a!)),
  matrix_norm: ({ a }, { ord }) => matrixNorm(a!, { order: orderOf(ord) }),
  cond: ({ a }, { p }) => conditionNumber(a!, { order: orderOf(p) }),
  multi_dot: ({ a, b, c }) => multiDot([a!, b!, c!]),
  eigvals_sorted: ({ a }) => Object.values(eigenvalues(a!)),
};

replayGolden('PyTorch’s linear algebra', golden, ours);

test('every recorded operation is replayed', () => {
  expect(Object.keys(ours).toSorted()).toEqual(Object.keys(golden.all).toSorted());
});

const float64 = { dtype: 'float64' } as const;
const random = randomState(5);
const draw = (...shape: number[]): Tensor => random.normal(shape, { dtype: 'float64' }) as Tensor;
const positive = (a: Tensor): Tensor =>
  (a.matmul(a.mT as Tensor) as Tensor).add(tensor([[1]], float64) as Tensor) as Tensor;
const fixed = draw(3, 2);

const differentiable: Readonly<Record<string, readonly [f: (x: Tensor) => Tensor, x: Tensor]>> = {
  inverse: [inverse, draw(2, 3, 3)],
  'solve for a': [(x) => solve(x, fixed), draw(3, 3)],
  'solve for b': [(x) => solve(draw3, x), draw(2, 3, 1)],
  'solveTriangular for both': [(x) => solveTriangular(x, x, { upper: true }), draw(3, 3)],
  'solveTriangular with ones': [(x) => solveTriangular(x, fixed, { unitDiagonal: true }), draw(3, 3)],
  determinant: [determinant, draw(2, 3, 3)],
  logDeterminant: [(x) => logDeterminant(x).logAbsolute, draw(2, 3, 3)],
  cholesky: [(x) => cholesky(positive(x)), draw(2, 3, 3)],
  choleskySolve: [(x) => choleskySolve(x, fixed), draw(3, 3)],
  'l of a tall lu': [(x) => lu(x).l, draw(4, 3)],
  'u of a wide lu': [(x) => lu(x).u, draw(2, 3, 4)],
  'q of qr': [(x) => qr(x).q, draw(2, 4, 3)],
  'r of a wide qr': [(x) => qr(x).r, draw(3, 4)],
  's of svd': [(x) => svd(x).s, draw(2, 4, 3)],
  'u of svd, squared': [(x) => svd(x).u.pow(2) as Tensor, draw(4, 3)],
  'v of a wide svd, squared': [(x) => svd(x).v.pow(2) as Tensor, draw(2, 3)],
  'values of eigh': [(x) => eigh(x).values, draw(2, 3, 3)],
  'vectors of eigh, squared': [(x) => eigh(x).vectors.pow(2) as Tensor, draw(3, 3)],
  pseudoInverse: [(x) => pseudoInverse(x), draw(2, 4, 3)],
  'leastSquares of many rows': [(x) => leastSquares(x, tensor([1, 2, 3, 4], float64) as Tensor), draw(4, 2)],
  'leastSquares of few rows': [(x) => leastSquares(x, x), draw(2, 4)],
  matrixPower: [(x) => matrixPower(x, -3), draw(3, 3)],
  matrixExp: [matrixExp, draw(2, 3, 3)],
  matrixNorm: [(x) => matrixNorm(x, { order: 'nuclear' }), draw(3, 2)],
  conditionNumber: [(x) => conditionNumber(x), draw(3, 3)],
};
const draw3 = draw(3, 3);

describe.each(Object.entries(differentiable))('%s', (_, [f, x]) => {
  const loss = (given: Tensor): Tensor => {
    const y = f(given);
    return (y.mul(arange(y.size, float64).add(1).reshape(y.shape) as Tensor) as Tensor).sum() as Tensor;
  };

  test('has the gradient that finite differences give', () => {
    expect(checkGradients(loss, x).errors).toEqual([]);
  });

  test('has the second derivative that finite differences give', () => {
    const weights = arange(x.size, float64).sin().reshape(x.shape) as Tensor;
    const slope = (given: Tensor): Tensor => {
      const from = watch(given) as Tensor;
      return (gradients(loss(from), from) as Tensor).mul(weights).sum() as Tensor;
    };
    expect(checkGradients(slope, x).errors).toEqual([]);
  });

  test('gives the same compiled, with threads, and mapped over two entries', () => {
    const both = stack([x, x.mul(2) as Tensor]) as Tensor;
    const wanted = f(x);
    for (const backend of [wasm, wasm({ threads: threadsInSmallChunks(2) })]) {
      const got = compile((given: Tensor) => f(given), backend)(x) as Tensor;
      expect(got.shape).toEqual(wanted.shape);
      for (const [at, value] of wanted.data.entries()) expect(got.data[at]).toBeCloseTo(value, 9);
    }
    const mapped = (vmap((one: Tensor) => f(one))(both) as Tensor).slice(0) as Tensor;
    expect(mapped.shape).toEqual(wanted.shape);
    for (const [at, value] of wanted.data.entries()) expect(mapped.data[at]).toBeCloseTo(value, 9);
  });
});

describe('factors', () => {
  const expectNear = (a: Tensor, b: Tensor): void => {
    expect(a.shape).toEqual(b.shape);
    expect(a.sub(b).abs().max().item()).toBeLessThan(1e-13);
  };
  const eyes = (x: Tensor): Tensor => x.mT.matmul(x) as Tensor;
  const identity = tensor(
    [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
    float64,
  ) as Tensor;

  test('of svd are orthonormal for matrices without full rank', () => {
    const a = draw(5, 1).matmul(draw(1, 3)) as Tensor;
    const { u, s, v } = svd(a);
    expectNear(eyes(u), identity);
    expectNear(eyes(v), identity);
    expectNear(product(u, s, v), a);
  });

  test('of svd do not overflow', () => {
    expect([
      ...svd(
        tensor(
          [
            [3 * 2 ** 600, 0],
            [4 * 2 ** 600, 0],
          ],
          float64,
        ) as Tensor,
      ).s.data,
    ]).toEqual([5 * 2 ** 600, 0]);
  });

  test('of qr are orthonormal for a matrix of zeros', () => {
    const { q, r } = qr(draw(4, 3).mul(0) as Tensor);
    expectNear(eyes(q), identity);
    expect([...r.data].every((one) => one === 0)).toBe(true);
  });

  test('of lu multiply to matrices that need rows exchanged', () => {
    const a = tensor(
      [
        [0, 1, 2],
        [3, 4, 5],
        [6, 7, 9],
      ],
      float64,
    ) as Tensor;
    const { p, l, u } = lu(a);
    expectNear(p.matmul(l).matmul(u) as Tensor, a);
  });

  test('eigenvalues of a rotation, of a triangle and of a companion matrix', () => {
    const values = (rows: number[][]): number[][] => {
      const { real, imaginary } = eigenvalues(tensor(rows, float64) as Tensor);
      return [[...real.data], [...imaginary.data]].map((part) => part.map((one) => Math.round(one * 1e9) / 1e9 + 0));
    };
    expect(
      values([
        [0, 1],
        [-1, 0],
      ]),
    ).toEqual([
      [0, 0],
      [-1, 1],
    ]);
    expect(
      values([
        [3, 1, 7],
        [0, 1, 2],
        [0, 0, 2],
      ]),
    ).toEqual([
      [1, 2, 3],
      [0, 0, 0],
    ]);
    // x⁴ − 1
    expect(
      values([
        [0, 0, 0, 1],
        [1, 0, 0, 0],
        [0, 1, 0, 0],
        [0, 0, 1, 0],
      ]),
    ).toEqual([
      [-1, 0, 0, 1],
      [0, -1, 1, 0],
    ]);
    expect(values([[5]])).toEqual([[5], [0]]);
  });

  test('float32 is computed in float64 and rounded once', () => {
    const a = draw(4, 4).cast('float32') as Tensor;
    const wanted = inverse(a.cast('float64') as Tensor).cast('float32') as Tensor;
    expect([...inverse(a).data]).toEqual([...wanted.data]);
    expect(
      inverse(
        tensor(
          [
            [2, 0],
            [0, 1],
          ],
          { dtype: 'int32' },
        ) as Tensor,
      ).dtype,
    ).toBe('float32');
  });

  test('batches without matrices give none', () => {
    expect(inverse(draw(0, 3, 3)).shape).toEqual([0, 3, 3]);
    expect(svd(draw(0, 2, 3)).s.shape).toEqual([0, 2]);
    expect(compile((x: Tensor) => inverse(x), wasm)(draw(0, 3, 3)).shape).toEqual([0, 3, 3]);
  });
});

describe('matrices that have no answer are refused alike, before a variable changes', () => {
  const singular = tensor(
    [
      [1, 2],
      [2, 4],
    ],
    float64,
  ) as Tensor;
  const cases: readonly (readonly [string, (x: Tensor) => Tensor, string])[] = [
    ['inverse', inverse, 'inverse: the matrix is singular: elimination finds no pivot in column 1. Use pseudoInverse'],
    ['solve', (x) => solve(x, x), 'solve: the matrix is singular: elimination finds no pivot in column 1. Use'],
    ['cholesky', (x) => cholesky(x.neg()), 'cholesky: the matrix is not positive definite: its leading 1 rows'],
    [
      'solveTriangular',
      (x) => solveTriangular(x.sub(1) as Tensor, x),
      'solveTriangular: the matrix is singular: element 0 of its diagonal is 0. Use',
    ],
  ];

  test.each(cases)('%s', (_, f, message) => {
    expect(() => f(singular)).toThrow(RangeError);
    expect(() => f(singular)).toThrow(message);
    const count = variable(tensor(0));
    const step = compile((x: Tensor) => {
      count.assign(count.add(1));
      return f(concat([x.expandDims(0) as Tensor], 0) as Tensor);
    }, wasm);
    expect(() => step(singular)).toThrow(message);
    expect(count.item()).toBe(0);
  });

  test.each<[string, () => unknown]>([
    ['inverse: expected square matrices, got shape [2, 3]. The last two axes', () => inverse(draw(2, 3))],
    ['svd: expected a matrix, or a batch of matrices, got shape [3]. Reshape', () => svd(draw(3))],
    [
      'solve: a of shape [2, 2] and b of shape [3] must have equally many rows. Transpose',
      () => solve(draw(2, 2), draw(3)),
    ],
    ['leastSquares: a of shape [3, 2] and b of shape [2] must have equally', () => leastSquares(draw(3, 2), draw(2))],
    ['matrixPower: exponent must be an integer, got 0.5. For roots see eigh.', () => matrixPower(draw(2, 2), 0.5)],
    ['matrixNorm: order must be', () => matrixNorm(draw(2, 2), { order: 3 })],
    ['multiDot: expected two matrices or more, got 1. Only', () => multiDot([draw(2, 2)])],
    ['multiDot: expected two matrices or more, got shape [1, 2, 2]. Only', () => multiDot([draw(2, 2), draw(1, 2, 2)])],
  ])('%s', (message, call) => {
    expect(call).toThrow(message);
  });
});
