import type { DType } from '../dtype.ts';
import type { Elementwise } from '../operation.ts';
import { clip } from '../operations/clip.ts';
import { cast, laws, where } from '../operations/elementwise.ts';
import { erf } from '../operations/erf.ts';
import { type Law, lawOf } from './scalar-laws.ts';

const others: Readonly<Record<string, Elementwise<never>>> = { cast, clip, erf, where };

/** A law as a module calls it, by the name of its operation and a dtype, `exp float64`; if there is one. */
export function lawNamed(name: string): Law | undefined {
  const [wanted, dtype] = name.split(' ') as [string, DType];
  const operation: Elementwise<never> | undefined = others[wanted] ?? laws[wanted as keyof typeof laws];
  return operation && lawOf(operation, dtype);
}
