import { describe, expect, test } from 'vitest';
import {
  arange,
  compile,
  concat,
  type DType,
  DTypeError,
  erf,
  eye,
  fromTypedArray,
  full,
  fullLike,
  gradients,
  linspace,
  logSumExp,
  oneHot,
  ones,
  onesLike,
  pad,
  ShapeError,
  split,
  stack,
  type Tensor,
  tensor as literal,
  variable,
  watch,
  where,
  zeros,
  zerosLike,
} from '../src/index.ts';
import { allocate } from '../src/dtype.ts';
import { reference } from '../src/reference/interpreter.ts';
import { largestSize } from '../src/shape.ts';

// Shapes that the compiler does not know: what is refused here is refused while the program runs.
const tensor = (values: Parameters<typeof literal>[0], dtype?: DType): Tensor =>
  (dtype ? literal(values, { dtype }) : literal(values)) as unknown as Tensor;
/** A value of a type that the compiler would not let through. */
const wrong = <T>(value: unknown): T => value as T;

const x = tensor([
  [1, 2, 3],
  [4, 5, 6],
]);
const row = tensor([1, 2, 3]);
const pair = tensor([1, 2]);
const whole = tensor([1, 2, 3], 'int32');
const places = tensor([0, 2], 'int32');
const weight = variable(tensor([1, 2])) as ReturnType<typeof variable>;
const count = variable(tensor(3, 'int32'), { name: 'count' }) as ReturnType<typeof variable>;

const snapshot = (): readonly unknown[] => [x, row, pair, whole, places, weight, count].map((one) => one.toArray());
const before = snapshot();

type Refusal = readonly [asked: string, ask: () => unknown, message: string];

