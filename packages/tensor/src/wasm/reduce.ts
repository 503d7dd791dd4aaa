import { cast as castOperation } from '../operations/elementwise.ts';
import { holdsOnly } from '../loops/fuse.ts';
import { type ReduceKernel, type Reading, readings } from '../loops/kernel.ts';
import { join, whole } from '../loops/lens.ts';
import { reducedShape, type Shape, sizeOf } from '../shape.ts';
import type { FunctionBody, Local } from './assembler.ts';
import type { Context } from './context.ts';
import { writeDouble } from './doubles.ts';
import { toLanes, toWords, writeLanes } from './lanes.ts';
import { Nest, type Track } from './nest.ts';
import type { Instruction } from './opcode.ts';

/** Longer rows are folded along themselves, four lanes at a time; of shorter ones four are folded side by side. */
const longRow = 16;

/** Sums of more terms than this are folded in parts, so that their rounding errors stay small. */
const longestPart = 1024;

/** So many results are folded side by side in one pass, eight vectors of four. */
const widestPass = 32;

/** `count` places as vectors of four, and single ones at the end. */
function vectorsOver(count: number): number[][] {
  const even = count - (count % 4);
  const vectors = Array.from({ length: even / 4 }, (_, at) => [0, 1, 2, 3].map((lane) => at * 4 + lane));
  return [...vectors, ...Array.from({ length: count % 4 }, (_, at) => [even + at])];
}

interface Folding {
  readonly combine: Instruction;
  readonly initial: number;
  readonly type: 'f32' | 'i32';
}

function foldingOf({ operation, to }: ReduceKernel): Folding {
  const { name } = operation;
  if (name === 'any') return { combine: 'v128.or', initial: 0, type: 'i32' };
  if (name === 'all') return { combine: 'v128.and', initial: -1, type: 'i32' };
  if (to.dtype === 'bool') {
    return name === 'max'
      ? { combine: 'v128.or', initial: 0, type: 'i32' }
      : { combine: 'v128.and', initial: -1, type: 'i32' };
  }
  const real = to.dtype === 'float32';
  const type = real ? 'f32' : 'i32';
  if (name === 'sum') return { combine: real ? 'f32x4.add' : 'i32x4.add', initial: 0, type };
  if (name === 'prod') return { combine: real ? 'f32x4.mul' : 'i32x4.mul', initial: 1, type };
  if (name === 'max')
    return { combine: real ? 'f32x4.max' : 'i32x4.max_s', initial: real ? -Infinity : -(2 ** 31), type };
  return { combine: real ? 'f32x4.min' : 'i32x4.min_s', initial: real ? Infinity : 2 ** 31 - 1, type };
}

