import { compile, fromTypedArray, disassemble, type Tensor, type Variable, variable } from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';
import { threads } from '@nn/tensor/wasm/threads';

type Backend = Parameters<typeof compile>[1];

/** The comparison of a training on one thread with the same training on two. */
export interface Seen {
  /** Whether all weights are equal to the last bit. */
  readonly same: boolean;
  /** Whether a worker has taken part. */
  readonly helped: boolean;
  readonly listing: string;
}

const size = 1000;

/** Training steps on tensors that are large enough for two threads. */
function training(backend: Backend) {
  const numbers = (from: number): Tensor =>
    fromTypedArray(
      Float32Array.from({ length: size * size }, (_, at) => Math.sin(at + from)),
      [size, size],
    ) as Tensor;
  const [x, y] = [numbers(0), numbers(1)];
  const weight = variable(numbers(2)) as Variable;
  const step = compile((input: Tensor, target: Tensor) => {
    const error = input.mul(weight).tanh().sub(target);
    weight.assign(weight.sub(error.mul(0.1)));
    return weight.slice(0).sum();
  }, backend);
  return { step: () => step(x, y).item(), listing: () => disassemble(step, x, y), weight };
}

/** How often this thread has taken a chunk of a loop: word 32 holds the next chunk. */
let taken = 0;
const add = Atomics.add.bind(Atomics);
Atomics.add = ((words: Int32Array, at: number, by: number) => {
  if (at === 32) taken++;
  return add(words, at, by);
}) as typeof Atomics.add;

export async function seen(): Promise<Seen> {
  const [one, two] = [training(wasm), training(wasm({ threads: threads(2) }))];
  let helped = false;
  let same = true;
  let alone = 0;
  for (let turn = 0; turn < 100 && !helped; turn++) {
    taken = 0;
    same &&= one.step() === two.step();
    // Without a worker, every step takes as many chunks as the first.
    if (turn === 0) alone = taken;
    helped = taken < alone;
    await new Promise((done) => setTimeout(done, 20));
  }
  same &&= one.weight.data.every((value, at) => value === two.weight.data[at]);
  return { same, helped, listing: two.listing().split('\n')[1]! };
}
