/**
 * Sizes that do not fit each other: a wrong shape, axis, index or length.
 *
 * Every message has three beats: what was caller, what fits, how to mend it.
 */
export class ShapeError extends RangeError {
  override readonly name = 'ShapeError';
}

/** Kinds that do not fit: a dtype, or a value that is no tensor at all. The message has the same three beats. */
export class DTypeError extends TypeError {
  override readonly name = 'DTypeError';
}

/** A worker ended, or was stuck, in the middle of a step. Nothing has changed, and the next call has new workers. */
export class WorkerLostError extends Error {
  override readonly name = 'WorkerLostError';
}

/** What to say of a value that stands where a tensor should. */
export function noTensor(value: unknown, caller: string): DTypeError {
  return new DTypeError(`${caller}: expected a tensor, got ${describe(value)}. Write tensor(value).`);
}

/** What to call a value that is none of those expected. */
export function describe(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' && value !== null
    ? `an object of ${value.constructor?.name ?? 'no class'}`
    : String(value);
}

/**
 * Gives a number back when it fits: for options, sizes and counts, before anything is done with them.
 *
 * @param caller  what it is for
 * @param name   what it is called there
 * @param fits   whether it does, should it be a number
 * @param requirement    what fits, in words
 * @param hint   what to do when it does not
 * @throws TypeError when it is no number
 * @throws RangeError when it is one that does not fit
 * @example checkNumber('dropout', 'rate', 0.5, 0.5 < 1, 'a number below 1')   // 0.5
 */
export function checkNumber(
  caller: string,
  name: string,
  value: number,
  fits: boolean,
  requirement: string,
  hint = 'Check how it came about.',
): number {
  const isNumber = typeof value === 'number';
  if (isNumber && fits) return value;
  const Refusal = isNumber ? RangeError : TypeError;
  const got = isNumber ? value : typeof value;
  throw new Refusal(`${caller}: ${name} must be ${requirement}, got ${got}. ${hint}`);
}
