import { checkNumber, checkOptions, full, type NamedVariables, type Tensor, type Variable, variable } from '@nn/tensor';
import { checkNonNegative } from './check-non-negative.ts';
import { float64, type Schedule } from './learning-rate.ts';

/** Options of `reduceOnPlateau`. */
export interface ReduceOnPlateauOptions {
  /** Is a smaller value better, as of a loss, or a larger one, as of an accuracy? Default `min`. */
  readonly mode?: 'min' | 'max';
  /** Multiplies the rate. Default 0.1. */
  readonly factor?: number;
  /** How many reports in a row may bring nothing better. Default 10. */
  readonly patience?: number;
  /** By how much a value must be better than the best. Default 1e-4. */
  readonly threshold?: number;
  /** Is the threshold a part of the best value, or a difference? Default `relative`. */
  readonly thresholdMode?: 'relative' | 'absolute';
  /** How many reports after a reduction do not count. Default 0. */
  readonly cooldown?: number;
  /** The smallest rate. Default 0. */
  readonly minimum?: number;
}

/** A schedule that depends on what is reported. */
export interface PlateauSchedule extends Schedule {
  /** Takes a validation loss or score, usually once in an epoch, and reduces the rate if need be. Call it outside of compiled steps. */
  report(value: number | Tensor): void;
  /** Its state by name. Save it beside that of the optimizer. */
  readonly state: NamedVariables;
}

/**
 * A learning rate that is reduced when a reported value has stopped getting better.
 *
 *   better: value < best · (1 − threshold)          `min`, `relative`; > best · (1 + threshold) for `max`
 *           value < best − threshold                `min`, `absolute`; > best + threshold for `max`
 *   rate ← max(rate · factor, minimum)              after more than `patience` reports without a better value
 *
 * The rate is a variable: compiled steps see a reduction without being compiled again.
 *
 * @param learningRate  the rate of the first step
 * @returns  a schedule, for the option `learningRate` of an optimizer, with report(value)
 * @throws RangeError, TypeError when an option is out of range
 * @example
 * const rate = reduceOnPlateau(1, { factor: 0.5, patience: 1 });
 * [3, 2, 2, 2].map((loss) => (rate.report(loss), rate(tensor(0)).item())).join(' ')   // 1 1 1 0.5
 * @see PyTorch: ReduceLROnPlateau
 */
/* @__NO_SIDE_EFFECTS__ */
export function reduceOnPlateau(learningRate: number, options: ReduceOnPlateauOptions = {}): PlateauSchedule {
  const caller = 'reduceOnPlateau';
  const {
    mode = 'min',
    factor = 0.1,
    patience = 10,
    threshold = 1e-4,
    thresholdMode = 'relative',
    cooldown = 0,
    minimum = 0,
  } = checkOptions(caller, options, [
    'mode',
    'factor',
    'patience',
    'threshold',
    'thresholdMode',
    'cooldown',
    'minimum',
  ]);
  for (const [name, value] of Object.entries({ learningRate, threshold, minimum })) {
    checkNonNegative(caller, name, value);
  }
  checkNonNegative(caller, 'factor', factor, 1);
  for (const [name, value] of Object.entries({ patience, cooldown })) {
    const fits = Number.isInteger(value) && value >= 0;
    checkNumber(caller, name, value, fits, 'a non-negative integer', 'Leave it out for the default.');
  }
  if (mode !== 'min' && mode !== 'max') {
    throw new TypeError(`${caller}: mode must be 'min' or 'max', got ${String(mode)}. Leave it out for 'min'.`);
  }
  if (thresholdMode !== 'relative' && thresholdMode !== 'absolute') {
    throw new TypeError(
      `${caller}: thresholdMode must be 'relative' or 'absolute', got ${String(thresholdMode)}. Leave it out for 'relative'.`,
    );
  }
  const state = {
    rate: variable(float64(learningRate), { name: 'rate' }),
    best: variable(float64(mode === 'min' ? Infinity : -Infinity), { name: 'best' }),
    waited: count('waited'),
    resting: count('resting'),
  };
  const sign = mode === 'min' ? -1 : 1;
  /** What a value must pass to be better. Before the first report every number does. */
  const bound = (best: number): number => {
    if (!Number.isFinite(best)) return best;
    return thresholdMode === 'relative' ? best * (1 + sign * threshold) : best + sign * threshold;
  };
  return Object.assign((): Tensor => state.rate.mul(1), {
    state,
    report(reported: number | Tensor) {
      const value = typeof reported === 'number' ? reported : reported.item();
      const { rate, best, waited, resting } = state;
      const better = sign * (value - bound(best.item())) > 0;
      const rests = resting.item() > 0;
      const without = better || rests ? 0 : waited.item() + 1;
      const reduces = without > patience;
      if (better) best.assign(value);
      if (rests) resting.assign(resting.item() - 1);
      if (reduces) {
        rate.assign(Math.max(rate.item() * factor, minimum));
        resting.assign(cooldown);
      }
      waited.assign(reduces ? 0 : without);
    },
  });
}

/** A number of reports, in the state. */
function count(name: string): Variable {
  return variable(full([], 0, { dtype: 'int32' }) as Tensor, { name });
}
