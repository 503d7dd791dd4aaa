import { checkNumber, checkOptions, type Tensor } from '@nn/tensor';
import { checkNonNegative } from './check-non-negative.ts';
import { checkSteps } from './check-steps.ts';
import { float64, formula, type Schedule } from './learning-rate.ts';

/** When a cycle rises and falls. */
export interface CycleOptions {
  /** The number of steps of the whole cycle. */
  readonly steps: number;
  /** The part of the steps in which the rate rises. Default 0.3. */
  readonly rising?: number;
  /** The way from one rate to the next: along half a cosine, or a line. Default `cosine`. */
  readonly anneal?: 'cosine' | 'linear';
  /** Falls as long as it rises, and takes the remaining steps for the last part. Default false. */
  readonly threePhase?: boolean;
}

/** Options of `oneCycle`. */
export interface OneCycleOptions extends CycleOptions {
  /** The first rate is maximum / divisor. Default 25. */
  readonly divisor?: number;
  /** The last rate is the first rate / finalDivisor. Default 10 000. */
  readonly finalDivisor?: number;
}

/**
 * A learning rate that rises to a maximum and falls far below its first value: one cycle for the whole training.
 *
 *   maximum / divisor → maximum → maximum / divisor / finalDivisor                          two phases
 *   maximum / divisor → maximum → maximum / divisor → maximum / divisor / finalDivisor      three phases
 *
 * The maximum is at step rising · steps − 1, the last rate at step steps − 1; it stays then.
 *
 * @param maximum  the highest rate
 * @returns  a schedule, for the option `learningRate` of an optimizer
 * @throws RangeError, TypeError when an option is out of range
 * @example
 * const rate = oneCycle(1, { steps: 5, rising: 0.6, divisor: 2, finalDivisor: 2, anneal: 'linear' });
 * [0, 1, 2, 3, 4].map((t) => rate(tensor(t)).item()).join(' ')   // 0.5 0.75 1 0.625 0.25
 * @see Smith, Topin, Super-Convergence: Very Fast Training of Neural Networks Using Large Learning Rates (2019)
 * @see PyTorch: OneCycleLR
 */
/* @__NO_SIDE_EFFECTS__ */
export function oneCycle(maximum: number, options: OneCycleOptions): Schedule {
  const caller = 'oneCycle';
  const {
    divisor = 25,
    finalDivisor = 1e4,
    ...cycle
  } = checkOptions(caller, options, [...cycleOptions, 'divisor', 'finalDivisor']);
  checkNonNegative(caller, 'maximum', maximum);
  for (const [name, value] of Object.entries({ divisor, finalDivisor })) {
    const fits = value > 0 && value < Infinity;
    checkNumber(caller, name, value, fits, 'a finite number above 0', 'Leave it out for the default.');
  }
  const first = maximum / divisor;
  return cycleOf(caller, [first, maximum, first, first / finalDivisor], cycle);
}

/** The names of the options of a cycle. */
export const cycleOptions = ['steps', 'rising', 'anneal', 'threePhase'] as const;

/**
 * A schedule that goes through four values, one after the other; without a third phase, through all but the third.
 *
 * @throws RangeError, TypeError when an option is out of range
 */
export function cycleOf(
  caller: string,
  [first, peak, back, last]: readonly [number, number, number, number],
  { steps, rising = 0.3, anneal = 'cosine', threePhase = false }: CycleOptions,
): Schedule {
  checkSteps(caller, 'steps', steps);
  const most = threePhase ? 0.5 : 1;
  const top = rising * steps - 1;
  const requirement = `above 1 / steps and below ${most}`;
  checkNumber(caller, 'rising', rising, top > 0 && rising < most, requirement, 'Leave it out for 0.3.');
  if (anneal !== 'cosine' && anneal !== 'linear') {
    throw new TypeError(
      `${caller}: anneal must be 'cosine' or 'linear', got ${String(anneal)}. Leave it out for 'cosine'.`,
    );
  }
  const phases = threePhase
    ? [
        { until: top, from: first, to: peak },
        { until: 2 * top, from: peak, to: back },
        { until: steps - 1, from: back, to: last },
      ]
    : [
        { until: top, from: first, to: peak },
        { until: steps - 1, from: peak, to: last },
      ];
  return formula((t) => {
    const values = phases.map(({ until, from, to }, at) => {
      const since = phases[at - 1]?.until ?? 0;
      const passed: Tensor = t
        .sub(since)
        .div(until - since)
        .clip(0, 1);
      return anneal === 'linear'
        ? passed.mul(to - from).add(from)
        : passed
            .mul(Math.PI)
            .cos()
            .add(1)
            .mul((from - to) / 2)
            .add(to);
    });
    return values.reduceRight((later, value, at) => t.lessEqual(phases[at]!.until).where(value, later), float64(last));
  });
}
