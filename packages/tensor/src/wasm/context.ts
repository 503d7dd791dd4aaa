import type { DType } from '../dtype.ts';
import type { GatherKernel, Kernel, ScatterKernel } from '../loops/kernel.ts';
import type { Place } from '../loops/lens.ts';
import type { ConstantPool } from './constants.ts';
import type { FunctionBody, Local } from './function-body.ts';
import type { ScalarLaws } from './scalar-laws.ts';
import type { ValueType } from './value-type.ts';

/** What the writers of loops share. */
export interface Context {
  /** Fused multiply-add may be used: the engine has it, and last bits may differ between machines. */
  readonly relaxed: boolean;
  addressOf(place: Place): number;
  /** Where products copy their second matrices to, those that do. */
  readonly packed: ReadonlyMap<Kernel, Place>;
  readonly constants: ConstantPool;
  readonly laws: ScalarLaws;
  /** The index of a function that several loops may call: `write` writes it when it is first asked for. */
  once(
    key: string,
    parameters: readonly ValueType[],
    results: readonly ValueType[],
    write: (f: FunctionBody) => void,
  ): number;
  /** Calls JavaScript to refuse an index. */
  refuse(f: FunctionBody, kernel: GatherKernel | ScatterKernel, index: Local): void;
}

/** Bytes per element in memory: booleans lie there as whole words. */
export const widthOf = (dtype: DType): number => (dtype === 'float64' ? 8 : 4);
