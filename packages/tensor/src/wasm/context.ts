import type { DType } from '../dtype.ts';
import type { Place } from '../loops/lens.ts';
import type { Elementwise, Operation } from '../operation.ts';
import type { FunctionBody } from './assembler.ts';

/** What the writers of loops share. */
export interface Context {
  /** Fused multiply-add may be used: the engine has it, and last bits may differ between machines. */
  readonly relaxed: boolean;
  addressOf(place: Place): number;
  /** Puts a vector of this number on the stack; it is kept in memory, as engines rebuild constants at each use. */
  constant(f: FunctionBody, type: 'f32' | 'f64' | 'i32', value: number): void;
  /** The index of a function that carries out a law on four float32 lanes, where there is one. */
  vectorFunction(operation: Elementwise<never>): number | undefined;
  /** The index of a function of JavaScript that carries out the law on doubles. */
  scalarLaw(operation: Operation, dtype: DType): number;
  /** The index of a function of JavaScript that refuses an index: (kernel, position, index). */
  readonly refuse: number;
}

/** Bytes per element in memory: booleans lie there as whole words. */
export const widthOf = (dtype: DType): number => (dtype === 'float64' ? 8 : 4);
