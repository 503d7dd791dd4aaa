import { faultOf, type GoldenCase, goldenCases, type GoldenTensor, read, waysAndPrecisions } from '@nn/golden';
import { gradients, type Tensor, watch, zeros } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import * as losses from '../src/index.ts';
import type { LossOptions } from '../src/index.ts';

interface LossCase extends GoldenCase {
  readonly cotangents?: { readonly output: GoldenTensor };
  readonly outputs: { readonly output: GoldenTensor };
  readonly grads: Readonly<Record<string, GoldenTensor>>;
}

const cases = ['losses', 'more-losses'].flatMap((file) =>
  goldenCases<LossCase>(new URL(`../golden/${file}.json`, import.meta.url)),
);

type Inputs = Readonly<Record<string, Tensor>>;
/** Our options by the name of a case's setting or input: those of `names`, and reduction and weights. */
type Options = (names?: Readonly<Record<string, string>>) => LossOptions;

/** Classes from axis 1, where PyTorch has them, to the last axis. */
const classesLast = (x: Tensor): Tensor =>
  x.rank < 3 ? x : x.permute([0, ...x.shape.keys()].toSpliced(1, 2).concat(1));

/** PyTorch's lists of right classes, each closed by −1, as a 0 or 1 for each class. */
function oneForEachRight(lists: Tensor): Tensor {
  const [rows, classes] = lists.shape as [number, number];
  const marked = lists.greaterEqual(0).cast('float32');
  return zeros([rows, classes]).scatterAdd(lists.maximum(0), marked, 1);
}

const { categoricalHinge, contrastive, cosineEmbedding, gaussianNegativeLogLikelihood, marginRanking } = losses;
const { softmaxCrossentropy, softmaxFocalCrossentropy, tripletMargin } = losses;

/** Inputs that are arguments of their own, not options. */
const positional = new Set(['input', 'target', 'input1', 'input2', 'anchor', 'positive', 'negative', 'var']);

const simple =
  (loss: (prediction: Tensor, target: Tensor, options?: LossOptions) => Tensor, names?: Record<string, string>) =>
  ({ input, target }: Inputs, options: Options) =>
    loss(input!, target!, options(names));

/** PyTorch's operation in our words. */
const ours: Readonly<Record<string, (inputs: Inputs, options: Options) => Tensor>> = {
  ctc: ({ input, target }, options) => {
    const names = { blank: 'blank', zero_infinity: 'zeroInfinity' };
    const lengths = { input_lengths: 'inputLengths', target_lengths: 'labelLengths' };
    return losses.ctc(input!.permute([1, 0, 2]), target!, options({ ...names, ...lengths }));
  },
  mse: simple(losses.meanSquaredError),
  l1: simple(losses.meanAbsoluteError),
  smooth_l1: simple(losses.smoothL1, { beta: 'beta' }),
  huber: simple(losses.huber, { delta: 'delta' }),
  cross_entropy: ({ input, target }, options) =>
    softmaxCrossentropy(
      classesLast(input!),
      target!,
      options({ weight: 'classWeight', ignore_index: 'ignoreIndex', label_smoothing: 'labelSmoothing' }),
    ),
  nll: ({ input, target }, options) =>
    losses.negativeLogLikelihood(
      classesLast(input!),
      target!,
      options({ weight: 'classWeight', ignore_index: 'ignoreIndex' }),
    ),
  bce: withElementWeight(losses.binaryCrossentropy),
  bce_with_logits: withElementWeight(losses.sigmoidCrossentropy, { pos_weight: 'positiveWeight' }),
  kl_div: simple(losses.klDivergence as typeof losses.hinge, { log_target: 'logTarget' }),
  hinge: simple(losses.hinge),
  squared_hinge: simple(losses.squaredHinge),
  categorical_hinge: simple(categoricalHinge),
  hinge_embedding: simple(losses.hingeEmbedding, { margin: 'margin' }),
  margin_ranking: ({ input1, input2, target }, options) =>
    marginRanking(input1!, input2!, target!, options({ margin: 'margin' })),
  cosine_embedding: ({ input1, input2, target }, options) =>
    cosineEmbedding(input1!, input2!, target!, options({ margin: 'margin' })),
  contrastive: ({ input1, input2, target }, options) =>
    contrastive(input1!, input2!, target!, options({ margin: 'margin' })),
  triplet_margin: ({ anchor, positive, negative }, options) => {
    const names = { margin: 'margin', p: 'p', swap: 'swap', eps: 'epsilon' };
    return tripletMargin(anchor!, positive!, negative!, options(names));
  },
  poisson_nll: simple(losses.poissonNegativeLogLikelihood, { log_input: 'logInput', full: 'full', eps: 'epsilon' }),
  gaussian_nll: ({ input, target, var: variance }, options) =>
    gaussianNegativeLogLikelihood(input!, target!, variance!, options({ full: 'full', eps: 'epsilon' })),
  soft_margin: simple(losses.softMargin),
  multi_margin: simple(losses.multiMargin, { p: 'p', margin: 'margin' }),
  multilabel_margin: ({ input, target }, options) =>
    losses.multiLabelMargin(input!, oneForEachRight(target!), options()),
  multilabel_soft_margin: simple(losses.multiLabelSoftMargin),
  focal_sigmoid: simple(losses.sigmoidFocalCrossentropy, { gamma: 'gamma', alpha: 'alpha' }),
  focal_softmax: ({ input, target }, options) =>
    softmaxFocalCrossentropy(classesLast(input!), target!, options({ gamma: 'gamma', alpha: 'classWeight' })),
  dice: simple(losses.dice, { smooth: 'smooth', squared: 'squared' }),
  tversky: simple(losses.tversky, { alpha: 'alpha', beta: 'beta', smooth: 'smooth', gamma: 'gamma' }),
  quantile: simple(losses.quantile, { quantile: 'quantile', quantiles: 'quantile' }),
  log_cosh: simple(losses.logCosh),
  msle: simple(losses.meanSquaredLogarithmicError),
  mape: simple(losses.meanAbsolutePercentageError, { eps: 'epsilon' }),
};