const shapes: readonly Refusal[] = [
  // Elementwise: broadcasting
  [
    'add',
    () => x.add(pair),
    'add: shapes [2, 3] and [2] do not broadcast: counted from the right, lengths must be equal or 1, but 3 and 2 differ. Did you mean b.expandDims(1)?',
  ],
  [
    'pow',
    () => x.pow(x.T),
    'pow: shapes [2, 3] and [3, 2] do not broadcast: counted from the right, lengths must be equal or 1, but 2 and 3 differ. Did you mean b.T?',
  ],
  [
    'less',
    () => row.less(pair),
    'less: shapes [3] and [2] do not broadcast: counted from the right, lengths must be equal or 1, but 3 and 2 differ. Reshape one of them.',
  ],
  [
    'where',
    () => where(pair, row, 0),
    'where: shapes [2] and [3] do not broadcast: counted from the right, lengths must be equal or 1, but 2 and 3 differ. Reshape one of them.',
  ],
  [
    'clip',
    () => row.clip(pair, 1),
    'clip: shapes [3] and [2] do not broadcast: counted from the right, lengths must be equal or 1, but 3 and 2 differ. Reshape one of them.',
  ],

  // Products
  [
    'matmul',
    () => row.expandDims(0).matmul(row.expandDims(0)),
    'Cannot multiply matrices [1, 3] × [1, 3]: the columns of the first (3) must equal the rows of the second (1).\nDid you mean a.matmul(b.T)?',
  ],
  [
    'matmul, turned',
    () => x.matmul(pair.expandDims(1)),
    'Cannot multiply matrices [2, 3] × [2, 1]: the columns of the first (3) must equal the rows of the second (2).\nDid you mean a.T.matmul(b)?',
  ],
  [
    'matmul of vectors',
    () => pair.matmul(wrong<never>(row)),
    'Cannot multiply matrices [2] × [3]: the columns of the first (2) must equal the rows of the second (3).\nTranspose or reshape one of them.',
  ],
  [
    'matmul of a matrix and a vector',
    () => x.matmul(wrong<never>(pair)),
    'Cannot multiply matrices [2, 3] × [2]: the columns of the first (3) must equal the rows of the second (2).\nDid you mean a.T.matmul(b)?',
  ],
  [
    'matmul of a vector and a matrix',
    () => row.matmul(wrong<never>(x)),
    'Cannot multiply matrices [3] × [2, 3]: the columns of the first (3) must equal the rows of the second (2).\nDid you mean a.matmul(b.T)?',
  ],
  [
    'matmul of scalars',
    () => tensor(2).matmul(x),
    'matmul: both operands must have at least one axis, got [] and [2, 3]. Use mul for a scalar.',
  ],
  [
    'matmul of batches',
    () => zeros([2, 2, 2]).matmul(wrong<never>(zeros([3, 2, 2]))),
    'matmul, batch axes: shapes [2] and [3] do not broadcast: counted from the right, lengths must be equal or 1, but 2 and 3 differ. Reshape one of them.',
  ],
  [
    'dot',
    () => tensor([[[1, 2, 3]]]).dot(x.expandDims(0)),
    'Cannot multiply matrices [1, 1, 1, 1, 3] × [1, 2, 3]: the columns of the first (3) must equal the rows of the second (2).\nTranspose or reshape one of them.',
  ],

  // Axes
  ['sum', () => x.sum(2), 'sum: there is no axis 2: axes go from -2 to 1. Check x.shape.'],
  ['mean', () => x.mean(-3), 'mean: there is no axis -3: axes go from -2 to 1. Check x.shape.'],
  ['max', () => x.max([0, -2]), 'max: axis 0 is listed twice. Remove one of them.'],
  ['var', () => x.var(0.5), 'var: there is no axis 0.5: axes go from -2 to 1. Check x.shape.'],
  ['std', () => x.std(7), 'std: there is no axis 7: axes go from -2 to 1. Check x.shape.'],
  ['prod', () => x.prod(2), 'prod: there is no axis 2: axes go from -2 to 1. Check x.shape.'],
  ['logSumExp', () => logSumExp(x, NaN), 'logSumExp: there is no axis NaN: axes go from -2 to 1. Check x.shape.'],
  ['argmax', () => x.argmax(2), 'argmax: there is no axis 2: axes go from -2 to 1. Check x.shape.'],
  ['flip', () => x.flip(2), 'flip: there is no axis 2: axes go from -2 to 1. Check x.shape.'],
  ['gather', () => x.gather(places, 2), 'gather: there is no axis 2: axes go from -2 to 1. Check x.shape.'],
  ['take', () => x.take(places, 2), 'take: there is no axis 2: axes go from -2 to 1. Check x.shape.'],
  ['split', () => split(x, 2, 2), 'split: there is no axis 2: axes go from -2 to 1. Check x.shape.'],
  ['concat', () => concat([x, x], 2), 'concat: there is no axis 2: axes go from -2 to 1. Check x.shape.'],
  ['stack', () => stack([x, x], 3), 'stack: there is no axis 3: axes go from -3 to 2. Check x.shape.'],
  ['expandDims', () => x.expandDims(3), 'expandDims: there is no axis 3: axes go from -3 to 2. Check x.shape.'],
  ['mT', () => row.mT, 'mT: there is no axis -2: axes go from -1 to 0. Check x.shape.'],
  ['squeeze', () => x.squeeze(0), 'squeeze: axis 0 of [2, 3] has length 2, not 1. Use slice or a reduction.'],
  ['permute', () => x.permute([0]), 'permute: shape [2, 3] needs each of its 2 axes once, got [0]. Write all of them.'],
  [
    'permute of one axis twice',
    () => x.permute([0, -2]),
    'permute: shape [2, 3] needs each of its 2 axes once, got [0, 0]. Write all of them.',
  ],

  // Lengths
  [
    'reshape',
    () => x.reshape([4]),
    'reshape of [2, 3]: 6 elements do not fit shape [4]. Give lengths whose product is 6.',
  ],
  [
    'reshape with two open lengths',
    () => x.reshape([-1, -1]),
    'reshape of [2, 3]: 6 elements do not fit shape [-1, -1]. Give lengths whose product is 6.',
  ],
  [
    'reshape with a length that does not divide',
    () => x.reshape([4, -1]),
    'reshape of [2, 3]: 6 elements do not fit shape [4, -1]. Give lengths whose product is 6.',
  ],
  [
    'reshape with a negative length',
    () => x.reshape([-2, -3]),
    'reshape of [2, 3]: every length must be a non-negative integer, got [-2, -3]. Check the -2.',
  ],
  [
    'reshape with a fraction',
    () => x.reshape([1.5, 4]),
    'reshape of [2, 3]: every length must be a non-negative integer, got [1.5, 4]. Check the 1.5.',
  ],
  [
    'reshape with NaN',
    () => x.reshape([NaN, 6]),
    'reshape of [2, 3]: 6 elements do not fit shape [NaN, 6]. Give lengths whose product is 6.',
  ],
  [
    'expand',
    () => row.expand([2]),
    'expand: [3] does not broadcast to [2]: counted from the right, each length must be 1 or stay the same. Use expandDims for axes of length 1.',
  ],
  [
    'expand to fewer axes',
    () => x.expand([3]),
    'expand: [2, 3] does not broadcast to [3]: counted from the right, each length must be 1 or stay the same. Use expandDims for axes of length 1.',
  ],
  [
    'sumTo',
    () => x.sumTo([2, 2]),
    'sumTo: [2, 2] does not broadcast to [2, 3]: counted from the right, each length must be 1 or stay the same. Use expandDims for axes of length 1.',
  ],
  [
    'sumTo more axes',
    () => x.sumTo([1, 2, 3]),
    'sumTo: [1, 2, 3] does not broadcast to [2, 3]: counted from the right, each length must be 1 or stay the same. Use expandDims for axes of length 1.',
  ],
  [
    'pad',
    () => pad(x, [[1, 1]]),
    'pad: shape [2, 3] needs one pair of non-negative integer widths per axis, got [[1, 1]]. Write [[1, 1], [0, 2]] for a matrix.',
  ],
  [
    'pad with a negative width',
    () => pad(row, [[-1, 0]]),
    'pad: shape [3] needs one pair of non-negative integer widths per axis, got [[-1, 0]]. Write [[1, 1], [0, 2]] for a matrix.',
  ],
  [
    'split into parts that do not add up',
    () => split(row, [1, 1]),
    'split: lengths [1, 1] do not add up to the length of axis 0 of [3]. Give non-negative integers whose sum is 3.',
  ],
  [
    'split into unequal parts',
    () => split(row, 2),
    'split: axis 0 of [3] cannot be split into 2 equal parts. Give the lengths of the parts: [2, 1].',
  ],
  [
    'concat',
    () => concat([x, row]),
    'concat: shapes [2, 3], [3] must be equal except along axis 0. Concatenate along another axis, or reshape them first.',
  ],
  [
    'concat of nothing',
    () => concat(wrong<never>([])),
    'concat: expected at least one tensor, got none. Check the list first.',
  ],
  ['stack', () => stack([row, pair]), 'stack: shapes [3], [2] must be equal. Use concat for an existing axis.'],
  [
    'stack of nothing',
    () => stack(wrong<never>([])),
    'stack: expected at least one tensor, got none. Check the list first.',
  ],

  // Places
  ['slice', () => row.slice(3), 'slice: index 3 is out of bounds for axis 0 with size 3. Check x.shape.'],
  [
    'slice by a step of 0',
    () => row.slice([0, 2, 0]),
    'slice: a range must be [start, stop, step], integers with a step other than 0, got [0,2,0]. Use null for an open end.',
  ],
  [
    'slice by a fraction',
    () => row.slice([0.5]),
    'slice: a range must be [start, stop, step], integers with a step other than 0, got [0.5]. Use null for an open end.',
  ],
  [
    'slice of more axes than there are',
    () => row.slice(0, 0),
    'slice: there is no axis 1: axes go from -1 to 0. Check x.shape.',
  ],
  [
    'gather',
    () => row.gather(tensor([0, 3], 'int32'), 0),
    'gather: index 3 at [1] is out of bounds for axis 0 with size 3. Check x.shape.',
  ],
  [
    'gather from before the start',
    () => row.gather(tensor([-1], 'int32'), 0),
    'gather: index -1 at [0] is out of bounds for axis 0 with size 3. Check x.shape.',
  ],
  [
    'gather with indices of another shape',
    () => x.gather(places, 0),
    'gather: indices must have shape [2, 3], got [2]. Expand them, or use take for whole rows.',
  ],
  [
    'scatterAdd',
    () => row.scatterAdd(places, row, 0),
    'scatterAdd: source must have shape [2], got [3]. Reshape it, or check where it comes from.',
  ],
  [
    'scatterAdd out of range',
    () => pair.scatterAdd(places, pair, 0),
    'scatterAdd: index 2 at [1] is out of bounds for axis 0 with size 2. Check x.shape.',
  ],
  [
    'oneHot',
    () => oneHot(tensor([0, 3, 1], 'int32'), 3),
    'oneHot: row 1 has label 3, but 3 classes are numbered 0 … 2. Number them from 0, or give the model more outputs.',
  ],
  [
    'oneHot of a negative label',
    () => oneHot(tensor([-1], 'int32'), 3),
    'oneHot: row 0 has label -1, but 3 classes are numbered 0 … 2. Number them from 0, or give the model more outputs.',
  ],
  [
    'oneHot of half a class',
    () => oneHot(whole, 2.5),
    'oneHot: every length must be a non-negative integer, got [2.5]. Check the 2.5.',
  ],
  ['item', () => row.item(), 'item: shape [3] has 3 elements, not one. Use toArray(), or reduce it first.'],

  // Making tensors
  [
    'tensor of ragged rows',
    () => tensor([[1, 2], [3]]),
    'tensor: rows must have equal lengths, expected a row of 2 at [1], got a row of 1. Fill up or cut the rows.',
  ],
  [
    'tensor of a number among rows',
    () => tensor([[1, 2], 3]),
    'tensor: rows must have equal lengths, expected a row of 2 at [1], got a single value. Fill up or cut the rows.',
  ],
  [
    'tensor of a row among numbers',
    () => tensor([1, [2]]),
    'tensor: rows must have equal lengths, expected a single value at [1], got a row of 1. Fill up or cut the rows.',
  ],
  ['zeros', () => zeros([-1]), 'zeros: every length must be a non-negative integer, got [-1]. Check the -1.'],
  ['ones', () => ones([0.5]), 'ones: every length must be a non-negative integer, got [0.5]. Check the 0.5.'],
  ['full', () => full([NaN], 1), 'full: every length must be a non-negative integer, got [NaN]. Check the NaN.'],
  ['eye', () => eye(-2), 'eye: every length must be a non-negative integer, got [-2, -2]. Check the -2.'],
  [
    'arange',
    () => arange(0, 5, { step: 0 }),
    'arange: start, stop and step must be finite and the step not 0, got 0, 5, 0. Use full for one value repeated.',
  ],
  [
    'arange without end',
    () => arange(Infinity),
    'arange: start, stop and step must be finite and the step not 0, got 0, Infinity, 1. Use full for one value repeated.',
  ],
  [
    'linspace',
    () => linspace(0, 1, { count: -1 }),
    'linspace: every length must be a non-negative integer, got [-1]. Check the -1.',
  ],
  [
    'fromTypedArray',
    () => fromTypedArray(new Float32Array(4), [2, 3]),
    'fromTypedArray: 4 elements do not fit shape [2, 3]. Give lengths whose product is 4.',
  ],

  // State
  [
    'assign',
    () => weight.assign(row),
    'assign: the value of variable must have shape [2], got [3]. Reshape it, or check where it comes from.',
  ],
  [
    'assign of a number to many',
    () => weight.assign(1),
    'assign: the value of variable must have shape [2], got the number 1. Write assign(full([2], 1)).',
  ],
  [
    'gradients',
    () => gradients(weight.mul(2), weight),
    'gradients: the loss must be a scalar, got shape [2]. Take its mean() or sum() first.',
  ],
];

