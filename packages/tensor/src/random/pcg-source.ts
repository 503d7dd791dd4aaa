import type { Pcg64 } from './pcg64.ts';
import type { PcgSource } from './source.ts';
import { normalZiggurat, normalZiggurat32 } from './ziggurat-normal.ts';

/** The single draws of NumPy's `Generator(PCG64)`. */
export function pcgSource(bits: Pcg64): PcgSource {
  const { halves } = bits;
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
  };
  return source;
}
