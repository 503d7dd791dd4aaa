/**
 * Sizes that do not fit each other: a wrong shape, axis, index or length.
 *
 * Every message has three beats: what was asked, what fits, how to mend it.
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
export function noTensor(value: unknown, asked: string): DTypeError {
  return new DTypeError(`${asked}: expected a tensor, got ${describe(value)}. Write tensor(value).`);
}

/** What to call a value that is none of those expected. */
export function describe(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' && value !== null
    ? `an object of ${value.constructor?.name ?? 'no class'}`
    : String(value);
}
