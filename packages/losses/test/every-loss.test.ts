import { fault } from '@nn/golden';
import { compile, gradients, ones, stack, tensor, Tensor, variable, watch } from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';
import { describe, expect, test } from 'vitest';
import * as losses from '../src/index.ts';
import { type LossOptions, type Reduction, regularization } from '../src/index.ts';

const rows = [
  [0.3, 0.1, 0.6],
  [0.2, 0.75, 0.05],
];

// A compiled power of e or logarithm may differ by some units in the last place.
const closeness = { float32: { rtol: 1e-6, atol: 1e-7 }, float64: { rtol: 1e-14, atol: 1e-15 } };

type Loss = (prediction: Tensor, target: Tensor, options?: LossOptions) => Tensor;

/** A loss, a target for two rows of three, and the shape of its single losses. */
interface Sample {
  readonly name: string;
  readonly loss: Loss;
  readonly target: Tensor;
  readonly each: readonly number[];
}

const numbers = tensor([2, 0], { dtype: 'int32' });
const oneHot = tensor([
  [false, false, true],
  [true, false, false],
]);
const between = tensor(
  [
    [0.5, 0.25, 0.25],
    [1, 0, 0],
  ],
  { dtype: 'float64' },
);

const signs = tensor(
  [
    [1, -1, 1],
    [-1, 1, -1],
  ],
  { dtype: 'float64' },
);
const signOfRow = tensor([-1, 1], { dtype: 'float64' });
const yesOrNo = tensor(
  [
    [0, 1, 1],
    [1, 0, 0],
  ],
  { dtype: 'float64' },
);
const yesOfRow = tensor([1, 0], { dtype: 'float64' });
const quantities = tensor(
  [
    [0.4, -2, 0.7],
    [0.5, 0.6, 3],
  ],
  { dtype: 'float64' },
);
const counts = tensor([
  [0, 1, 5],
  [2, 0, 3],
]).cast('float64');

/** Functions of the prediction, for losses of pairs and of logarithms. What is no tensor stays for the loss to refuse. */
const ofTensors =
  (change: (x: Tensor) => Tensor) =>
  (x: Tensor): Tensor =>
    x instanceof Tensor ? change(x) : x;
const second = ofTensors((x) => x.mul(x).mul(0.5).add(0.3));
const third = ofTensors((x) => x.mul(-0.75).sub(0.2));
const logarithm = ofTensors((x) => x.log());
const negative = ofTensors((x) => x.neg());

const elementwise: Readonly<Record<string, readonly [Loss, Tensor]>> = {
  meanSquaredError: [losses.meanSquaredError, between],
  meanAbsoluteError: [losses.meanAbsoluteError, between],
  binaryCrossentropy: [losses.binaryCrossentropy, between],
  sigmoidCrossentropy: [losses.sigmoidCrossentropy, between],
  'sigmoidCrossentropy with a positive weight': [
    (x, y, options) => losses.sigmoidCrossentropy(x, y, { ...options, positiveWeight: 3 }),
    between,
  ],
  sigmoidFocalCrossentropy: [losses.sigmoidFocalCrossentropy, yesOrNo],
  'sigmoidFocalCrossentropy with all options': [
    (x, y, options) => losses.sigmoidFocalCrossentropy(x, y, { ...options, gamma: 0.5, alpha: 0.25 }),
    yesOrNo,
  ],
  huber: [losses.huber, quantities],
  smoothL1: [losses.smoothL1, quantities],
  logCosh: [losses.logCosh, quantities],
  meanSquaredLogarithmicError: [losses.meanSquaredLogarithmicError, counts],
  meanAbsolutePercentageError: [losses.meanAbsolutePercentageError, quantities],
  quantile: [losses.quantile, quantities],
  hinge: [losses.hinge, signs],
  squaredHinge: [losses.squaredHinge, signs],
  softMargin: [losses.softMargin, signs],
  hingeEmbedding: [losses.hingeEmbedding, signs],
  marginRanking: [(x, y, options) => losses.marginRanking(x, second(x), y, options), signs],
  klDivergence: [(x, y, options) => losses.klDivergence(logarithm(x), y, options), between],
  'klDivergence of logarithms': [
    (x, y, options) => losses.klDivergence(logarithm(x), negative(y), { ...options, logTarget: true }),
    between,
  ],
  poissonNegativeLogLikelihood: [losses.poissonNegativeLogLikelihood, counts],
  'poissonNegativeLogLikelihood of rates': [
    (x, y, options) => losses.poissonNegativeLogLikelihood(x, y, { ...options, logInput: false, full: true }),
    counts,
  ],
  gaussianNegativeLogLikelihood: [
    (x, y, options) => losses.gaussianNegativeLogLikelihood(x, y, second(x), { ...options, full: true }),
    quantities,
  ],
};

