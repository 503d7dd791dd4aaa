import { compile, type Returned, type Tensor } from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';

/** A way to run a function of tensors: eagerly or compiled. All ways must give the same results. */
export type Way = <Args extends readonly Tensor[], Result extends Returned>(
  step: (...args: Args) => Result,
) => (...args: Args) => Result;

/** Every way that users have. Recorded values are compared with each. */
export const ways: readonly { readonly way: string; readonly made: Way }[] = [
  { way: 'eager', made: (step) => step },
  { way: 'compiled', made: (step) => compile(step, wasm) },
  { way: 'compiled, deterministic', made: (step) => compile(step, wasm({ deterministic: true })) },
];

/** Every way in both precisions. */
export const waysAndPrecisions: readonly {
  readonly way: string;
  readonly made: Way;
  readonly dtype: 'float64' | 'float32';
}[] = ways.flatMap((one) => (['float64', 'float32'] as const).map((dtype) => ({ ...one, dtype })));
