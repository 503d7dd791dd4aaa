import { regularization } from '@nn/losses';
import { compile, type Compiled, gradients, type Returned, type Tensor, type Variable } from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';
import type { TrainingSettings } from '../state/schema.ts';
import type { Network } from './network.ts';
import { buildOptimizer, type AdjustableOptimizer } from './optimizer.ts';
import { sameOptimizer } from './same-optimizer.ts';

/** Without fused multiply-add, so that a link gives the same results on every machine. */
const backend = wasm({ deterministic: true });

/** Compiles a function to WebAssembly. */
export function compileWasm<Args extends readonly Tensor[], Result extends Returned>(
  run: (...args: Args) => Result,
): Compiled<Args, Result> {
  return compile(run, backend);
}

/** Compiles and holds the training step of a network. */
export class Learner {
  readonly #network: Network;
  readonly #loss: (outputs: Tensor, targets: Tensor) => Tensor;
  #training: TrainingSettings;
  #optimizer: AdjustableOptimizer;
  /** One training step on a batch. */
  step: Compiled<readonly [x: Tensor, targets: Tensor], void>;

  constructor(network: Network, loss: (outputs: Tensor, targets: Tensor) => Tensor, training: TrainingSettings) {
    this.#network = network;
    this.#loss = loss;
    this.#training = training;
    this.#optimizer = buildOptimizer(network.parameters, training);
    this.step = this.#compiled();
  }

  /** The state variables of the optimizer. */
  get optimizerState(): readonly Variable[] {
    return Object.values(this.#optimizer.optimizer.state);
  }

  /** Changes the training settings. The optimizer state is kept if the optimizer is the same. */
  setTraining(training: TrainingSettings): void {
    const before = this.#training;
    this.#training = training;
    const same = sameOptimizer(before, training);
    if (same) this.#optimizer.adjust(training);
    else this.#optimizer = buildOptimizer(this.#network.parameters, training);
    // L1 and L2 are constants of the compiled step. The learning rate is a variable.
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