const byRow: Readonly<Record<string, readonly [Loss, Tensor]>> = {
  categoricalHinge: [losses.categoricalHinge, numbers],
  'categoricalHinge of one-hot labels': [losses.categoricalHinge, oneHot],
  multiMargin: [losses.multiMargin, numbers],
  'multiMargin with all options': [
    (x, y, options) => losses.multiMargin(x, y, { ...options, p: 2, margin: 0.4, classWeight: tensor([1, 2, 3]) }),
    numbers,
  ],
  multiLabelMargin: [losses.multiLabelMargin, yesOrNo],
  multiLabelSoftMargin: [losses.multiLabelSoftMargin, between],
  'multiLabelSoftMargin with class weights': [
    (x, y, options) => losses.multiLabelSoftMargin(x, y, { ...options, classWeight: tensor([1, 2, 3]) }),
    between,
  ],
  cosineEmbedding: [(x, y, options) => losses.cosineEmbedding(x, second(x), y, options), signOfRow],
  contrastive: [(x, y, options) => losses.contrastive(x, second(x), y, options), yesOfRow],
  negativeLogLikelihood: [(x, y, options) => losses.negativeLogLikelihood(logarithm(x), y, options), numbers],
  'negativeLogLikelihood with all options': [
    (x, y, options) =>
      losses.negativeLogLikelihood(logarithm(x), y, { ...options, classWeight: tensor([1, 2, 3]), ignoreIndex: 7 }),
    numbers,
  ],
  ctc: [
    (x, y, options) => losses.ctc(x instanceof Tensor ? stack([x, second(x), third(x)], 1) : x, y, options),
    tensor([[2], [1]], { dtype: 'int32' }),
  ],
  dice: [losses.dice, between],
  'dice with squares': [(x, y, options) => losses.dice(x, y, { ...options, squared: true, smooth: 0.1 }), between],
  tversky: [losses.tversky, between],
  'tversky with all options': [
    (x, y, options) => losses.tversky(x, y, { ...options, alpha: 0.3, beta: 0.7, gamma: 0.75, smooth: 0.5 }),
    between,
  ],
  'tripletMargin by each target': [
    // The target is one of the three rows.
    (x, y, options) => losses.tripletMargin(x, y, third(x), { ...options, swap: true }),
    quantities,
  ],
  'tripletMargin in another norm': [
    (x, y, options) => losses.tripletMargin(x, y, second(x), { ...options, p: 3 }),
    quantities,
  ],
  ...Object.fromEntries(
    [numbers, oneHot, between].flatMap((target) => [
      [`categoricalCrossentropy of ${target.dtype}`, [losses.categoricalCrossentropy, target]],
      [`softmaxCrossentropy of ${target.dtype}`, [losses.softmaxCrossentropy, target]],
      [`softmaxFocalCrossentropy of ${target.dtype}`, [losses.softmaxFocalCrossentropy, target]],
    ]),
  ),
  'softmaxCrossentropy with all options': [
    (x, y, options) =>
      losses.softmaxCrossentropy(x, y, {
        ...options,
        classWeight: tensor([1, 2, 3]),
        ignoreIndex: 7,
        labelSmoothing: 0.1,
      }),
    numbers,
  ],
  'softmaxFocalCrossentropy with all options': [
    (x, y, options) =>
      losses.softmaxFocalCrossentropy(x, y, { ...options, gamma: 0.5, classWeight: tensor([1, 2, 3]) }),
    between,
  ],
};

