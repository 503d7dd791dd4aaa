import { FormatError, type FormatFault } from '../format-error.ts';

/** The error for a file that breaks a rule of the format. */
export function malformed(
  code: FormatFault,
  offset: number,
  expected: string,
  hint = 'The file is damaged or of another format; save or download it again.',
): FormatError {
  return new FormatError(`Cannot read the safetensors file: at byte ${offset} expected ${expected}. ${hint}`, {
    code,
    offset,
  });
}
