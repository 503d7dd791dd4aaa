import type { DType } from '../src/index.ts';
import type { ElementwiseOperation } from '../src/operation.ts';
import type { operations } from '../src/operations/index.ts';

/** Values in row-major order and a shape. Without a dtype the input is of any floating dtype. */
export interface SampleInput {
  readonly shape: readonly number[];
  readonly values: readonly number[];
  readonly dtype?: 'int32' | 'bool';
}

/** One call of an operation at a point where it is differentiable. */
export interface Sample {
  readonly inputs: readonly SampleInput[];
  readonly settings?: unknown;
  /** The axis along which the broadcast layout repeats the first elements; by default the first of length 2 or more. */
  readonly repeat?: number;
  /** Why elements must not repeat: the operation is not differentiable at equal elements. */
  readonly distinct?: string;
}

/** Every operation has samples: TypeScript and a test name a missing one. */
type Samples = { readonly [Name in keyof typeof operations]: readonly Sample[] };

/** The sample with values of another dtype. */
export function convertTo(dtype: DType, sample: SampleInput): SampleInput {
  if (dtype === 'int32') return { ...sample, values: sample.values.map((value) => Math.round(4 * value)) };
  if (dtype === 'bool') return { ...sample, values: sample.values.map((value) => Number(value > 0)) };
  return sample;
}

/** Whether an elementwise operation takes numbers of a dtype; operations on bits refuse floating-point numbers. */
export function takes({ dtype: resultDType, arity }: ElementwiseOperation<never>, dtype: DType): boolean {
  try {
    resultDType(new Array<DType>(arity).fill(dtype), { dtype } as never);
    return true;
  } catch {
    return false;
  }
}

const input = (shape: readonly number[], values: readonly number[]): SampleInput => ({ shape, values });
const int32 = (shape: readonly number[], values: readonly number[]): SampleInput => ({ shape, values, dtype: 'int32' });
const bool = (shape: readonly number[], values: readonly number[]): SampleInput => ({ shape, values, dtype: 'bool' });

/** Samples from six values per input: matrices, a column with a row, scalars, empty tensors. */
function elementwise(settings: unknown, ...inputs: readonly (readonly number[])[]): readonly Sample[] {
  const shaped = (shapes: readonly (readonly number[])[]): Sample => ({
    settings,
    inputs: inputs.map((values, index) => {
      const shape = shapes[Math.min(index, shapes.length - 1)]!;
      return input(
        shape,
        values.slice(
          0,
          shape.reduce((size, length) => size * length, 1),
        ),
      );
    }),
  });
  const many = inputs.length > 1;
  return [
    shaped([[2, 3]]),
    shaped([[]]),
    shaped([[0, 3]]),
    ...(many
      ? [shaped([[2, 1], [3]]), shaped([[], [2, 3]]), shaped([[2, 1, 3], [2, 1], []]), shaped([[2, 0], [1]])]
      : []),
  ];
}

const unary = (...values: number[]): readonly Sample[] => elementwise(undefined, values);
const binary = (a: readonly number[], b: readonly number[]): readonly Sample[] => elementwise(undefined, a, b);

// All different, and no value of one list is close to one of the other.
const a6 = [0.5, -1.25, 2, 3.25, -0.75, 1.5];
const b6 = [1, 2.5, -0.25, -2, 0.875, -3.5];
// No quotient of these is an integer.
const dividends = [7.3, -7.1, 2.15, 3.35, -0.7, 9.6];
const divisors = [1.1, 2.3, -0.9, -2.1, 0.8, -3.7];
const positive6 = [0.5, 1.25, 2, 3.25, 0.75, 1.5];

const ties = 'equal elements share the gradient of an extremum';

/** Twelve different numbers whose sums and products are exact in float32. */
const twelve = [0.5, -1.25, 2, 3.25, -0.75, 1.5, 1, 2.5, -0.25, -2, 0.875, -3.5];
const cube = input([2, 3, 2], twelve);