const kinds: readonly Refusal[] = [
  [
    'cast',
    () => x.cast(wrong<DType>('bfloat16' as never)),
    'cast: there is no dtype bfloat16. Choose one of bool, int8, uint8, int16, int32, float16, float32, float64.',
  ],
  [
    'tensor',
    () => tensor([1], wrong<DType>('int64')),
    'tensor: there is no dtype int64. Choose one of bool, int8, uint8, int16, int32, float16, float32, float64.',
  ],
  [
    'zeros',
    () => zeros([1], { dtype: wrong('f4') }),
    'zeros: there is no dtype f4. Choose one of bool, int8, uint8, int16, int32, float16, float32, float64.',
  ],
  [
    'eye',
    () => eye(1, { dtype: wrong('f4') }),
    'eye: there is no dtype f4. Choose one of bool, int8, uint8, int16, int32, float16, float32, float64.',
  ],
  [
    'arange',
    () => arange(1, 2, { dtype: wrong('f4') }),
    'arange: there is no dtype f4. Choose one of bool, int8, uint8, int16, int32, float16, float32, float64.',
  ],
  [
    'oneHot',
    () => oneHot(whole, 4, { dtype: wrong('f4') }),
    'cast: there is no dtype f4. Choose one of bool, int8, uint8, int16, int32, float16, float32, float64.',
  ],
  ['gather', () => row.gather(pair, 0), "gather: indices must be int32, got float32. Add .cast('int32')."],
  ['take', () => row.take(tensor([true]), 0), "gather: indices must be int32, got bool. Add .cast('int32')."],
  [
    'scatterAdd',
    () => row.scatterAdd(pair, pair, 0),
    "scatterAdd: indices must be int32, got float32. Add .cast('int32').",
  ],
  ['oneHot of floats', () => oneHot(row, 4), "oneHot: labels must be int32, got float32. Add .cast('int32')."],
  [
    'concat',
    () => concat([row, tensor([true])]),
    'concat: bool can only be concatenated with bool, got float32, bool. Cast them to one dtype first.',
  ],
  [
    'pow',
    () => whole.pow(-1),
    'pow: integers to negative integer powers are not allowed, got exponent -1. Cast one of them to float32.',
  ],
  ['pad', () => pad(whole, 1, { value: 0.5 }), "pad: int32 cannot hold the value 0.5. Write x.cast('float32') first."],
  [
    'assign',
    () => count.assign(tensor(1.5)),
    "assign: the value of count must be int32, got float32. Add .cast('int32').",
  ],
  ['watch', () => watch(whole), 'watch: x must be float32 or float64, got int32. Cast it: others have no gradients.'],
  [
    'gradients of a constant',
    () => gradients(row.sum(), weight),
    'gradients: the loss, shape [], was not computed from a variable or a watched tensor. Write x = watch(x) before computing with it. No gradient flows through the result of a compiled function: call gradients inside it.',
  ],
  [
    'gradients with respect to a constant',
    () => gradients(weight.sum(), row),
    'gradients: a target must be a variable or a watched tensor, got a tensor of shape [3]. Write x = watch(x) before computing with it.',
  ],
  [
    'fromTypedArray',
    () => fromTypedArray(wrong([1, 2]), [2]),
    'fromTypedArray: expected Float32Array, Float64Array or Int32Array, got an array. Write tensor(values).reshape(shape).',
  ],
  [
    'fromTypedArray of large integers',
    () => fromTypedArray(wrong(new BigInt64Array(1)), [1]),
    'fromTypedArray: expected Float32Array, Float64Array or Int32Array, got BigInt64Array. Write tensor(values).reshape(shape).',
  ],
  ['tensor of text', () => tensor(wrong(['1'])), 'tensor: expected numbers, got 1 at [0]. Convert it with Number().'],
  [
    'tensor of nothing',
    () => tensor(wrong(undefined)),
    'tensor: expected numbers, got undefined at []. Convert it with Number().',
  ],
  ['full', () => full([1], wrong('7')), 'full: expected a number to fill with, got 7. Use expand to repeat a tensor.'],
];

