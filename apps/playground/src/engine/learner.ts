import { regularization } from '@nn/losses';
import { compile, type Compiled, gradients, type Returned, type Tensor, type Variable } from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';
import type { TrainingSettings } from '../state/schema.ts';
import type { Network } from './network.ts';
import { buildOptimizer, sameOptimizer, type AdjustableOptimizer } from './optimizer.ts';

/** Multiplies and adds apart, so that a link gives the same numbers on every machine. */
const backend = wasm({ deterministic: true });

/** The same function as one program. */
export function compileWasm<Args extends readonly Tensor[], Result extends Returned>(
  run: (...args: Args) => Result,
): Compiled<Args, Result> {
  return compile(run, backend);
}

/** Moves the weights of a network downhill. */
export class Learner {
  readonly #network: Network;
  readonly #loss: (outputs: Tensor, targets: Tensor) => Tensor;
  #training: TrainingSettings;
  #optimizer: AdjustableOptimizer;
  /** One step on some rows. */
  step: Compiled<readonly [x: Tensor, targets: Tensor], void>;

  constructor(network: Network, loss: (outputs: Tensor, targets: Tensor) => Tensor, training: TrainingSettings) {
    this.#network = network;
    this.#loss = loss;
    this.#training = training;
    this.#optimizer = buildOptimizer(network.parameters, training);
    this.step = this.#compiled();
  }

  /** What the optimizer remembers. */
  get optimizerState(): readonly Variable[] {
    return Object.values(this.#optimizer.optimizer.state);
  }

  /** Learns on in another way; what the optimizer remembers stays, if it is the same one. */
  setTraining(training: TrainingSettings): void {
    const before = this.#training;
    this.#training = training;
    const same = sameOptimizer(before, training);
    if (same) this.#optimizer.adjust(training);
    else this.#optimizer = buildOptimizer(this.#network.parameters, training);
    // The prices of weights are baked into the program, the rate is not.
    if (!same || before.l1 !== training.l1 || before.l2 !== training.l2) this.step = this.#compiled();
  }

  #compiled(): Compiled<readonly [x: Tensor, targets: Tensor], void> {
    const { parameters, outputs } = this.#network;
    const { l1, l2 } = this.#training;
    const { optimizer } = this.#optimizer;
    return compileWasm((x: Tensor, targets: Tensor): void => {
      const loss = this.#loss(outputs(x), targets);
      const penalty = l1 + l2 > 0 ? regularization(parameters, { l1, l2, only: (name) => name.endsWith('weight') }) : 0;
      optimizer.step(gradients(loss.add(penalty), parameters));
    });
  }
}
