import { converted, type Reading, type ReduceKernel } from '../loops/kernel.ts';
import type { Context } from './context.ts';
import type { FunctionBody, Local } from './function-body.ts';
import { type LaneType, toWords, writeLanes } from './lanes.ts';
import { held, instructions } from './laws.ts';
import { loadLanes, storeLanes } from './memory-lanes.ts';
import { lanesOf, type Nest } from './nest.ts';
import * as op from './opcode.ts';
import type { ReduceAxes } from './reduce-axes.ts';
import { v128 } from './value-type.ts';

/** What is below, and above, everything else. */
const limits = { float32: [-Infinity, Infinity], int32: [-(2 ** 31), 2 ** 31 - 1], bool: [0, 1] } as const;

/** How vectors of elements are folded into vectors of partial results. */
export interface Fold {
  /** The instruction that makes one vector of two. */
  readonly combine: number;
  /** Puts what folding nothing gives into vectors of partial results. */
  start(partials: readonly Local[]): void;
  /**
   * Folds a vector of elements, `lanes` of them along an axis, into one of partial results.
   *
   * @param broken  where extremes are folded, which lanes have met a NaN: partial results then pass over it
   */
  into(partial: Local, axis: number, from: number, lanes: number, broken?: Local): void;
  /** Stores results, `lanes` of them along the last kept axis. */
  store(result: Local, from: number, lanes: number): void;
}

export function foldOf(
  f: FunctionBody,
  context: Context,
  { value, operation, to }: ReduceKernel,
  { rank, output }: ReduceAxes,
  nest: Nest,
): Fold {
  const dtype = to.dtype as LaneType;
  const combine = instructions[operation.combine.name]![held[dtype]];
  const initial = operation.initial ?? limits[dtype][operation.name === 'max' ? 0 : 1];
  const element = converted(value, dtype);
  return {
    combine,
    start(partials) {
      for (const partial of partials) {
        context.constants.write(f, dtype, initial);
        f.set(partial);
      }
    },
    into(partial, axis, from, lanes, broken) {
      f.get(partial);
      const load = ({ lens }: Reading): void => loadLanes(f, lanesOf(nest, lens, axis, from, lanes));
      writeLanes({ f, context, load, inline: false }, element);
      if (broken) {
        // The choice that passes NaN over is one instruction, the one that keeps it is eight.
        const lane = f.local(v128);
        f.tee(lane)
          .do(combine === op.f32x4_max ? op.f32x4_pmax : op.f32x4_pmin)
          .set(partial);
        f.do(op.f32x4_ne, lane, lane).do(op.v128_or, broken).set(broken);
      } else f.do(combine).set(partial);
    },
    store(result, from, lanes) {
      f.get(result);
      toWords(f, dtype);
      f.set(result);
      storeLanes(f, lanesOf(nest, output, rank - 1, from, lanes), result);
    },
  };
}