/** Runs what must be refused, and gives the error. */
function refused(ask: () => unknown): unknown {
  try {
    ask();
  } catch (error) {
    return error;
  }
  return undefined;
}

function expectRefusal(ask: () => unknown, kind: typeof ShapeError | typeof DTypeError, message: string): void {
  const error = refused(ask);
  expect((error as Error | undefined)?.message).toBe(message);
  expect(error).toBeInstanceOf(kind);
  // Callers that know only JavaScript's own errors see a RangeError or a TypeError.
  expect(error).toBeInstanceOf(kind === ShapeError ? RangeError : TypeError);
  expect((error as Error).name).toBe(kind.name);
  // Nothing has changed.
  expect(snapshot()).toEqual(before);
}

describe('sizes that do not fit are refused by', () => {
  test.each(shapes)('%s', (_, ask, message) => {
    expect.hasAssertions();
    expectRefusal(ask, ShapeError, message);
  });
});

describe('kinds that do not fit are refused by', () => {
  test.each(kinds)('%s', (_, ask, message) => {
    expect.hasAssertions();
    expectRefusal(ask, DTypeError, message);
  });
});

// What may stand where a tensor is expected, and is none.
const strangers: readonly (readonly [unknown, string])[] = [
  [null, 'null'],
  [undefined, 'undefined'],
  ['text', 'text'],
  [[1, 2], 'an array'],
  [{}, 'an object of Object'],
  [new Map(), 'an object of Map'],
  [Object.create(null), 'an object of no class'],
  [new Float32Array(2), 'an object of Float32Array'],
  [1n, '1'],
  [Symbol('s'), 'Symbol(s)'],
];

