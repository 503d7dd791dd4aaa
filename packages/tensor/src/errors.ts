/**
 * A wrong size: a shape, axis, index or length.
 *
 * Every message says what was wrong, what fits, and how to fix it.
 */
export class ShapeError extends RangeError {
  override readonly name = 'ShapeError';
}

/** A wrong type: a dtype, or a value that is not a tensor. The message has the same three parts. */
export class DTypeError extends TypeError {
  override readonly name = 'DTypeError';
}

/** A worker ended, or did not respond, during a step. No variable has changed, and the next call starts new workers. */
export class WorkerLostError extends Error {
  override readonly name = 'WorkerLostError';
}

/** The error for a value that is not a tensor. */
export function noTensor(value: unknown, caller: string): DTypeError {
  return new DTypeError(`${caller}: expected a tensor, got ${describe(value)}. Write tensor(value).`);
}

/** How messages describe a value of an unexpected type. */
export function describe(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' && value !== null
    ? `an object of ${value.constructor?.name ?? 'no class'}`
    : String(value);
}

/**
 * Refuses a value that is no function.
 *
 * @param example  how to call it
 * @throws DTypeError
 */
export function checkFunction(caller: string, value: unknown, example: string): void {
  if (typeof value === 'function') return;
  throw new DTypeError(`${caller}: expected a function of tensors, got ${describe(value)}. Write ${example}.`);
}

/**
 * Returns the number if it is valid. Checks options, sizes and counts before they are used.
 *
 * @param caller       the function that takes the number
 * @param name         the name of its parameter or option
 * @param fits         whether the value is valid, if it is a number
 * @param requirement  what is valid, in words
 * @param hint         how to fix it
 * @throws TypeError when the value is not a number
 * @throws RangeError when the number is not valid
 * @example checkNumber('dropout', 'rate', 0.5, 0.5 < 1, 'a number below 1')   // 0.5
 */
export function checkNumber(
  caller: string,
  name: string,
  value: number,
  fits: boolean,
  requirement: string,
  hint = 'Check where it comes from.',
): number {
  const isNumber = typeof value === 'number';
  if (isNumber && fits) return value;
  const Refusal = isNumber ? RangeError : TypeError;
  const got = isNumber ? value : typeof value;
  throw new Refusal(`${caller}: ${name} must be ${requirement}, got ${got}. ${hint}`);
}
