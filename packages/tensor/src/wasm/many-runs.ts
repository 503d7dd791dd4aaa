import type { Executable } from '../program.ts';
import type { TypedArray } from '../dtype.ts';
import type { Place } from '../loops/lens.ts';
import { ModuleAssembler } from './assembler.ts';
import { widthOf } from './context.ts';
import type { Machine } from './machine.ts';
import * as op from './opcode.ts';

/** How much memory is set aside for the arguments and results of many runs: hundreds of runs of a small network. */
export const stagingBytes = 65_536;

/** An input or output, and where its staged numbers begin, one run's after the other's. */
interface Stream {
  readonly place: Place;
  readonly bytes: number;
  readonly staged: number;
}

/**
 * Many runs in one call, on a machine, if it may be helped.
 *
 * @param inputs   the places of all inputs, of which the first are handed in
 * @param outputs  the places of all outputs, of which the first are handed back
 */
export function manyRuns(inputs: readonly Place[], outputs: readonly Place[], machine: Machine): Executable['runMany'] {
  if (!machine.link) return undefined;
  const known: Record<string, Executable['runMany']> = {};
  return (count, entries, kept) => {
    const [entering, leaving] = [inputs.slice(0, entries.length), outputs.slice(0, kept.length)];
    // A module of their own: the first step need not wait for it.
    const run = (known[`${entering.length} ${leaving.length}`] ??= staged(entering, leaving, machine));
    return run!(count, entries, kept);
  };
}

/**
 * Before each run its inputs are copied to their places from where they are staged, after it its outputs are copied from
 * theirs. What does not fit into the memory set aside is staged in turns; where there is no room for two runs, nothing
 * would be gained.
 */
function staged(
  inputs: readonly Place[],
  outputs: readonly Place[],
  { plan, words, addressOf, run: runOnce, link }: Machine,
): NonNullable<Executable['runMany']> {
  const bytesOf = ({ size, dtype }: Place): number => size * widthOf(dtype);
  const places = [...inputs, ...outputs];
  const perRun = places.reduce((sum, place) => sum + bytesOf(place), 0);
  // The numbers of each begin at a multiple of 16 bytes; a call, which nothing can interrupt, is 2³⁰ runs at most.
  const room = Math.min((stagingBytes - 16 * places.length) / perRun, 2 ** 30) | 0;
  if (room < 2) return () => false;

  let end = plan.layout.bytes;
  const streams = places.map((place): Stream => {
    const [bytes, staged] = [bytesOf(place), end];
    end += Math.ceil((bytes * room) / 16) * 16;
    return { place, bytes, staged };
  });
  const entering = streams.slice(0, inputs.length);
  const leaving = streams.slice(inputs.length);

  const module = new ModuleAssembler();
  const run = module.import('run', []);
  const f = module.function(['i32'], [], 'many');
  const at = f.local('i32');
  const staged = (stream: Stream) => f.get(at).i32(stream.bytes).do(op.i32_mul).plus(stream.staged);
  f.loop();
  for (const stream of entering) {
    f.i32(addressOf(stream.place));
    staged(stream).i32(stream.bytes).do(op.memory_copy).with(0, 0);
  }
  f.call(run);
  for (const stream of leaving)
    staged(stream).i32(addressOf(stream.place)).i32(stream.bytes).do(op.memory_copy).with(0, 0);
  f.move(at, 1).get(at).get(f.parameters[0]!).do(op.i32_lt_s).again();
  const many = link!(module, { run: runOnce })['many'] as (count: number) => void;

  return (count, entries, kept) => {
    for (let done = 0; done < count; done += room) {
      const runs = Math.min(room, count - done);
      const part = (data: TypedArray, { size }: Place): TypedArray => data.subarray(done * size, (done + runs) * size);
      entering.forEach(({ place, staged }, at) => words.put(place.dtype, staged, part(entries[at]!, place)));
      many(runs);
      leaving.forEach(({ place, staged }, at) => words.take(place.dtype, staged, part(kept[at]!, place)));
    }
    return true;
  };
}
