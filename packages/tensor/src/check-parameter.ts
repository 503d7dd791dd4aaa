/**
 * Gives a number back when it fits.
 *
 * @throws TypeError when it is no number
 * @throws RangeError when it is one that does not fit
 */
export function checkParameter(asked: string, name: string, value: number, fits: boolean, law: string): number {
  const isNumber = typeof value === 'number';
  if (isNumber && fits) return value;
  const Refusal = isNumber ? RangeError : TypeError;
  const got = isNumber ? value : typeof value;
  throw new Refusal(`${asked}: ${name} must be ${law}, got ${got}. Check how it came about.`);
}
