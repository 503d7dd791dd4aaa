import { FormatError, type FormatFault } from '../format-error.ts';

/** The error for a file that breaks a rule of the format. */
export function damage(
  code: FormatFault,
  offset: number,
  expected: string,
  mend = 'The file is damaged or of another format; save or fetch it again.',
): FormatError {
  return new FormatError(`Cannot read the safetensors file: at byte ${offset} expected ${expected}. ${mend}`, {
    code,
    offset,
  });
}