/** Every argument that takes a tensor: the name that errors give, and the call. */
const takers: readonly (readonly [string, (value: never) => unknown])[] = [
  ...(['add', 'sub', 'mul', 'div', 'pow', 'maximum', 'minimum'] as const).map(
    (name) => [name, (value: Tensor) => x[name](value)] as const,
  ),
  ...(['equal', 'notEqual', 'less', 'lessEqual', 'greater', 'greaterEqual'] as const).map(
    (name) => [name, (value: Tensor) => x[name](value)] as const,
  ),
  ...(['logicalAnd', 'logicalOr', 'logicalXor'] as const).map(
    (name) => [name, (value: Tensor) => x[name](value)] as const,
  ),
  ['matmul', (value: Tensor) => x.matmul(value)],
  ['dot', (value: Tensor) => x.dot(value)],
  ['gather', (value: Tensor) => row.gather(value, 0)],
  ['take', (value: Tensor) => row.take(value, 0)],
  ['scatterAdd', (value: Tensor) => row.scatterAdd(value, pair, 0)],
  ['scatterAdd', (value: Tensor) => row.scatterAdd(places, value, 0)],
  ['where', (value: Tensor) => where(value, 1, 0)],
  ['where', (value: Tensor) => where(row, value, 0)],
  ['where', (value: Tensor) => where(row, 0, value)],
  ['concat', (value: Tensor) => concat([value])],
  ['concat', (value: Tensor) => concat([row, value])],
  ['stack', (value: Tensor) => stack([value])],
  ['stack', (value: Tensor) => stack([row, value])],
  ['oneHot', (value: Tensor) => oneHot(value, 3)],
  ['erf', (value: Tensor) => erf(value)],
  ['zerosLike', (value: Tensor) => zerosLike(value)],
  ['onesLike', (value: Tensor) => onesLike(value)],
  ['fullLike', (value: Tensor) => fullLike(value, 1)],
  ['variable', (value: Tensor) => variable(value)],
  ['assign: the value of variable', (value: Tensor) => weight.assign(value)],
  ['watch', (value: Tensor) => watch(value)],
  ['gradients', (value: Tensor) => gradients(value, weight)],
  ['A compiled function', (value: Tensor) => compile((one: Tensor) => one.add(1), reference)(value)],
];

