import { faultOf, type GoldenCase, goldenCases, type GoldenTensor, read, waysAndPrecisions } from '@nn/golden';
import { gradients, type Tensor, watch } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import {
  binaryCrossentropy,
  meanAbsoluteError,
  meanSquaredError,
  type Reduction,
  sigmoidCrossentropy,
  softmaxCrossentropy,
} from '../src/index.ts';

interface LossCase extends GoldenCase {
  readonly cotangents?: { readonly output: GoldenTensor };
  readonly outputs: { readonly output: GoldenTensor };
  readonly grads: Readonly<Record<string, GoldenTensor>>;
}

const cases = goldenCases<LossCase>(new URL('../golden/losses.json', import.meta.url));

type Inputs = Readonly<Record<string, Tensor>>;
/** A setting, undefined where the case has none. */
type Settings = (name: string) => unknown;

/** An option where there is a value for it. */
const option = <Name extends string, Value>(name: Name, value: unknown): { [N in Name]?: Value } =>
  (value === undefined ? {} : { [name]: value }) as { [N in Name]?: Value };

/** Classes from axis 1, where PyTorch has them, to the last axis. */
const classesLast = (x: Tensor): Tensor =>
  x.rank < 3 ? x : x.permute([0, ...x.shape.keys()].toSpliced(1, 2).concat(1));

/** PyTorch's operation in our words. */
const ours: Readonly<Record<string, (inputs: Inputs, setting: Settings) => Tensor>> = {
  mse: ({ input, target }, setting) =>
    meanSquaredError(input!, target!, { reduction: setting('reduction') as Reduction }),
  l1: ({ input, target }, setting) =>
    meanAbsoluteError(input!, target!, { reduction: setting('reduction') as Reduction }),
  cross_entropy: ({ input, target, weight }, setting) =>
    softmaxCrossentropy(classesLast(input!), target!, {
      reduction: setting('reduction') as Reduction,
      ...option<'classWeight', Tensor>('classWeight', weight),
      ...option<'ignoreIndex', number>('ignoreIndex', setting('ignore_index')),
      ...option<'labelSmoothing', number>('labelSmoothing', setting('label_smoothing')),
    }),
  bce: ({ input, target, weight }, setting) =>
    binaryCrossentropy(input!, target!, {
      reduction: setting('reduction') as Reduction,
      ...option<'weight', Tensor>('weight', weight),
    }),
  bce_with_logits: ({ input, target, weight, pos_weight: positive }, setting) =>
    sigmoidCrossentropy(input!, target!, {
      reduction: setting('reduction') as Reduction,
      ...option<'weight', Tensor>('weight', weight),
      ...option<'positiveWeight', Tensor>('positiveWeight', positive),
    }),
};

test('all 66 cases of the five losses are there', () => {
  const count = (name: string): number => cases.filter(({ op }) => op === name).length;
  expect(cases).toHaveLength(66);
  expect(Object.keys(ours).map(count)).toEqual([3, 3, 36, 9, 15]);
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
    const heeded = new Set<string>();
    const step = made((...args: Tensor[]) => {
      const given = Object.fromEntries(args.map((x, at) => [names[at]!, names[at]! in grads ? watch(x) : x]));
      const loss = ours[op]!(given, (name) => (heeded.add(name), config[name]));
      const total = cotangents ? loss.mul(read(cotangents.output, dtype)).sum() : loss;
      return {
        loss,
        derivatives: Object.fromEntries(Object.keys(grads).map((name) => [name, gradients(total, given[name]!)])),
      };
    });
    const { loss, derivatives } = step(...Object.values(inputs).map((value) => read(value, dtype)));
    // Every setting of the case must have been used.
    expect(Object.keys(config).filter((name) => !heeded.has(name))).toEqual([]);
    expect(loss.dtype).toBe(dtype);
    expect(faultOf(loss, outputs.output, tolerance[dtype])).toBeUndefined();
    for (const [name, gradient] of Object.entries(derivatives)) {
      expect(gradient.dtype).toBe(dtype);
      expect(faultOf(gradient, grads[name]!, tolerance[dtype]), `gradient of ${name}`).toBeUndefined();
    }
  });
});
