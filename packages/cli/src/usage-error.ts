/** A wrong setting that is found only when it is tried: told in one line, with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