/** PyTorch divides the mean of losses with a weight for each element by their number: here the mean of weighted losses. */
function withElementWeight(
  loss: (prediction: Tensor, target: Tensor, options?: LossOptions) => Tensor,
  names: Readonly<Record<string, string>> = {},
): (inputs: Inputs, options: Options) => Tensor {
  return ({ input, target, weight }, options) => {
    if (!weight) return loss(input!, target!, options(names));
    const { reduction = 'mean', ...rest } = options({ ...names, weight: 'weights' });
    const each = loss(input!, target!, { ...rest, reduction: 'none' });
    return reduction === 'none' ? each : each[reduction]();
  };
}

test('every recorded case is replayed', () => {
  expect(cases).toHaveLength(300);
  expect(cases.filter(({ op }) => !(op in ours)).map(({ op }) => op)).toEqual([]);
});

const labelled = cases.map((golden) => {
  const { op, config, inputs } = golden;
  const shapes = Object.entries(inputs).map(([name, { shape }]) => `${name} [${shape.join(', ')}]`);
  return { name: `${op} ${JSON.stringify(config)} of ${shapes.join(', ')}`, golden };
});

describe.each(waysAndPrecisions)('as in PyTorch, $way, in $dtype', ({ made, dtype }) => {
  test.each(labelled)('$name', ({ golden }) => {
    const { op, config, inputs, outputs, cotangents, grads, tolerance } = golden;
    const names = Object.keys(inputs);
    const used = new Set<string>();
    const step = made((...args: Tensor[]) => {
      const given = Object.fromEntries(args.map((x, at) => [names[at]!, names[at]! in grads ? watch(x) : x]));
      const options: Options = (own = {}) => {
        const settings: Readonly<Record<string, unknown>> = { ...config, ...given };
        const known = { ...own, reduction: 'reduction', sample_weight: 'weights' };
        const pairs = Object.entries(known).filter(([name]) => name in settings);
        for (const [name] of pairs) used.add(name);
        const values = pairs.map(([name, option]) => [option, inOurWords(settings[name])]);
        return Object.fromEntries(values) as LossOptions;
      };
      const loss = ours[op]!(given, options);
      const total = cotangents ? loss.mul(read(cotangents.output, dtype)).sum() : loss;
      return {
        loss,
        derivatives: Object.fromEntries(Object.keys(grads).map((name) => [name, gradients(total, given[name]!)])),
      };
    });
    const { loss, derivatives } = step(...Object.values(inputs).map((value) => read(value, dtype)));
    // Every setting of the case must have been used, and every input that is an option.
    expect([...Object.keys(config), ...names].filter((name) => !used.has(name) && !positional.has(name))).toEqual([]);
    expect(loss.dtype).toBe(dtype);
    expect(faultOf(loss, outputs.output, tolerance[dtype])).toBeUndefined();
    for (const [name, gradient] of Object.entries(derivatives)) {
      expect(gradient.dtype).toBe(dtype);
      expect(faultOf(gradient, grads[name]!, tolerance[dtype]), `gradient of ${name}`).toBeUndefined();
    }
  });
});

/** A setting as ours: PyTorch's batchmean is batchMean, and null is nothing. */
function inOurWords(setting: unknown): unknown {
  return setting === 'batchmean' ? 'batchMean' : (setting ?? undefined);
}