const several = { quantile: [0.1, 0.5, 0.9] };
const samples: readonly Sample[] = [
  ...Object.entries(elementwise).map(([name, [loss, target]]) => ({ name, loss, target, each: [2, 3] })),
  ...Object.entries(byRow).map(([name, [loss, target]]) => ({ name, loss, target, each: [2] })),
  {
    name: 'quantile with several quantiles',
    loss: (x, y, options) => losses.quantile(x, y, { ...options, ...several }),
    target: tensor([0.2, 0.5], { dtype: 'float64' }),
    each: [2, 3],
  },
];

test('every loss is tested', () => {
  const tested = new Set(samples.map(({ name }) => name.split(' ')[0]));
  // regularization is a penalty on parameters and has its own tests.
  expect([...tested, 'regularization'].map(String).toSorted()).toEqual(Object.keys(losses).toSorted());
});

describe.each(samples)('$name', ({ loss, target, each }) => {
  const of = (reduction: Reduction) => (x: Tensor) => loss(x, target, { reduction });

  /** The gradient of a function at each element of x, by central differences. */
  const differences = (value: (x: Tensor) => Tensor, step: number): number[] =>
    rows.flat().map((_, index) => {
      const moved = (by: number): number => {
        const at = rows.flat().with(index, rows.flat()[index]! + by);
        return value(tensor(at, { dtype: 'float64' }).reshape([2, 3])).item();
      };
      return (moved(step) - moved(-step)) / (2 * step);
    });

  test('has the gradient that differences show', () => {
    const x = watch(tensor(rows, { dtype: 'float64' }));
    const gradient = gradients(of('mean')(x), x).data;
    for (const [at, want] of differences(of('mean'), 1e-6).entries()) expect(gradient[at]).toBeCloseTo(want, 7);
  });

  test('has the curvature that differences of the gradient show', () => {
    // Times x, as the gradient of a linear function does not depend on x.
    const derivatives = (x: Tensor): Tensor => gradients(of('sum')(x), x).mul(x).sum();
    const x = watch(tensor(rows, { dtype: 'float64' }));
    const curvature = gradients(derivatives(x), x).data;
    const wanted = differences((at) => derivatives(watch(at)), 1e-5);
    for (const [at, want] of wanted.entries()) {
      expect(Math.abs(curvature[at]! - want)).toBeLessThan(1e-6 * (1 + Math.abs(want)));
    }
  });

  test('is the mean, unless the options say sum or none', () => {
    const x = tensor(rows, { dtype: 'float64' });
    const single = of('none')(x);
    expect([single.shape, of('sum')(x).shape, of('mean')(x).shape]).toEqual([each, [], []]);
    expect(of('sum')(x).item()).toBeCloseTo(single.sum().item(), 14);
    expect(loss(x, target).item()).toBe(of('mean')(x).item());
  });

  test('counts each sample, or each loss, by its weight', () => {
    const x = tensor(rows, { dtype: 'float64' });
    const single = of('none')(x);
    const columns = each.map((_, axis) => (axis === 0 ? 2 : 1));
    const perSample = tensor([0.5, 3]);
    for (const weights of [perSample, perSample.reshape(columns).expand(each)]) {
      const weighted = (reduction: Reduction): Tensor => loss(x, target, { reduction, weights });
      const want = single.mul(perSample.reshape(columns));
      expect(weighted('none').toArray()).toEqual(want.toArray());
      expect(weighted('none').dtype).toBe('float64');
      expect(weighted('sum').item()).toBeCloseTo(want.sum().item(), 13);
    }
    const heavy = loss(x, target, { weights: tensor([0, 4]) }).item();
    expect(heavy).toBeCloseTo(loss(x, target, { weights: tensor([0, 1]) }).item(), 13);
    expect(
      loss(x, target, { weights: tensor([0, 4]), reduction: 'none' })
        .slice(0)
        .sum()
        .item(),
    ).toBe(0);
    expect(loss(x, target, { weights: tensor([7, 7]) }).item()).toBeCloseTo(of('mean')(x).item(), 13);
    expect(() => loss(x, target, { weights: tensor([1, 2, 3, 4]) })).toThrow(RangeError);
  });

  test('refuses options that it does not know', () => {
    const x = tensor(rows, { dtype: 'float64' });
    const options = { reducton: 'sum' } as LossOptions;
    expect(() => loss(x, target, options)).toThrow(TypeError);
    expect(() => loss(x, target, options)).toThrow('Did you mean reduction?');
  });

  test('needs no numbers while a function is traced', () => {
    const x = new Tensor([2, 3], 'float32', undefined, { requiresGrad: true });
    const y = new Tensor(target.shape, target.dtype === 'float64' ? 'float32' : target.dtype, undefined);
    const value = loss(x, y);
    expect([value.symbolic, value.shape, value.dtype]).toEqual([true, [], 'float32']);
    expect(gradients(value, x).shape).toEqual([2, 3]);
  });

  test.each(['float32', 'float64'] as const)('gives the same compiled, and so does its gradient, in %s', (dtype) => {
    const both = (x: Tensor, y: Tensor): Tensor[] => {
      const watched = watch(x);
      const [value, weighted] = [loss(watched, y), loss(watched, y, { weights: tensor([2, 0.5]) })];
      return [value, gradients(value, watched), weighted, gradients(weighted, watched)];
    };
    const compiled = compile(both, wasm);
    const y = target.dtype === 'float64' ? target.cast(dtype) : target;
    for (const scale of [1, 0.5]) {
      const x = tensor(rows, { dtype }).mul(scale);
      const [got, want] = [compiled(x, y), both(x, y)];
      for (const [part, expected] of want.entries()) {
        expect(got[part]!.dtype).toBe(expected.dtype);
        expect(fault(got[part]!.data, expected.data, closeness[dtype])).toBeUndefined();
      }
    }
  });

  test('lets NaN through', () => {
    expect(loss(tensor([[NaN, NaN, NaN], rows[1]!]), target).item()).toBeNaN();
  });

  test('of no rows has sum 0 and no mean', () => {
    const none = target.slice([0, 0]);
    expect(loss(ones([0, 3]), none, { reduction: 'sum' }).item()).toBe(0);
    expect(loss(ones([0, 3]), none).item()).toBeNaN();
  });

  test('refuses a target of another shape before it could broadcast', () => {
    const x = tensor(rows);
    for (const wrong of [target.slice([0, 1]), target.expandDims(0), target.sum().cast(target.dtype)]) {
      expect(() => loss(x, wrong)).toThrow(RangeError);
    }
  });

  test('refuses a reduction that there is not, and what is no tensor', () => {
    expect(() => loss(tensor(rows), target, { reduction: 'average' as Reduction })).toThrow(
      /there is no reduction average. Choose 'mean', 'sum' or 'none'/,
    );
    expect(() => loss(rows as unknown as Tensor, target)).toThrow(/expected a tensor, got an array/);
    expect(() => loss(tensor(rows), [1, 2] as unknown as Tensor)).toThrow(/expected a tensor, got an array/);
  });
});

