import {
  arange,
  checkLike,
  checkNumber,
  checkOptions,
  checkTensor,
  concat,
  full,
  fullLike,
  logSumExp,
  pad,
  ShapeError,
  showShape,
  stack,
  type Tensor,
  where,
} from '@nn/tensor';
import { checkFits } from './probabilities.ts';
import { type LossOptions, lossOptions, reduced } from './reduction.ts';

export interface CtcOptions extends LossOptions {
  /** The class that stands for no label; 0 unless given. */
  readonly blank?: number;
  /** How many steps of each sequence count, int32, shape [N]; all unless given. */
  readonly inputLengths?: Tensor;
  /** How many labels of each sequence count, int32, shape [N]; all unless given. */
  readonly labelLengths?: Tensor;
  /** Whether a sequence that is too short for its labels has loss and gradient 0, not ∞; false unless given. */
  readonly zeroInfinity?: boolean;
}

const caller = 'ctc';

/** ln 0, as a number that has no infinite differences. */
const never = -1e30;

/**
 * Connectionist temporal classification: how surprised a sequence of predictions is by a shorter sequence of labels, where
 * nobody knows which label belongs to which step.
 *
 *   loss = −ln Σ_paths Π_t softmax(logits_t)[path_t]
 *
 * The paths are those that become the labels when repeated classes are merged and blanks left out. As in PyTorch
 * `reduction: 'mean'` divides each loss by the number of its labels, at least 1, before it averages. With `weights` it does
 * not: the mean is that of the losses themselves, Σ w · loss / Σ w.
 *
 * @param logits  outputs before softmax, shape [N, steps, classes]
 * @param labels  class indices, int32, shape [N, labels]; what lies behind the length of a sequence does not matter
 * @returns       scalar, shape [], in nats; with `reduction: 'none'` one loss for each sequence
 * @throws ShapeError when the shapes do not fit
 * @throws RangeError when a label is no class or the blank, or a length is out of range
 * @throws DTypeError when labels or lengths are not int32
 * @throws TypeError when an option is unknown
 * @example String(ctc(tensor([[[0, 0], [0, 0]]]), tensor([[1]], { dtype: 'int32' })))   // 0.2876821
 * @see Graves, Fernández, Gomez, Schmidhuber, Connectionist Temporal Classification (2006)
 */
export function ctc(logits: Tensor, labels: Tensor, options: CtcOptions = {}): Tensor {
  const known = [...lossOptions, 'blank', 'inputLengths', 'labelLengths', 'zeroInfinity'];
  const { blank = 0, zeroInfinity = false, reduction = 'mean', weights } = checkOptions(caller, options, known);
  const [n, steps, classes] = checkSequences(logits, labels);
  const width = labels.shape[1]!;
  const fits = Number.isInteger(blank) && blank >= 0 && blank < classes;
  checkNumber(caller, 'blank', blank, fits, `a class, 0 … ${classes - 1}`, 'Leave it out for 0.');
  const inputLengths = lengthsOf('inputLengths', options.inputLengths, n, [1, steps]);
  const labelLengths = lengthsOf('labelLengths', options.labelLengths, n, [0, width]);
  const counted = arange(width, { dtype: 'int32' }).less(labelLengths.expandDims(1));
  checkClasses(labels, counted, blank, classes);

  // Blanks before, between and behind the labels: [N, 2 · labels + 1].
  const blanks = full([n, width], blank, { dtype: 'int32' });
  const pairs = stack([blanks, counted.where(labels, blank)], 2).reshape([n, 2 * width]);
  const symbols = concat([pairs, full([n, 1], blank, { dtype: 'int32' })], 1);
  const places = 2 * width + 1;
  const logProbabilities = logits.sub(logSumExp(logits, -1, { keepdims: true }) as Tensor);
  const emitted = logProbabilities.gather(symbols.expandDims(1).expand([n, steps, places]), 2);
  // A blank may be skipped between two different labels.
  const before = pad(
    symbols,
    [
      [0, 0],
      [2, 0],
    ],
    { value: blank },
  ).slice([], [0, places]);
  const skips = symbols.notEqual(blank).logicalAnd(symbols.notEqual(before));
  const shifted = (x: Tensor, by: number): Tensor =>
    pad(
      x,
      [
        [0, 0],
        [by, 0],
      ],
      { value: never },
    ).slice([], [0, places]);

  // ln of the probability of all beginnings of paths that have come to each place.
  const first: Tensor = emitted.slice([], 0);
  let reached: Tensor = where(arange(places, { dtype: 'int32' }).less(2), first, fullLike(first, never));
  for (let step = 1; step < steps; step++) {
    const skipping = where(skips, shifted(reached, 2), fullLike(first, never));
    const arriving = logSumExp(stack([reached, shifted(reached, 1), skipping], 0), 0) as Tensor;
    const going = inputLengths.greater(step).expandDims(1);
    reached = where(going, arriving.add(emitted.slice([], step)), reached);
  }
  const last = labelLengths.mul(2).expandDims(1);
  const atBlank = reached.gather(last, 1).squeeze(1);
  const atLabel = reached.gather(last.sub(1).maximum(0), 1).squeeze(1);
  const total = logSumExp(
    stack([atBlank, where(labelLengths.greater(0), atLabel, fullLike(atLabel, never))], 0),
    0,
  ) as Tensor;
  const impossible = total.less(never / 2);
  const losses = where(impossible, fullLike(total, zeroInfinity ? 0 : Infinity), total.neg());
  const each = reduction === 'mean' && !weights ? losses.div(labelLengths.maximum(1)) : losses;
  return reduced(each, options, caller);
}

function checkSequences(logits: Tensor, labels: Tensor): readonly [n: number, steps: number, classes: number] {
  const { shape, rank } = checkTensor(logits, caller);
  if (rank === 3 && shape[1]! > 0 && checkTensor(labels, caller).rank === 2 && labels.shape[0] === shape[0]) {
    checkLike(labels, { shape: labels.shape, dtype: 'int32' }, `${caller}: labels`);
    return shape as unknown as readonly [number, number, number];
  }
  throw new ShapeError(
    `${caller}: logits must have shape [N, steps, classes], with at least one step, and labels [N, labels], got ` +
      `${showShape(shape)} and ${showShape(checkTensor(labels, caller).shape)}. Write permute([1, 0, 2]) for [steps, N, classes].`,
  );
}

/** The lengths that are given, or the full one for each sequence. */
function lengthsOf(
  name: string,
  given: Tensor | undefined,
  n: number,
  [least, most]: readonly [number, number],
): Tensor {
  if (given === undefined) return full([n], most, { dtype: 'int32' });
  checkLike(given, { shape: [n], dtype: 'int32' }, `${caller}: ${name}`);
  const words = { name, rule: `between ${least} and ${most}`, hint: 'Count the steps and labels of each sequence.' };
  checkFits(given, given.greaterEqual(least).logicalAnd(given.lessEqual(most)), words, caller);
  return given;
}

function checkClasses(labels: Tensor, counted: Tensor, blank: number, classes: number): void {
  const fits = labels.greaterEqual(0).logicalAnd(labels.less(classes)).logicalAnd(labels.notEqual(blank));
  const words = {
    name: 'labels',
    rule: `classes 0 … ${classes - 1} other than the blank, ${blank}`,
    hint: 'Give labelLengths where sequences are padded.',
  };
  checkFits(labels, fits.logicalOr(counted.logicalNot()), words, caller);
}
