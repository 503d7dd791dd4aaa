import { checkState, isWord, isWords, type PcgState } from './generator-state.ts';
import type { Pcg64 } from './pcg64.ts';
import type { PcgSource } from './source.ts';
import { normalZiggurat, normalZiggurat32 } from './ziggurat-normal.ts';

/** The single draws of NumPy's `Generator(PCG64)`. */
export function pcgSource(bits: Pcg64): PcgSource {
  const { state, increment, halves } = bits;
  const source: PcgSource = {
    masked: false,
    bits,
    word: () => bits.word(),
    unit(dtype) {
      if (dtype === 'float32') return (bits.word() >>> 8) / 16777216;
      bits.next();
      return (((halves[1] as number) >>> 0) * 2097152 + ((halves[0] as number) >>> 11)) / 9007199254740992;
    },
    normal: (dtype) => (dtype === 'float32' ? normalZiggurat32(source) : normalZiggurat(source)),
    state: () => ({
      generator: 'pcg64',
      state: Array.from(state, unsigned),
      increment: Array.from(increment, unsigned),
      kept: bits.kept,
    }),
    restore(from) {
      const given = from as PcgState;
      checkState(
        given?.generator === 'pcg64' &&
          isWords(given.state, 4) &&
          isWords(given.increment, 4) &&
          (given.kept === null || isWord(given.kept)),
        'pcg64, with four words in state and in increment, and a word or null in kept',
      );
      state.set(given.state);
      increment.set(given.increment);
      bits.kept = given.kept;
    },
  };
  return source;
}

function unsigned(word: number): number {
  return word >>> 0;
}
