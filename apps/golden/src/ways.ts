import { compile, type Tensor } from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';

/** How a function of tensors is run: as it stands, or made into another that must give the same. */
export type Way = <Args extends readonly Tensor[], Result>(
  step: (...args: Args) => Result,
) => (...args: Args) => Result;

/** Every way that users have; recorded values must come out of each. */
export const ways: readonly { readonly way: string; readonly made: Way }[] = [
  { way: 'step by step', made: (step) => step },
  { way: 'compiled', made: (step) => compile(step, wasm) },
  { way: 'compiled, the same everywhere', made: (step) => compile(step, wasm({ deterministic: true })) },
];

/** Every way in both precisions. */
export const waysAndPrecisions: readonly {
  readonly way: string;
  readonly made: Way;
  readonly dtype: 'float64' | 'float32';
}[] = ways.flatMap((one) => (['float64', 'float32'] as const).map((dtype) => ({ ...one, dtype })));
