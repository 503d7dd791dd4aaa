import { DTypeError } from '../error.ts';
import type { fuse } from '../loops/fuse.ts';
import { holds, type Kernel } from '../loops/kernel.ts';
import type { Context } from './context.ts';
import type { FunctionBody } from './function-body.ts';
import type { writeLaneByLane } from './lane-by-lane.ts';
import type { list } from './listing.ts';
import type { WriteFormula } from './math/functions.ts';
import type { epilogue } from './matmul/epilogue.ts';
import { inVectors } from './matmul/panels.ts';

/** What a writer carries out: a kind of kernel, in lanes or number by number in doubles where there are two ways. */
export type Task = Kernel['kind'] | `${'map' | 'reduce' | 'matmul'} in doubles`;

/** Writes the loops of a kernel, for those of its rows that the function's parameters name. */
export type Writer<K extends Kernel> = (f: FunctionBody, context: Context, kernel: K, rows: number) => void;

type Writers = {
  readonly [T in Task]?: Writer<Extract<Kernel, { kind: T extends `${infer Kind} in doubles` ? Kind : T }>>;
};

/** What a backend is put together from. What it has no part for, it refuses to compile. */
export interface Parts {
  readonly writers: Writers;
  /** The laws that are formulas on float32 lanes, by name; with a known exponent, as `pow 2`. */
  readonly formulas: Readonly<Record<string, WriteFormula>>;
  /** Writes laws on whole numbers that are no instructions. */
  readonly laneByLane?: typeof writeLaneByLane;
  /** Decides on loops. */
  readonly fuse: typeof fuse;
  /** What a product does with its sums instead of storing them. */
  readonly epilogue?: typeof epilogue;
  /** Shows how a program is carried out. */
  readonly list?: typeof list;
}

/** Can a kernel be carried out in lanes of 32 bits? Those of maps and folds hold any dtype but float64. */
function inLanes(kernel: Kernel): boolean {
  if (kernel.kind === 'map') return !kernel.stores.some(({ value }) => holds(value, 'float64'));
  if (kernel.kind === 'reduce') return !holds(kernel.value, 'float64');
  return kernel.kind !== 'matmul' || inVectors(kernel);
}

/** The writer of a kernel. */
export function writerOf({ writers }: Parts, kernel: Kernel): Writer<Kernel> {
  const way = inLanes(kernel) ? '' : ' in doubles';
  // The table pairs each kind with its own writer; the pairing is lost to the type checker at a union.
  const writer = writers[`${kernel.kind}${way}` as Task] as Writer<Kernel> | undefined;
  return writer ?? lacking((kernel.kind === 'map' ? 'arithmetic' : kernel.operation.name) + way);
}

/** Refuses what a backend has no part for. */
export function lacking(asked: string): never {
  throw new DTypeError(
    `Cannot compile ${asked}: '@nn/tensor/wasm/light' is for dense layers in float32. ` +
      `Take wasm from '@nn/tensor/wasm'.`,
  );
}