const reductions = ({ extremum = false } = {}): readonly Sample[] => [
  { inputs: [cube], settings: { axes: [1], keepdims: false } },
  { inputs: [cube], settings: { axes: [0, 2], keepdims: true }, repeat: 1 },
  { inputs: [cube], settings: { axes: [2], keepdims: true } },
  { inputs: [cube], settings: { axes: [0], keepdims: false }, repeat: 1 },
  { inputs: [cube], settings: { axes: [0, 1, 2], keepdims: false }, ...(extremum ? { distinct: ties } : {}) },
  { inputs: [cube], settings: { axes: [], keepdims: false } },
  { inputs: [input([], [1.5])], settings: { axes: [], keepdims: false } },
  { inputs: [input([0, 3], [])], settings: { axes: [1], keepdims: false } },
  ...(extremum ? [] : [{ inputs: [input([0, 3], [])], settings: { axes: [0], keepdims: true } }]),
  ...(extremum ? [] : [{ inputs: [input([2, 0], [])], settings: { axes: [0, 1], keepdims: false } }]),
];

const searches: readonly Sample[] = [
  { inputs: [cube], settings: { axis: 0, keepdims: false } },
  { inputs: [cube], settings: { axis: 1, keepdims: true } },
  { inputs: [cube], settings: { axis: 2, keepdims: false } },
  { inputs: [input([0, 3], [])], settings: { axis: 1, keepdims: false } },
];

const unchanged: readonly Sample[] = [
  { inputs: [cube] },
  { inputs: [input([], [1.5])] },
  { inputs: [input([0, 3], [])] },
];

const bitwise: readonly Sample[] = [
  { inputs: [int32([2, 3], [6, -3, 12, 7, 0, -8]), int32([2, 3], [5, 3, 1, 31, 4, 2])] },
  { inputs: [int32([2, 1], [6, -3]), int32([3], [5, 3, 1])] },
  { inputs: [int32([], [6]), int32([], [3])] },
  { inputs: [int32([0, 3], []), int32([3], [5, 3, 1])] },
];

const emptyPair: Sample = { inputs: [input([0, 2], []), input([1], [2])], settings: { derivative: () => [] } };

