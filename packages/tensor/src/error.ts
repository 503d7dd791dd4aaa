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