describe('what is no tensor is refused by', () => {
  test.each(takers.map(([name, take], at) => ({ name, take, at })))(
    '$name, argument $at of this list',
    ({ name, take }) => {
      expect.hasAssertions();
      for (const [stranger, called] of strangers) {
        expectRefusal(
          () => take(stranger as never),
          DTypeError,
          `${name}: expected a tensor, got ${called}. Write tensor(value).`,
        );
      }
    },
  );

  test('clip, whose ends may be left out', () => {
    expect.hasAssertions();
    for (const [stranger, called] of strangers) {
      if (stranger === undefined) continue;
      const message = `clip: expected a tensor, got ${called}. Write tensor(value).`;
      expectRefusal(() => x.clip(wrong<never>(stranger), 1), DTypeError, message);
      expectRefusal(() => x.clip(0, wrong<never>(stranger)), DTypeError, message);
    }
  });

  test('gradients, as a target alone or in arrays and records', () => {
    expect.hasAssertions();
    for (const [stranger, called] of strangers) {
      // Arrays and records are lists of targets.
      if (typeof stranger === 'object' && stranger !== null) continue;
      const value = wrong<Tensor>(stranger);
      const message = `gradients: expected a tensor, got ${called}. Write tensor(value).`;
      expectRefusal(() => gradients(weight.sum(), value), DTypeError, message);
      expectRefusal(() => gradients(weight.sum(), [weight, value]), DTypeError, message);
      expectRefusal(() => gradients(weight.sum(), { value }), DTypeError, message);
      expectRefusal(() => gradients(weight.sum(), { layer: [{ value }] }), DTypeError, message);
    }
  });
});

