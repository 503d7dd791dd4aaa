import {
  checkFloating,
  checkLike,
  type DType,
  DTypeError,
  full,
  checkTensor,
  type Tensor,
  Variable,
  variable,
} from '@nn/tensor';
import { type LearningRateOptions, schedule } from './learning-rate.ts';
import { checkOption } from './option.ts';

/** Variables by name, as a model gives them in `model.parameters`. */
export type Parameters = Readonly<Record<string, Variable>>;

/** One gradient for each parameter, by the same names, as `gradients(loss, model.parameters)` gives them. */
export type Gradients = Readonly<Record<string, Tensor>>;

/** What changes the parameters of a model, step by step, so that the loss falls. */
export interface Optimizer {
  /**
   * Moves every parameter once, against its gradient.
   *
   * @throws DTypeError when a gradient is missing, is of another dtype, or belongs to no parameter
   * @throws ShapeError when a gradient has another shape than its parameter; in every case nothing has changed
   */
  step(gradients: Gradients): void;
  /** The rate that the next step will use: a float64 scalar. */
  readonly learningRate: Tensor;
  /** How many steps were taken: an int32 scalar. */
  readonly iterations: Variable;
  /** All that the optimizer remembers, `iterations` included, by name: save it beside the parameters to go on later. */
  readonly state: Readonly<Record<string, Variable>>;
}

/** What every optimizer can be told. */
export interface OptimizerOptions extends LearningRateOptions {
  /** Adds weightDecay · parameter to each gradient: the slope of the penalty weightDecay / 2 · Σ parameter². */
  readonly weightDecay?: number;
}

/** What a step knows besides parameters and gradients. */
export interface Moment {
  /** The learning rate of this step, in the dtype of the parameters. */
  readonly rate: Tensor;
  /** How many steps were taken before: a float64 scalar. */
  readonly iteration: Tensor;
  /** The dtype of the parameters. */
  readonly dtype: DType;
}

/** What an optimizer remembers of each parameter, and the value it starts with everywhere; `undefined` for not at all. */
export type Slots = Readonly<Record<string, number | undefined>>;

/** The slots with what is in them. */
type Filled<Remembered extends Slots, Content> = {
  readonly [Slot in keyof Remembered]: undefined extends Remembered[Slot] ? Content | undefined : Content;
};

/** One parameter after a step: its new value, and what is to be remembered of it. */
interface Moved<Remembered extends Slots> {
  readonly parameter: Tensor;
  readonly memory: Filled<Remembered, Tensor>;
}

/** What tells one optimizer from another. */
export interface Definition<Remembered extends Slots> {
  readonly name: string;
  readonly remembers: Remembered;
  /** The algebra: first what all parameters share in a step, then what happens to each. */
  readonly rule: (
    moment: Moment,
  ) => (parameter: Tensor, gradient: Tensor, memory: Filled<Remembered, Tensor>) => Moved<Remembered>;
}

/**
 * Puts an optimizer together from its algebra.
 *
 * A step first computes all new values and then assigns them, so that a fault on the way leaves everything as it was.
 */
export function optimizer<Remembered extends Slots>(
  { name: asked, remembers, rule }: Definition<Remembered>,
  parameters: Parameters,
  { learningRate, decay = 0, weightDecay = 0 }: OptimizerOptions & Required<Pick<OptimizerOptions, 'learningRate'>>,
): Optimizer {
  const rateAt = schedule(asked, learningRate, decay);
  checkOption(asked, 'weightDecay', weightDecay);
  const iterations = variable(full([], 0, { dtype: 'int32' }) as Tensor, { name: 'iterations' });
  const state: Record<string, Variable> = { iterations };
  const trained = Object.entries(parameters ?? {}).map(([name, parameter]) => {
    const { shape, dtype } = checkParameter(`${asked}: the parameter '${name}'`, parameter);
    const memory: Record<string, Variable> = {};
    for (const [slot, start] of Object.entries(remembers)) {
      if (start === undefined) continue;
      const remembered = variable(full(shape, start, { dtype }), { name: `${name}.${slot}` });
      memory[slot] = state[remembered.name] = remembered;
    }
    return { name, parameter, memory };
  });
  if (trained.length === 0) {
    throw new TypeError(`${asked}: there are no parameters to train. Pass model.parameters.`);
  }

  return {
    step(gradients) {
      checkGradients(asked, parameters, gradients);
      const iteration = iterations.cast('float64');
      const rate = rateAt(iteration);
      const rules: { [D in DType]?: ReturnType<typeof rule> } = {};
      const moves = trained.flatMap(({ name, parameter, memory }) => {
        const { dtype } = parameter;
        const move = (rules[dtype] ??= rule({ rate: rate.cast(dtype), iteration, dtype }));
        const gradient = gradients[name]!;
        const decayed = weightDecay === 0 ? gradient : gradient.add(parameter.mul(weightDecay));
        const moved = move(parameter, decayed, memory as Filled<Remembered, Variable>);
        const remembered = Object.keys(memory).map((slot) => [memory[slot]!, moved.memory[slot]!] as const);
        return [[parameter, moved.parameter] as const, ...remembered];
      });
      for (const [kept, value] of [[iterations, iterations.add(1)] as const, ...moves]) kept.assign(value);
    },
    get learningRate() {
      return rateAt(iterations.cast('float64'));
    },
    iterations,
    state,
  };
}

function checkParameter(asked: string, parameter: Variable): Variable {
  if (!(checkTensor(parameter, asked) instanceof Variable)) {
    throw new DTypeError(`${asked} must be a variable, got a plain tensor. Write variable(tensor).`);
  }
  checkFloating(parameter.dtype, asked);
  return parameter;
}

function checkGradients(asked: string, parameters: Parameters, gradients: Gradients): void {
  for (const name of Object.keys({ ...parameters, ...gradients })) {
    if (!Object.hasOwn(parameters, name) || !Object.hasOwn(gradients ?? {}, name)) {
      throw new DTypeError(
        `${asked}: parameters and gradients must have the same names, but '${name}' is in one of them only. ` +
          `Write step(gradients(loss, parameters)).`,
      );
    }
    checkLike(gradients[name]!, parameters[name]!, `${asked}: the gradient of '${name}'`);
  }
}
