/** The interval that an option may lie in: `lowest` included, `below` not. */
interface Interval {
  readonly lowest: number;
  readonly below?: number;
}

/** What cannot be negative, and may be as large as anyone likes. */
export const notNegative: Interval = { lowest: 0 };

/** The share of the old in a running average. */
export const share: Interval = { lowest: 0, below: 1 };

/**
 * Gives an option back when it is a number in its interval.
 *
 * @throws TypeError when it is no number
 * @throws RangeError when it is NaN, infinite or outside
 */
export function checkOption(
  asked: string,
  name: string,
  value: number,
  { lowest, below = Infinity }: Interval,
): number {
  const fits =
    below === Infinity ? `a finite number from ${lowest} on` : `a number from ${lowest} up to, but without, ${below}`;
  if (typeof value !== 'number') {
    throw new TypeError(`${asked}: ${name} must be ${fits}, got ${String(value)}. Give it as a plain number.`);
  }
  if (!(value >= lowest && value < below)) {
    throw new RangeError(`${asked}: ${name} must be ${fits}, got ${value}. Leave it out to get the usual value.`);
  }
  return value;
}