describe('what is no list is refused by', () => {
  const lists: readonly (readonly [string, (value: never) => unknown])[] = [
    ['zeros', (value: number[]) => zeros(value)],
    ['full', (value: number[]) => full(value, 1)],
    ['fromTypedArray', (value: number[]) => fromTypedArray(new Float32Array(2), value)],
    ['reshape', (value: number[]) => x.reshape(value)],
    ['permute', (value: number[]) => x.permute(value)],
    ['expand', (value: number[]) => x.expand(value)],
    ['sumTo', (value: number[]) => x.sumTo(value)],
    ['sum', (value: number[]) => x.sum(value)],
    ['squeeze', (value: number[]) => x.squeeze(value)],
    ['flip', (value: number[]) => x.flip(value)],
    ['pad', (value: [number, number][]) => pad(x, value)],
    ['pad', (value: [number, number]) => pad(row, [value])],
    ['split', (value: number[]) => split(x, value)],
    ['concat', (value: Tensor[]) => concat(value)],
    ['stack', (value: Tensor[]) => stack(value)],
  ];

  test.each(lists.map(([name, take], at) => ({ name, take, at })))(
    '$name, argument $at of this list',
    ({ name, take }) => {
      expect.hasAssertions();
      for (const [stranger, rest] of [
        [null, 'null. Write [2] for a single one.'],
        ['text', 'text. Write [2] for a single one.'],
        [{}, 'an object of Object. Options come after it: write undefined, or [2], before them.'],
      ] as const) {
        expectRefusal(() => take(stranger as never), ShapeError, `${name}: expected an array, got ${rest}`);
      }
    },
  );

  test('slice', () => {
    expect.hasAssertions();
    for (const [range, shown] of [
      ['text', '"text"'],
      [{}, '{}'],
      [[0, 1, 1, 1], '[0,1,1,1]'],
      [['0'], '["0"]'],
    ]) {
      expectRefusal(
        () => row.slice(wrong<number>(range)),
        ShapeError,
        `slice: a range must be [start, stop, step], integers with a step other than 0, got ${shown as string}. Use null for an open end.`,
      );
    }
  });
});

describe('tensors larger than the largest', () => {
  const one = tensor([1]);
  const long = one.expand([largestSize]);
  const wide = one.expand([2 ** 16, 1]);

  test('may be as large as that, seen through an expanded axis', () => {
    expect(one.expand([largestSize - 1]).size).toBe(largestSize - 1);
    expect(long.size).toBe(largestSize);
    expect(one.expand([2, 2 ** 30 - 1]).size).toBe(largestSize - 1);
  });

  test.each<Refusal>([
    ['expand', () => one.expand([largestSize + 1]), `[${largestSize + 1}] has ${largestSize + 1} elements`],
    ['expand', () => one.expand([2 ** 30, 2 ** 30]), `has ${2 ** 60} elements`],
    ['zeros', () => zeros([largestSize + 1]), `has ${largestSize + 1} elements`],
    ['full', () => full([2 ** 200, 2 ** 900], 1), 'has Infinity elements'],
    ['eye', () => eye(2 ** 16), `[65536, 65536] has ${2 ** 32} elements`],
    ['arange', () => arange(2 ** 40), `has ${2 ** 40} elements`],
    ['linspace', () => linspace(0, 1, { count: 2 ** 31 }), `has ${2 ** 31} elements`],
    ['add', () => wide.add(wide.T), `[65536, 65536] has ${2 ** 32} elements`],
    ['where', () => where(wide, wide.T, 0), `has ${2 ** 32} elements`],
    ['matmul', () => wide.matmul(wide.T), `[65536, 65536] has ${2 ** 32} elements`],
    ['concat', () => concat([long, one]), `has ${2 ** 31} elements`],
    ['concat', () => stack([long, long]), `has ${2 ** 32 - 2} elements`],
    ['pad', () => pad(one, [[0, 2 ** 31]]), `has ${2 ** 31 + 1} elements`],
  ])('are refused by %s before anything is allocated', (name, ask, beat) => {
    const error = refused(ask);
    expect(error).toBeInstanceOf(ShapeError);
    expect((error as Error).message).toContain(`${name}: [`);
    expect((error as Error).message).toContain(beat);
    expect((error as Error).message).toContain(`a tensor holds at most ${largestSize}. Split it into parts.`);
    expect(snapshot()).toEqual(before);
  });

  test('are refused with a typed error when memory itself says no', () => {
    const error = refused(() => allocate('float64', 2 ** 52));
    expect(error).toBeInstanceOf(ShapeError);
    expect((error as Error).message).toBe(
      `There is no memory for ${2 ** 52} numbers of float64. Work in smaller batches.`,
    );
  });

  test('splitting into absurdly many parts is refused at once', () => {
    expect(refused(() => split(row, 2 ** 40))).toBeInstanceOf(ShapeError);
    expect(refused(() => split(row, NaN))).toBeInstanceOf(ShapeError);
    expect(refused(() => split(row, 0))).toBeInstanceOf(ShapeError);
  });
});
