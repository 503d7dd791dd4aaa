import type { TypedArray } from '../dtype.ts';
import type { Place } from '../loops/lens.ts';
import { type FunctionBody, type Local, ModuleAssembler } from './assembler.ts';
import { widthOf } from './context.ts';
import type { Words } from './words.ts';

/** How much memory is set aside for the arguments and results of many runs: hundreds of runs of a small network. */
export const stagingBytes = 65_536;

/** So many runs at most are one call, which nothing can interrupt. */
const mostRuns = 2 ** 30;

/** Up to so many bytes are copied by instructions of their own, which is quicker than a call. */
const fewBytes = 128;

/** An input or output: where it lies during a run, and where the staged numbers of many runs begin. */
interface Stream {
  readonly place: Place;
  readonly address: number;
  readonly bytes: number;
  readonly staged: number;
}

/**
 * Many runs in one call: before each run its inputs are copied to their places from where they are staged, after it its
 * outputs are copied from theirs. What does not fit into the memory set aside is staged in turns.
 */
export class ManyRuns {
  /** For how many runs there is room. */
  readonly #room: number;
  readonly #inputs: readonly Stream[];
  readonly #outputs: readonly Stream[];
  readonly #words: Words;
  readonly #link: (module: ModuleAssembler) => WebAssembly.Exports;
  #many: ((count: number) => void) | undefined;

  /**
   * @param staging  the first of the `stagingBytes` set aside
   * @param link     makes a module run, which imports one run as `run`
   */
  constructor(
    inputs: readonly Place[],
    outputs: readonly Place[],
    addressOf: (place: Place) => number,
    staging: number,
    words: Words,
    link: (module: ModuleAssembler) => WebAssembly.Exports,
  ) {
    this.#words = words;
    this.#link = link;
    const places = [...inputs, ...outputs];
    const sizes = places.map(({ size, dtype }) => size * widthOf(dtype));
    const perRun = sizes.reduce((sum, bytes) => sum + bytes, 0);
    // The numbers of each begin at a multiple of 16 bytes.
    this.#room = Math.min(Math.floor((stagingBytes - 16 * places.length) / perRun), mostRuns);
    let staged = staging;
    const streams = places.map((place, at) => {
      const stream = { place, address: addressOf(place), bytes: sizes[at]!, staged };
      staged += Math.ceil((stream.bytes * this.#room) / 16) * 16;
      return stream;
    });
    this.#inputs = streams.slice(0, inputs.length);
    this.#outputs = streams.slice(inputs.length);
  }

  /**
   * Carries out `count` runs, with the numbers of all of them one run's after the other's; gives false when there is no
   * room for more than one, so that nothing is gained.
   */
  carryOut(count: number, entries: readonly TypedArray[], kept: readonly TypedArray[]): boolean {
    if (this.#room < 2) return false;
    this.#many ??= this.#written();
    for (let done = 0; done < count; done += this.#room) {
      const runs = Math.min(this.#room, count - done);
      const part = (data: TypedArray, { place: { size } }: Stream): TypedArray =>
        data.subarray(done * size, (done + runs) * size);
      this.#inputs.forEach((one, at) => this.#words.put(one.place.dtype, one.staged, part(entries[at]!, one)));
      this.#many(runs);
      this.#outputs.forEach((one, at) => this.#words.take(one.place.dtype, one.staged, part(kept[at]!, one)));
    }
    return true;
  }

  /** A function that makes so many runs as its argument says. */
  #written(): (count: number) => void {
    const module = new ModuleAssembler();
    const run = module.import('run', [], []);
    const write = (f: FunctionBody): void => {
      const count = f.parameters[0]!;
      const [at, moved] = [f.local('i32'), f.local('i32')];
      const streams = (all: readonly Stream[], copy: (stream: Stream) => void): void => {
        for (const stream of all) {
          f.get(at).i32(stream.bytes).do('i32.mul').set(moved);
          copy(stream);
        }
      };
      f.count(
        at,
        () => f.get(count),
        1,
        () => {
          streams(this.#inputs, ({ address, staged, bytes }) =>
            writeCopy(f, { address }, { address: staged, moved }, bytes),
          );
          f.call(run);
          streams(this.#outputs, ({ address, staged, bytes }) =>
            writeCopy(f, { address: staged, moved }, { address }, bytes),
          );
        },
      );
    };
    module.function(['i32'], [], write, 'many');
    return this.#link(module)['many'] as (count: number) => void;
  }
}

/** An address: fixed, or so many bytes after it. */
interface Address {
  readonly address: number;
  readonly moved?: Local;
}

function writeCopy(f: FunctionBody, to: Address, from: Address, bytes: number): void {
  const base = ({ moved }: Address): FunctionBody => (moved ? f.get(moved) : f.i32(0));
  if (bytes > fewBytes) {
    for (const side of [to, from]) base(side).i32(side.address).do('i32.add');
    f.i32(bytes).copy();
    return;
  }
  for (let at = 0; at < bytes;) {
    const how = bytes - at >= 16 ? 'v128' : 'i32';
    base(to);
    base(from);
    f.memory(`${how}.load`, from.address + at).memory(`${how}.store`, to.address + at);
    at += how === 'v128' ? 16 : 4;
  }
}
