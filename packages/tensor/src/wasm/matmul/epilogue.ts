import type { Schedule } from '../../loops/fuse.ts';
import type { Expression, MatMulKernel, Touched } from '../../loops/kernel.ts';
import type { Lens, Place } from '../../loops/lens.ts';
import type { Pass } from '../../loops/passes.ts';
import type { Program } from '../../program.ts';
import { sameShape } from '../../shape.ts';
import type { Context } from '../context.ts';
import { instructions } from '../laws.ts';
import type { Stretch } from '../memory-lanes.ts';
import { writeStores } from '../stores.ts';
import { i32 } from '../value-type.ts';
import { inVectors, packedPlace } from './panels.ts';
import { depthOfBlock } from './product.ts';
import type { StoreSums } from './tile.ts';

/** So many laws are carried out on sums at most: they are written out for every vector of a tile. */
const mostLaws = 8;

/**
 * A schedule where maps are carried out on the sums of the products before them, as long as those are in registers: a
 * bias and an activation, or where the gradient of an activation is 0. The sums themselves are not stored then.
 */
export function withEpilogues(schedule: Schedule, { carried }: Program): Schedule {
  const { inputs, outputs } = schedule;
  /** What a place is written over at the end, where it holds the new value of a variable. */
  const variables = new Map(carried.map(([input, output]) => [outputs[output], inputs[input]]));
  const passes = schedule.passes.map(({ rows, parts }): Pass => {
    const joined: Touched[] = [];
    for (const part of parts) {
      const before = joined.at(-1);
      const both = before && finished(before, part, schedule, variables);
      if (both) joined[joined.length - 1] = both;
      else joined.push(part);
    }
    return { rows, parts: joined };
  });
  return { ...schedule, passes };
}

/** A product that a map is carried out with, where it can be. */
function finished(
  product: Touched,
  map: Touched,
  schedule: Schedule,
  variables: ReadonlyMap<Place | undefined, Place | undefined>,
): Touched | undefined {
  const { kernel, rows } = product;
  const next = map.kernel;
  if (kernel.kind !== 'matmul' || kernel.finish || next.kind !== 'map') return undefined;
  const { batch, m, n, k, a, to } = kernel;
  const { stores } = next;
  // Only in vectors are sums finished: they are complete when the depth is one block, and no vector is partly filled.
  if (!inVectors(kernel) || batch.length > 0 || k > depthOfBlock || n % 4 !== 0 || !sameShape([m, n], next.shape))
    return undefined;
  // A map may write over what it reads, or over a variable: not over rows that other columns are yet computed from.
  const isFactor = (place: Place | undefined): boolean => place === a.place;
  const sees = (lens: Lens): boolean =>
    !isFactor(lens.place) && (isWhole(kernel, lens) || isOne(lens) || (isRow(lens) && !packedPlace(kernel)));
  const fits = stores.every(
    ({ reads, to: made }) => isWhole(kernel, made) && !isFactor(variables.get(made.place)) && reads.every(sees),
  );
  const laws = stores.reduce((sum, { value }) => sum + lawsOf(value), 0);
  const { place } = stores[0]!.to;
  if (!fits || laws > mostLaws || place.dtype !== 'float32' || !isOnlyReader(map, to, schedule)) return undefined;
  // The sums have no place in memory.
  const elsewhere = (one: { readonly place: Place }): boolean => one.place !== to;
  const finish = { ...next, stores: stores.map((one) => ({ ...one, reads: one.reads.filter(elsewhere) })), sums: to };
  return {
    kernel: { ...kernel, to: place, finish },
    rows,
    touches: [...product.touches, ...map.touches].filter(elsewhere),
  };
}

/** Is a place read by this kernel, and by nothing else? */
function isOnlyReader({ touches }: Touched, place: Place, { passes, outputs }: Schedule): boolean {
  const reads = (all: Touched['touches']): number => all.filter((one) => one.place === place && !one.written).length;
  let times = 0;
  for (const { parts } of passes) for (const part of parts) times += reads(part.touches);
  return times > 0 && times === reads(touches) && !outputs.includes(place);
}

/** Does a lens step as the product does? */
function isWhole({ n }: MatMulKernel, { strides, offset }: Lens): boolean {
  return strides[0] === n && strides[1] === 1 && offset === 0;
}

/** Does it see one row for all, as of a bias? */
function isRow({ strides }: Lens): boolean {
  return strides[0] === 0 && strides[1] === 1;
}

/** Does it see one number for all? */
function isOne({ strides }: Lens): boolean {
  return strides[0] === 0 && strides[1] === 0;
}

/** How many laws a value takes that are a few instructions each, and call no function; none may take any other. */
function lawsOf(value: Expression): number {
  if (value.dtype !== 'float32' && value.dtype !== 'bool') return Infinity;
  if (value.kind !== 'law') return 0;
  const { operation, inputs } = value;
  const { name } = operation;
  if (!(name in instructions || name === 'where' || name === 'clip')) return Infinity;
  return inputs.reduce((sum, input) => sum + lawsOf(input), 1);
}

/** What a product does with its sums instead of storing them, if anything. */
export function epilogue(context: Context, kernel: MatMulKernel): StoreSums | undefined {
  const { n, b, to, finish } = kernel;
  if (!finish) return undefined;
  const { sums, stores } = finish;
  const addressOf = ({ place, offset }: Lens): number => context.addressOf(place) + offset * 4;
  const origin = context.addressOf(to);
  const left = addressOf(b);
  return (f, tile, vector, second) => {
    // From the corner of the tile: down whole rows, and across some columns.
    const corner = tile.offsetOf(0);
    const seenBy = (lens: Lens): Stretch => {
      const address = addressOf(lens);
      // No address is added to that of one number, as locals begin with 0.
      if (isOne(lens)) return { ...tile, apart: 0, local: f.local(i32), offsetOf: () => address };
      const whole = isWhole(kernel, lens);
      const behind = address + (whole ? corner - origin : (corner % (n * 4)) - left);
      return { ...tile, local: whole ? tile.local : second, offsetOf: (lane) => behind + lane * 4 };
    };
    writeStores(f, context, stores, false, seenBy, new Map([[sums, vector]]));
  };
}
