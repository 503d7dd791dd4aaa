import type { ReduceKernel } from '../loops/kernel.ts';
import { instructions, onBool, onFloat32, onInt32 } from './laws.ts';

/** How vectors of elements are folded into one. */
export interface Folding {
  /** The instruction that makes one vector of two. */
  readonly combine: number;
  /** What folding nothing gives, in lanes of this type. */
  readonly initial: number;
  readonly type: 'f32' | 'i32';
}

/** The law that folds, what nothing gives as float32 and as int32. */
const foldings: Readonly<Record<string, readonly [law: string, float32: number, int32: number]>> = {
  sum: ['add', 0, 0],
  prod: ['mul', 1, 1],
  max: ['maximum', -Infinity, -(2 ** 31)],
  min: ['minimum', Infinity, 2 ** 31 - 1],
  any: ['maximum', 0, 0],
  all: ['minimum', 1, 1],
};

export function foldingOf({ operation, to }: ReduceKernel): Folding {
  const [law, float32, int32] = foldings[operation.name]!;
  const combine = instructions[law]!;
  if (to.dtype === 'float32') return { combine: combine[onFloat32], initial: float32, type: 'f32' };
  if (to.dtype === 'int32') return { combine: combine[onInt32], initial: int32, type: 'i32' };
  // Booleans are all ones or all zeros.
  return { combine: combine[onBool], initial: law === 'maximum' ? 0 : -1, type: 'i32' };
}