describe('regularization', () => {
  const named = { weight: tensor([[1, -2]], { dtype: 'float64' }), bias: tensor([3], { dtype: 'float64' }) };

  test('needs no numbers while a function is traced', () => {
    const w = new Tensor([2, 3], 'float32', undefined, { requiresGrad: true });
    const penalty = regularization({ w }, { l1: 0.1, l2: 0.1 });
    expect([penalty.symbolic, penalty.shape]).toEqual([true, []]);
    expect(gradients(penalty, w).shape).toEqual([2, 3]);
  });

  test('gives the same compiled, and follows the variable from call to call', () => {
    const w = variable(named.weight, { name: 'w' });
    const step = (): [Tensor, Tensor] => {
      const penalty = regularization({ w }, { l1: 0.5, l2: 0.25 });
      return [penalty, gradients(penalty, w)];
    };
    const compiled = compile(step, wasm);
    for (const value of [named.weight, named.weight.mul(3)]) {
      w.assign(value);
      expect(compiled().map((each) => each.toArray())).toEqual(step().map((each) => each.toArray()));
    }
  });

  test('has curvature 2·l2', () => {
    const w = watch(named.weight);
    const gradient = gradients(regularization([w], { l1: 0.5, l2: 0.25 }), w);
    expect(gradients(gradient.sum(), w).toArray()).toEqual([[0.5, 0.5]]);
  });
});
