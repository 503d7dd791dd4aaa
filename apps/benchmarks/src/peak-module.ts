/** The opcode of a vector instruction, as its prefix and number. */
const vector = (code: number): number[] => (code < 0x80 ? [0xfd, code] : [0xfd, (code & 0x7f) | 0x80, code >> 7]);
const load32Splat = vector(0x09);
const multiply = vector(0xe6);
const add = vector(0xe4);
const relaxedMultiplyAdd = vector(0x105);

/** As many sums as the matrix kernel keeps: enough that none waits for the one before. */
const sums = 12;
const lanes = 4;

/** A module whose `run(turns)` multiplies and adds in registers, and touches no memory while it does. */
export interface PeakModule {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly operationsPerTurn: number;
  /** Whether the engine has multiply-add as one instruction. */
  readonly fused: boolean;
}

export function peakModule(): PeakModule {
  const fused = WebAssembly.validate(peakBytes(true));
  return { bytes: peakBytes(fused), operationsPerTurn: sums * lanes * 2, fused };
}

/**
 * By hand: one function `run(turns: i32)` with a local for each sum, and two for the factors.
 *
 *   do { sumᵢ = sumᵢ · factor + step   for each i } while (--turns ≠ 0)
 *
 * The factor is at address 0, the step at 4, and the sums are written from address 16.
 */
export function peakBytes(fused: boolean): Uint8Array<ArrayBuffer> {
  const [turns, firstSum, factor, step] = [0, 1, sums + 1, sums + 2];
  const get = (local: number): number[] => [0x20, local];
  const set = (local: number): number[] => [0x21, local];
  const each = Array.from({ length: sums }, (_, at) => firstSum + at);
  const advance = each.flatMap((sum) =>
    fused
      ? [...get(sum), ...get(factor), ...get(step), ...relaxedMultiplyAdd, ...set(sum)]
      : [...get(sum), ...get(factor), ...multiply, ...get(step), ...add, ...set(sum)],
  );
  const fromMemory = (address: number): number[] => [0x41, address, ...load32Splat, 2, 0];
  const keep = each.flatMap((sum, at) => [0x41, 16, ...get(sum), ...vector(0x0b), 4, ...varint(16 * at)]);
  const code = [
    [0x01, sums + 2, 0x7b], // locals: v128
    [...fromMemory(0), ...set(factor), ...fromMemory(4), ...set(step)],
    [0x03, 0x40, ...advance, ...get(turns), 0x41, 1, 0x6b, 0x22, turns, 0x0d, 0, 0x0b], // loop, br_if
    keep, // or the engine would leave the loop away
    [0x0b],
  ].flat();
  const sections = [
    section(1, [1, 0x60, 1, 0x7f, 0]), // (i32) → ()
    section(3, [1, 0]),
    section(5, [1, 0, 1]), // one page of memory
    section(7, [2, ...named('run'), 0, 0, ...named('memory'), 2, 0]),
    section(10, [1, ...sized(code)]),
  ].flat();
  return new Uint8Array([0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...sections]);
}

const named = (name: string): number[] => [name.length, ...new TextEncoder().encode(name)];
const section = (id: number, content: readonly number[]): number[] => [id, ...sized(content)];
const sized = (content: readonly number[]): number[] => [...varint(content.length), ...content];

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >> 7)];
}