/** Writes loops that fold elements along axes. */
export function writeReduce(f: FunctionBody, context: Context, kernel: ReduceKernel): void {
  const { shape, axes, value, to, operation } = kernel;
  const kept = shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const keptShape = kept.map((axis) => shape[axis]!);
  const foldedShape = axes.map((axis) => shape[axis]!);
  if (sizeOf(keptShape) === 0) return;
  const reads = [...new Set(readings(value))];
  const target = whole(to, reducedShape(shape, axes, false));
  const outer = join(keptShape, [...reads.map(({ lens }) => pick(lens.strides, kept)), target.strides]);
  const inner = join(
    foldedShape,
    reads.map(({ lens }) => pick(lens.strides, axes)),
  );
  // The axes of the nest: first the kept ones, then the folded ones.
  const lengths = [...outer.lengths, ...inner.lengths];
  const rank = outer.lengths.length;
  const tracks: Track[] = reads.map(({ lens }, at) => ({
    lens,
    strides: [...outer.strides[at]!, ...inner.strides[at]!],
  }));
  const output: Track = { lens: target, strides: [...outer.strides.at(-1)!, ...inner.lengths.map(() => 0)] };
  const trackOf = new Map<Reading, Track>(reads.map((reading, at) => [reading, tracks[at]!]));
  const nest = new Nest(f, context, [...tracks, output]);
  const nothing = sizeOf(foldedShape) === 0;

  const needed = to.dtype === 'bool' ? 'bool' : to.dtype;
  const byLanes = needed !== 'float64' && holdsOnly(value, ['float32', 'int32', 'bool']);
  if (!byLanes) {
    nest.over(lengths, 0, rank, () => foldDoubles());
    nest.release();
    return;
  }
  const folding = foldingOf(kernel);

  /** The value of each lane, as the kind of lane that is folded. */
  const put = (offsets: (track: Track) => readonly number[]): void => {
    const element = value.dtype === needed ? value : cast(kernel);
    writeLanes(f, context, element, (reading) => {
      const track = trackOf.get(reading)!;
      nest.loadLanes(track, offsets(track));
      toLanes(f, context, reading.dtype);
    });
  };

  const row = lengths.at(-1) ?? 1;
  const column = rank > 0 ? lengths[rank - 1]! : 1;
  const lies = tracks.every(({ strides }) => Math.abs(strides.at(-1) ?? 0) <= 1);
  if (inner.lengths.length > 0 && row >= longRow && (lies || column < 4))
    nest.over(lengths, 0, rank, () => foldAlong());
  else if (rank === 0) foldBeside([[0]]);
  else {
    nest.over(lengths, 0, rank - 1, () => {
      const even = column - (column % widestPass);
      nest.along(rank - 1, even, widestPass, () => foldBeside(vectorsOver(widestPass)));
      nest.move(rank - 1, even);
      if (column > even) foldBeside(vectorsOver(column - even));
      nest.move(rank - 1, -even);
    });
  }
  nest.release();

  /** One result per lane, several vectors in one pass: `vectors` holds the places of each along the last kept axis. */
  function foldBeside(vectors: readonly (readonly number[])[]): void {
    const passes = vectors.map((places) => ({
      sums: f.local('v128'),
      offsets: (track: Track): number[] => places.map((place) => place * (track.strides[rank - 1] ?? 0)),
    }));
    for (const { sums } of passes) {
      context.constant(f, folding.type, folding.initial);
      f.set(sums);
    }
    if (!nothing) {
      nest.over(lengths, rank, lengths.length, () => {
        for (const { sums, offsets } of passes) {
          f.get(sums);
          put(offsets);
          f.do(folding.combine).set(sums);
        }
      });
    }
    for (const { sums, offsets } of passes) {
      f.get(sums);
      toWords(f, to.dtype);
      f.set(sums);
      nest.storeLanes(output, offsets(output), sums);
      f.release(sums);
    }
  }

  /** One result from four lanes and four partial results of each, along the last folded axis. */
  function foldAlong(): void {
    const axis = lengths.length - 1;
    const partials = [0, 1, 2, 3].map(() => f.local('v128'));
    const rest = f.local('v128');
    const isSum = operation.name === 'sum' && to.dtype === 'float32';
    const total = f.local('f64');
    const start = (): void => {
      for (const partial of [...partials, rest]) {
        context.constant(f, folding.type, folding.initial);
        f.set(partial);
      }
    };
    const fold = (partial: Local, from: number, count: number): void => {
      f.get(partial);
      put((track) => Array.from({ length: count }, (_, lane) => (from + lane) * track.strides[axis]!));
      f.do(folding.combine).set(partial);
    };
    const part = (length: number): void => {
      const sixteens = length - (length % 16);
      nest.along(axis, sixteens, 16, () => partials.forEach((partial, at) => fold(partial, at * 4, 4)));
      nest.move(axis, sixteens);
      const fours = (length % 16) - (length % 4);
      for (let at = 0; at < fours; at += 4) fold(partials[at / 4]!, at, 4);
      for (let at = fours; at < length % 16; at++) fold(rest, at, 1);
      nest.move(axis, -sixteens);
    };
    // Into lane 0: the four partial results, their four lanes, and the rest.
    const gatherUp = (): void => {
      f.get(partials[0]!)
        .get(partials[1]!)
        .do(folding.combine)
        .get(partials[2]!)
        .get(partials[3]!)
        .do(folding.combine, folding.combine)
        .set(partials[0]!);
      for (const distance of [8, 4]) {
        f.get(partials[0]!).get(partials[0]!).get(partials[0]!);
        f.shuffle(Array.from({ length: 16 }, (_, byte) => (byte + distance) % 16));
        f.do(folding.combine).set(partials[0]!);
      }
      f.get(partials[0]!).get(rest).do(folding.combine).set(partials[0]!);
    };
    if (isSum) {
      f.f64(0).set(total);
      nest.over(lengths, rank, axis, () => {
        const parts = Math.floor(row / longestPart);
        const addPart = (length: number): void => {
          start();
          part(length);
          gatherUp();
          f.get(total).get(partials[0]!).extract('f32x4', 0).do('f64.promote_f32', 'f64.add').set(total);
        };
        if (parts > 0) nest.along(axis, parts * longestPart, longestPart, () => addPart(longestPart));
        nest.move(axis, parts * longestPart);
        if (row % longestPart > 0) addPart(row % longestPart);
        nest.move(axis, -parts * longestPart);
      });
      f.get(total).do('f32.demote_f64', 'f32x4.splat').set(partials[0]!);
    } else {
      start();
      nest.over(lengths, rank, axis, () => part(row));
      gatherUp();
      f.get(partials[0]!);
      toWords(f, to.dtype);
      f.set(partials[0]!);
    }
    nest.storeLanes(output, [0], partials[0]!);
    f.release(...partials, rest, total);
  }

  /** One result in doubles, element by element. */
  function foldDoubles(): void {
    const result = f.local('f64');
    const { initial } = operation;
    f.f64(initial ?? (operation.name === 'max' ? -Infinity : Infinity)).set(result);
    if (!nothing) {
      nest.over(lengths, rank, lengths.length, () => {
        f.get(result);
        writeDouble(f, context, value, (reading) => nest.loadDouble(trackOf.get(reading)!));
        f.call(context.scalarLaw(operation.combine, to.dtype));
        f.set(result);
      });
    }
    nest.storeDouble(output, result);
    f.release(result);
  }
}

const pick = (strides: readonly number[], axes: readonly number[]): Shape => axes.map((axis) => strides[axis]!);

/** The value in the dtype that it is folded in. */
function cast({ value, to }: ReduceKernel): ReduceKernel['value'] {
  return { kind: 'law', operation: castOperation as never, inputs: [value], dtype: to.dtype };
}
