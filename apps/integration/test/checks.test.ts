import * as losses from '@nn/losses';
import * as metrics from '@nn/metrics';
import { compile, oneHot, type Tensor, tensor } from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';
import { expect, test } from 'vitest';

const floats = (values: Parameters<typeof tensor>[0]): Tensor => tensor(values) as Tensor;
const integers = (values: Parameters<typeof tensor>[0]): Tensor => tensor(values, { dtype: 'int32' }) as Tensor;

const pairs = floats([
  [0.5, 0.5],
  [0.9, 0.1],
]);
const right = integers([0, 1]);
const questions = floats([0.9, 0.1]);
const answers = floats([1, 0]);

type Call = readonly [
  what: string,
  call: (...args: Tensor[]) => Tensor,
  good: readonly Tensor[],
  bad: readonly Tensor[],
];

const { accuracy, binaryAccuracy, confusionMatrix } = metrics;
const { binaryCrossentropy, categoricalCrossentropy, sigmoidCrossentropy, softmaxCrossentropy } = losses;
const threeClasses = (...args: Tensor[]): Tensor => confusionMatrix(args[0]!, args[1]!, { classes: 3 });
const ignoring = (...args: Tensor[]): Tensor => softmaxCrossentropy(args[0]!, args[1]!, { ignoreIndex: -1 });
const as =
  (call: (a: Tensor, b: Tensor) => Tensor) =>
  (...args: Tensor[]): Tensor =>
    call(args[0]!, args[1]!);

const calls: readonly Call[] = [
  ['oneHot, a label', (labels) => oneHot(labels!, 3) as Tensor, [right], [integers([0, 3])]],
  ['confusionMatrix, a label', threeClasses, [right, right], [right, integers([0, 3])]],
  ['confusionMatrix, a prediction', threeClasses, [right, right], [integers([-1, 0]), right]],
  ['confusionMatrix of logits, a label', as(confusionMatrix), [pairs, right], [pairs, integers([0, 2])]],
  ['accuracy, a label', as(accuracy), [pairs, right], [pairs, integers([2, 0])]],
  ['accuracy, a prediction', as(accuracy), [right, pairs], [integers([1, 2]), pairs]],
  [
    'accuracy, class probabilities',
    as(accuracy),
    [pairs, pairs],
    [
      pairs,
      floats([
        [1, 0],
        [0.5, 0.6],
      ]),
    ],
  ],
  ['binaryAccuracy, a logit', as(binaryAccuracy), [questions, answers], [floats([0.5, 2.5]), answers]],
  ['binaryAccuracy, NaN', as(binaryAccuracy), [questions, answers], [floats([Number.NaN, 0.5]), answers]],
  ['binaryAccuracy, a target', as(binaryAccuracy), [questions, answers], [questions, floats([1, 0.5])]],
  ['binaryCrossentropy, a logit', as(binaryCrossentropy), [questions, answers], [floats([1.2, 1]), answers]],
  ['binaryCrossentropy, a target', as(binaryCrossentropy), [questions, answers], [questions, floats([1, -3])]],
  [
    'binaryCrossentropy, a target that is NaN',
    as(binaryCrossentropy),
    [questions, answers],
    [questions, floats([Number.NaN, 0])],
  ],
  ['sigmoidCrossentropy, a target', as(sigmoidCrossentropy), [questions, answers], [questions, floats([2, 0])]],
  ['categoricalCrossentropy, a label', as(categoricalCrossentropy), [pairs, right], [pairs, integers([0, -1])]],
  [
    'categoricalCrossentropy, a logit',
    as(categoricalCrossentropy),
    [pairs, right],
    [
      floats([
        [0.5, 0.5],
        [3, -2],
      ]),
      right,
    ],
  ],
  [
    'categoricalCrossentropy, class probabilities',
    as(categoricalCrossentropy),
    [pairs, pairs],
    [
      pairs,
      floats([
        [1, 0],
        [5, -1],
      ]),
    ],
  ],
  ['softmaxCrossentropy, a label', as(softmaxCrossentropy), [pairs, right], [pairs, integers([0, 2])]],
  [
    'softmaxCrossentropy, a label beside one that is ignored',
    ignoring,
    [pairs, integers([-1, 0])],
    [pairs, integers([-1, 2])],
  ],
  [
    'softmaxCrossentropy, class probabilities',
    as(softmaxCrossentropy),
    [pairs, pairs],
    [
      pairs,
      floats([
        [1, 0],
        [0.5, 0.25],
      ]),
    ],
  ],
];

/** What is thrown, with its class. */
function thrown(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return String(error);
  }
  return 'nothing';
}

test.each(calls)('%s out of range is refused compiled as step by step', (_, call, good, bad) => {
  const wanted = thrown(() => call(...bad));
  expect(wanted).toMatch(/^(RangeError|ShapeError): /);
  const compiled = compile(call, wasm);
  expect(thrown(() => compiled(...bad))).toBe(wanted);
  expect(compiled(...good).toArray()).toEqual(compile(call, wasm)(...good).toArray());
  expect(thrown(() => compiled(...bad))).toBe(wanted);
});
