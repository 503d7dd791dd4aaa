/**
 * Gives a number back when it fits: for options, sizes and counts, before anything is done with them.
 *
 * @param asked  what it is for
 * @param name   what it is called there
 * @param fits   whether it does, should it be a number
 * @param law    what fits, in words
 * @param mend   what to do when it does not
 * @throws TypeError when it is no number
 * @throws RangeError when it is one that does not fit
 * @example checkNumber('dropout', 'rate', 0.5, 0.5 < 1, 'a number below 1')   // 0.5
 */
export function checkNumber(
  asked: string,
  name: string,
  value: number,
  fits: boolean,
  law: string,
  mend = 'Check how it came about.',
): number {
  const isNumber = typeof value === 'number';
  if (isNumber && fits) return value;
  const Refusal = isNumber ? RangeError : TypeError;
  const got = isNumber ? value : typeof value;
  throw new Refusal(`${asked}: ${name} must be ${law}, got ${got}. ${mend}`);
}
