import {
  checkFloating,
  checkLike,
  checkTensor,
  type DType,
  DTypeError,
  full,
  type NamedVariables,
  type Tensor,
  Variable,
  variable,
} from '@nn/tensor';
import { checkNonNegative } from './check-non-negative.ts';
import { type LearningRateOptions, schedule } from './learning-rate.ts';

/** One gradient for each parameter, by the same names, as `gradients(loss, model.parameters)` returns them. */
export type Gradients = Readonly<Record<string, Tensor>>;

/** Changes the parameters of a model step by step so that the loss falls. */
export interface Optimizer {
  /**
   * Moves every parameter once, against its gradient.
   *
   * @throws DTypeError when a gradient is missing, has another dtype, or belongs to no parameter
   * @throws ShapeError when a gradient has another shape than its parameter; nothing has changed in any of these cases
   */
  step(gradients: Gradients): void;
  /** The rate that the next step will use: a float64 scalar. */
  readonly learningRate: Tensor;
  /** The number of steps taken: an int32 scalar. */
  readonly iterations: Variable;
  /** The whole state, `iterations` included, by name. Save it beside the parameters to continue training later. */
  readonly state: NamedVariables;
}

/** Options of every optimizer. */
export interface OptimizerOptions extends LearningRateOptions {
  /** Adds weightDecay · parameter to each gradient: the gradient of the penalty weightDecay / 2 · Σ parameter². */
  readonly weightDecay?: number;
}

/** What an update depends on besides parameters, gradients and state. */
export interface StepContext {
  /** The learning rate of this step, in the dtype of the parameters. */
  readonly rate: Tensor;
  /** The number of steps taken before: a float64 scalar. */
  readonly iteration: Tensor;
  /** The dtype of the parameters. */
  readonly dtype: DType;
}

/** The state that an optimizer keeps for each parameter: initial values by name, `undefined` for what it does not need. */
export type Slots = Readonly<Record<string, number | undefined>>;

/** The tensors in the slots. */
type SlotValues<S extends Slots> = {
  readonly [Slot in keyof S]: undefined extends S[Slot] ? Tensor | undefined : Tensor;
};

/** A parameter and its state after a step. */
interface Updated<S extends Slots> {
  readonly parameter: Tensor;
  readonly state: SlotValues<S>;
}

/** What distinguishes one optimizer from another. */
export interface Definition<S extends Slots> {
  readonly name: string;
  readonly slots: S;
  /** The formula: first what all parameters share in a step, then the update of each. */
  readonly update: (context: StepContext) => (parameter: Tensor, gradient: Tensor, state: SlotValues<S>) => Updated<S>;
}

/** The names of the options of every optimizer. */
export const optimizerOptions: readonly (keyof OptimizerOptions)[] = ['learningRate', 'decay', 'weightDecay'];

/**
 * Builds an optimizer from its formula.
 *
 * A step computes all new values before it assigns any, so that an error leaves everything as it was. Denormal numbers
 * in the state become 0.
 */
export function optimizer<S extends Slots>(
  { name: caller, slots, update }: Definition<S>,
  parameters: NamedVariables,
  { learningRate, decay = 0, weightDecay = 0 }: OptimizerOptions & Required<Pick<OptimizerOptions, 'learningRate'>>,
): Optimizer {
  const rateAt = schedule(caller, learningRate, decay);
  checkNonNegative(caller, 'weightDecay', weightDecay);
  const iterations = variable(full([], 0, { dtype: 'int32' }) as Tensor, { name: 'iterations' });
  const state: Record<string, Variable> = { iterations };
  const trained = Object.entries(parameters ?? {}).map(([name, parameter]) => {
    const { shape, dtype } = checkParameter(`${caller}: the parameter '${name}'`, parameter);
    const own: Record<string, Variable> = {};
    for (const [slot, initial] of Object.entries(slots)) {
      if (initial === undefined) continue;
      own[slot] = variable(full(shape, initial, { dtype }), { name: `${name}.${slot}` });
      state[own[slot].name] = own[slot];
    }
    return { name, parameter, own };
  });
  if (trained.length === 0) {
    throw new TypeError(`${caller}: there are no parameters to train. Pass model.parameters.`);
  }

  return {
    step(gradients) {
      checkGradients(caller, parameters, gradients);
      const iteration = iterations.cast('float64');
      const rate = rateAt(iteration);
      const updates: { [D in DType]?: ReturnType<typeof update> } = {};
      const assignments = trained.flatMap(({ name, parameter, own }) => {
        const { dtype } = parameter;
        const updateOne = (updates[dtype] ??= update({ rate: rate.cast(dtype), iteration, dtype }));
        const gradient = gradients[name]!;
        const decayed = weightDecay === 0 ? gradient : gradient.add(parameter.mul(weightDecay));
        const updated = updateOne(parameter, decayed, own as SlotValues<S>);
        const kept = Object.keys(own).map((slot) => [own[slot]!, withoutDenormals(updated.state[slot]!)] as const);
        return [[parameter, updated.parameter] as const, ...kept];
      });
      for (const [target, value] of [[iterations, iterations.add(1)] as const, ...assignments]) target.assign(value);
    },
    get learningRate() {
      return rateAt(iterations.cast('float64'));
    },
    iterations,
    state,
  };
}

/**
 * Sets denormal numbers to 0 and leaves all others as they are. Without this a running average of gradients that stay 0
 * ends at a denormal number for ever, since 0.9 · 4 · 2⁻¹⁴⁹ is rounded to 4 · 2⁻¹⁴⁹, and many processors compute much more
 * slowly with such numbers.
 */
function withoutDenormals(x: Tensor): Tensor {
  const smallestNormal = x.dtype === 'float64' ? 2 ** -1022 : 2 ** -126;
  return x.mul(x.abs().greaterEqual(smallestNormal));
}

function checkParameter(caller: string, parameter: Variable): Variable {
  if (!(checkTensor(parameter, caller) instanceof Variable)) {
    throw new DTypeError(`${caller} must be a variable, got a plain tensor. Write variable(tensor).`);
  }
  checkFloating(parameter.dtype, caller);
  return parameter;
}

function checkGradients(caller: string, parameters: NamedVariables, gradients: Gradients): void {
  for (const name of Object.keys({ ...parameters, ...gradients })) {
    if (!Object.hasOwn(parameters, name) || !Object.hasOwn(gradients ?? {}, name)) {
      throw new DTypeError(
        `${caller}: parameters and gradients must have the same names, but '${name}' is in one of them only. ` +
          `Write step(gradients(loss, parameters)).`,
      );
    }
    checkLike(gradients[name]!, parameters[name]!, `${caller}: the gradient of '${name}'`);
  }
}
