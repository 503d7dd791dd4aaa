/** The rule of the format that a file breaks. */
export type FormatFault = 'length' | 'text' | 'syntax' | 'name' | 'dtype' | 'shape' | 'span' | 'value';

/**
 * A file that cannot be read: damaged, truncated, or of another format.
 *
 * The message says what was expected, what was found, and how to fix it; `code` names the rule for programs, `offset`
 * is the byte at which the file breaks it.
 *
 * @example new FormatError('Too short.', { code: 'length', offset: 3 }).offset   // 3
 */
export class FormatError extends Error {
  override readonly name = 'FormatError';
  readonly code: FormatFault;
  readonly offset: number;

  constructor(
    message: string,
    { code, offset, cause }: { readonly code: FormatFault; readonly offset: number; readonly cause?: unknown },
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.offset = offset;
  }
}