export const samples: Samples = {
  add: binary(a6, b6),
  sub: binary(a6, b6),
  mul: binary(a6, b6),
  div: binary(a6, b6),
  pow: binary(positive6, b6),
  maximum: binary(a6, b6),
  minimum: binary(a6, b6),
  neg: unary(...a6),
  abs: unary(...a6),
  sign: unary(...a6),
  exp: unary(...a6),
  log: unary(...positive6),
  log1p: unary(-0.5, 0.001, 2, 3.25, -0.75, 1.5),
  expm1: unary(...a6),
  sqrt: unary(...positive6),
  sin: unary(...a6),
  cos: unary(...a6),
  tanh: unary(...a6),
  erf: unary(...a6),
  floor: unary(0.5, -1.25, 2.125, 3.25, -0.75, 1.5),
  ceil: unary(0.5, -1.25, 2.125, 3.25, -0.75, 1.5),
  round: unary(0.25, -1.25, 2.125, 3.25, -0.75, 1.625),
  equal: binary(a6, b6),
  notEqual: binary(a6, b6),
  less: binary(a6, b6),
  lessEqual: binary(a6, b6),
  greater: binary(a6, b6),
  greaterEqual: binary(a6, b6),
  logicalAnd: binary([0, 1, 2, 0, -1, 0], [1, 0, 3, 0, 2, 0]),
  logicalOr: binary([0, 1, 2, 0, -1, 0], [1, 0, 3, 0, 2, 0]),
  logicalXor: binary([0, 1, 2, 0, -1, 0], [1, 0, 3, 0, 2, 0]),
  logicalNot: unary(0, 1, 2, 0, -1, 0),
  where: [
    { inputs: [bool([2, 3], [1, 0, 1, 0, 0, 1]), input([2, 3], a6), input([2, 3], b6)] },
    { inputs: [bool([3], [1, 0, 1]), input([2, 1], [0.5, -1.25]), input([], [2])] },
    { inputs: [bool([], [1]), input([], [0.5]), input([], [2])] },
    { inputs: [bool([0, 3], []), input([3], [0.5, 1, 2]), input([1, 1], [2])] },
  ],
  // Below, between and above the two bounds.
  clip: [
    { inputs: [input([2, 3], a6), input([2, 3], [-1, -0.5, -1, 0, 0.25, -2]), input([2, 3], [1, 0.75, 1, 4, 2, 1])] },
    { inputs: [input([2, 3], a6), input([2, 1], [-1, 0]), input([], [1])] },
    { inputs: [input([], [0.5]), input([], [-1]), input([], [1])] },
    // The lower bound above the upper one.
    { inputs: [input([3], [-2, 0.5, 4]), input([], [2]), input([], [-1])] },
    { inputs: [input([0, 3], []), input([3], [-1, 0, -1]), input([1, 1], [1])] },
  ],
  cast: elementwise({ dtype: 'float64' }, a6),

  tan: unary(...a6.map((one) => one / 4)),
  asin: unary(0.5, -0.25, 0.75, 0.125, -0.625, 0.375),
  acos: unary(0.5, -0.25, 0.75, 0.125, -0.625, 0.375),
  atan: unary(...a6),
  sinh: unary(...a6),
  cosh: unary(...a6),
  asinh: unary(...a6),
  acosh: unary(1.5, 1.25, 2, 3.25, 1.75, 4.5),
  atanh: unary(0.5, -0.25, 0.75, 0.125, -0.625, 0.375),
  log2: unary(...positive6),
  log10: unary(...positive6),
  exp2: unary(...a6),
  erfc: unary(...a6),
  lgamma: unary(0.5, -1.25, 2, 3.25, -0.75, 1.5),
  digamma: unary(...positive6),
  polygamma1: unary(...positive6),
  roundFloat16: unary(0.1, -1.25, 2049, 70000, -1e-7, 1.5),
  trunc: unary(0.5, -1.25, 2.125, 3.25, -0.75, 1.5),
  atan2: binary(a6, b6),
  fmod: binary(dividends, divisors),
  remainder: binary(dividends, divisors),
  floorDivide: binary(dividends, divisors),
  truncateDivide: binary(dividends, divisors),
  bitwiseAnd: bitwise,
  bitwiseOr: bitwise,
  bitwiseXor: bitwise,
  leftShift: bitwise,
  rightShift: bitwise,
  bitwiseNot: bitwise.map(({ inputs }) => ({ inputs: inputs.slice(0, 1) })),

  sum: reductions(),
  prod: reductions(),
  max: reductions({ extremum: true }),
  min: reductions({ extremum: true }),
  any: reductions(),
  all: reductions(),
  argmax: searches,
  argmin: searches,

  reshape: [
    { inputs: [cube], settings: { shape: [3, 4] } },
    { inputs: [cube], settings: { shape: [2, 1, 6, 1] } },
    { inputs: [input([1, 1], [1.5])], settings: { shape: [] } },
    { inputs: [input([], [1.5])], settings: { shape: [1, 1, 1] } },
    { inputs: [input([0, 3], [])], settings: { shape: [2, 0, 5] } },
  ],
  permute: [
    { inputs: [cube], settings: { axes: [2, 0, 1] } },
    { inputs: [input([2, 3], a6)], settings: { axes: [1, 0] } },
    { inputs: [input([], [1.5])], settings: { axes: [] } },
    { inputs: [input([0, 3], [])], settings: { axes: [1, 0] } },
  ],
  expand: [
    { inputs: [input([2, 1, 3], a6)], settings: { shape: [2, 2, 4, 3] } },
    { inputs: [input([3], [0.5, -1.25, 2])], settings: { shape: [2, 3] } },
    { inputs: [input([], [1.5])], settings: { shape: [2, 2] } },
    { inputs: [input([1, 3], [0.5, -1.25, 2])], settings: { shape: [0, 3] } },
    { inputs: [input([0, 1], [])], settings: { shape: [0, 4] } },
  ],
  slice: [
    { inputs: [cube], settings: { starts: [1, 0, 0], steps: [1, 2, 1], counts: [1, 2, 2] } },
    { inputs: [cube], settings: { starts: [1, 2, 1], steps: [-1, -2, -1], counts: [2, 2, 1] } },
    { inputs: [cube], settings: { starts: [0, 1, 0], steps: [1, 1, 1], counts: [2, 0, 2] } },
    { inputs: [input([7], [...a6, 4])], settings: { starts: [6], steps: [-3], counts: [3] } },
    { inputs: [input([], [1.5])], settings: { starts: [], steps: [], counts: [] } },
    { inputs: [input([0, 3], [])], settings: { starts: [0, 2], steps: [1, -1], counts: [0, 3] } },
  ],
  detach: unchanged,
  watch: unchanged,

  pad: [
    { inputs: [input([2, 3], a6)], settings: { shape: [3, 5], starts: [1, 0], steps: [1, 1], value: 1.5 } },
    { inputs: [input([2, 3], a6)], settings: { shape: [5, 7], starts: [0, 1], steps: [3, 2], value: 0 } },
    { inputs: [input([], [1.5])], settings: { shape: [], starts: [], steps: [], value: 2 } },
    { inputs: [input([0, 3], [])], settings: { shape: [2, 5], starts: [1, 0], steps: [4, 2], value: 1 } },
  ],
  slidingWindows: [
    { inputs: [input([6], a6)], settings: { axes: [0], sizes: [3], steps: [1], dilations: [1] } },
    { inputs: [input([2, 6], twelve)], settings: { axes: [1], sizes: [2], steps: [2], dilations: [2] } },
    { inputs: [cube], settings: { axes: [1, 2], sizes: [2, 2], steps: [1, 1], dilations: [1, 1] } },
    { inputs: [cube], settings: { axes: [2, 0], sizes: [2, 1], steps: [1, 1], dilations: [1, 1] } },
    { inputs: [input([0, 3], [])], settings: { axes: [1], sizes: [2], steps: [1], dilations: [1] } },
  ],
  overlapAdd: [
    { inputs: [input([4, 3], twelve)], settings: { shape: [6], axes: [0], sizes: [3], steps: [1], dilations: [1] } },
    {
      inputs: [input([2, 2, 3], twelve)],
      settings: { shape: [2, 6], axes: [1], sizes: [3], steps: [2], dilations: [1] },
    },
    {
      inputs: [input([1, 2, 1, 2, 2], [...a6, 1, 2.5])],
      settings: { shape: [1, 3, 2], axes: [1, 2], sizes: [2, 2], steps: [1, 1], dilations: [1, 1] },
    },
    { inputs: [input([0, 2, 2], [])], settings: { shape: [0, 3], axes: [1], sizes: [2], steps: [1], dilations: [1] } },
  ],
  convolution: [
    {
      inputs: [input([2, 1, 1, 6], twelve), input([1, 2, 1, 3], a6)],
      settings: { strides: [1], dilations: [1], padding: [[0, 0]] },
      repeat: 0,
    },
    {
      inputs: [input([1, 2, 1, 6], twelve), input([2, 1, 1, 3], a6)],
      settings: { strides: [2], dilations: [1], padding: [[2, 1]] },
    },
    {
      inputs: [input([2, 1, 1, 3, 2], twelve), input([1, 2, 1, 3, 1], a6)],
      settings: {
        strides: [1, 1],
        dilations: [1, 2],
        padding: [
          [1, 1],
          [0, 1],
        ],
      },
    },
    {
      inputs: [input([1, 1, 2, 2, 3], twelve), input([1, 1, 2, 1, 3], b6)],
      settings: {
        strides: [1, 2],
        dilations: [2, 1],
        padding: [
          [0, 0],
          [1, 1],
        ],
      },
    },
    {
      inputs: [input([2, 1, 6], twelve.slice(0, 12)), input([1, 1, 6], a6)],
      settings: { strides: [], dilations: [], padding: [] },
    },
    {
      inputs: [input([1, 1, 1, 12], twelve), input([1, 1, 1, 3], [1, -2, 0.5])],
      settings: { strides: [1], dilations: [1], padding: [[-2, -1]] },
    },
    {
      inputs: [input([0, 1, 1, 6], []), input([1, 1, 1, 3], [1, -2, 0.5])],
      settings: { strides: [1], dilations: [1], padding: [[1, 0]] },
    },
  ],
  concat: [
    { inputs: [input([2, 3], a6), input([2, 1], [1, 2.5]), input([2, 2], [1, 2, 3, 4])], settings: { axis: 1 } },
    { inputs: [input([2, 3], a6), input([0, 3], []), input([1, 3], [1, 2, 3])], settings: { axis: 0 } },
    { inputs: [cube], settings: { axis: 1 } },
    { inputs: [input([0, 3], []), input([0, 3], [])], settings: { axis: 0 } },
  ],
  matmul: [
    { inputs: [input([2, 3], a6), input([3, 2], b6)] },
    { inputs: [input([2, 2, 3], twelve), input([3, 2], b6)] },
    { inputs: [input([2, 1, 2, 3], twelve), input([2, 3, 2], twelve.toReversed())] },
    { inputs: [input([5, 1], [1, 2, 3, 4, 0.5]), input([1, 6], a6)] },
    { inputs: [input([2, 0], []), input([0, 3], [])] },
    { inputs: [input([0, 3], []), input([3, 2], b6)] },
  ],
  gather: [
    { inputs: [input([3, 2], a6), int32([4, 2], [0, 2, 2, 1, 1, 1, 2, 0])], settings: { axis: 0 } },
    { inputs: [input([2, 3], a6), int32([2, 2], [2, 0, 1, 1])], settings: { axis: 1 } },
    { inputs: [cube, int32([2, 1, 2], [2, 0, 1, 2])], settings: { axis: 1 } },
    { inputs: [input([2, 3], a6), int32([0, 3], [])], settings: { axis: 0 } },
  ],
  scatterAdd: [
    {
      inputs: [input([3, 2], a6), int32([4, 2], [0, 2, 2, 1, 1, 1, 2, 0]), input([4, 2], twelve.slice(4))],
      settings: { axis: 0 },
    },
    {
      inputs: [input([2, 3], a6), int32([2, 2], [2, 0, 1, 1]), input([2, 2], [1, 2.5, -0.25, 3])],
      settings: { axis: 1 },
    },
    { inputs: [input([2, 3], a6), int32([0, 3], []), input([0, 3], [])], settings: { axis: 0 } },
    { inputs: [input([0, 3], []), int32([0, 2], []), input([0, 2], [])], settings: { axis: 1 } },
  ],

  // The other inputs have a gradient of 0.
  withDerivative: [
    { inputs: [input([2, 3], a6), input([3], b6.slice(3))], settings: { derivative: () => [] } },
    emptyPair,
  ],
  after: [{ inputs: [input([2, 3], a6), input([3], b6.slice(3))], settings: { derivative: () => [] } }, emptyPair],

  uniform: [
    { inputs: [int32([2], [7, 3])], settings: { shape: [2, 3] } },
    { inputs: [int32([2], [-1, 0])], settings: { shape: [] } },
    { inputs: [int32([2], [7, 3])], settings: { shape: [0, 2] } },
  ],
};
