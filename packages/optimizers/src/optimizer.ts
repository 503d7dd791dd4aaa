import {
  checkFloating,
  checkLike,
  checkOptions,
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
import { type LearningRateOptions, rateOf, type Schedule } from './learning-rate.ts';
import { flatten, type Gradients, type NestedVariables } from './nested.ts';

/** Changes the parameters of a model step by step so that the loss falls. */
export interface Optimizer {
  /**
   * Moves every parameter once, against its gradient.
   *
   * @throws DTypeError when a gradient is missing, has another dtype, or belongs to no parameter
   * @throws ShapeError when a gradient has another shape than its parameter; nothing has changed in any of these cases
   */
  step(gradients: Gradients): void;
  /** The rate that the next step will use, outside of groups with a rate of their own: a float64 scalar. */
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

/** The options of an optimizer, and parameter groups that have some options of their own. */
export type Grouped<Options> = Options & {
  /**
   * Options for some of the parameters: `groups: [{ parameters: (name, { rank }) => rank < 2, weightDecay: 0 }]`. A
   * parameter belongs to the first group that chooses it.
   */
  readonly groups?: readonly ParameterGroup<Options>[];
};

/** Options for some of the parameters; they have the others in common with all. */
export type ParameterGroup<Options> = Options & {
  /** Chooses parameters. The names of nested records are joined with dots. */
  readonly parameters: (name: string, parameter: Variable) => boolean;
};

/** What an update depends on besides parameters, gradients and state. */
export interface StepContext {
  /** The learning rate of this step, in the dtype of the parameters. */
  readonly rate: Tensor;
  /** The number of steps taken before: a float64 scalar. */
  readonly iteration: Tensor;
  /** The dtype of the parameters. */
  readonly dtype: DType;
}

/**
 * The state that a rule keeps for each parameter, by name: the initial value of a tensor of its shape, or of a single
 * number. `undefined` stands for what it does not need.
 */
export type Slots = Readonly<Record<string, number | { readonly scalar: number } | undefined>>;

/** The tensors in the slots. */
export type SlotValues<S extends Slots> = {
  readonly [Slot in keyof S]: undefined extends S[Slot] ? Tensor | undefined : Tensor;
};

/** How a parameter and its state change in a step. */
export interface Rule<S extends Slots = Slots> {
  readonly slots: S;
  /** The formula: first what all parameters of a group share in a step, then the update of each. */
  readonly update: (
    context: StepContext,
  ) => (
    parameter: Tensor,
    gradient: Tensor,
    state: SlotValues<S>,
  ) => { readonly parameter: Tensor; readonly state: SlotValues<S> };
}

/** What distinguishes one optimizer from another. */
export interface Definition<Options extends OptimizerOptions> {
  readonly name: string;
  /** The names of its options. */
  readonly options: readonly (keyof Options & string)[];
  readonly defaults: { readonly learningRate: number; readonly weightDecay?: number };
  /**
   * What weightDecay does: `gradient` adds weightDecay · parameter to the gradient, `parameter` multiplies the parameter
   * by 1 − rate · weightDecay first (decoupled), and `rule` leaves it to the rule. Default `gradient`.
   */
  readonly weightDecay?: 'gradient' | 'parameter' | 'rule';
  /** Checks the options of a group, and gives the rule of its parameters, or a function that chooses one for each. */
  readonly rule: (options: Options, caller: string) => Rule | ((parameter: Variable) => Rule);
}

/** The names of the options of every optimizer. */
export const optimizerOptions = ['learningRate', 'decay', 'weightDecay'] as const;

/** A rule whose slots are known, as one of any slots. */
export function rule<S extends Slots>(one: Rule<S>): Rule {
  return one as unknown as Rule;
}

/**
 * Builds an optimizer from its definition.
 *
 * A step computes all new values before it assigns any, so that an error leaves everything as it was. Denormal numbers
 * in the state become 0.
 */
export function optimizer<Options extends OptimizerOptions>(
  definition: Definition<Options>,
  parameters: NestedVariables,
  options: Grouped<Options>,
): Optimizer {
  const { name: caller } = definition;
  const { groups = [], ...common } = checkOptions(caller, options, [...definition.options, 'groups']);
  const ungrouped = settingsOf(definition, common as unknown as Options, caller);
  const grouped = groupsOf(definition, groups, common as unknown as Options);
  const iterations = variable(full([], 0, { dtype: 'int32' }) as Tensor, { name: 'iterations' });
  const state: Record<string, Variable> = { iterations };
  const named = flatten<Variable>(parameters, caller);
  const chosen = new Set<Settings>();
  const trained = Object.entries(named).map(([name, parameter]) => {
    checkParameter(`${caller}: the parameter '${name}'`, parameter);
    const settings = grouped.find((group) => group.chooses(name, parameter))?.settings ?? ungrouped;
    chosen.add(settings);
    const own = settings.ruleOf(parameter);
    return { name, parameter, settings, rule: own, slots: slotsOf(own, name, parameter, state) };
  });
  if (trained.length === 0) {
    throw new TypeError(`${caller}: there are no parameters to train. Pass model.parameters.`);
  }
  const idle = grouped.findIndex(({ settings }) => !chosen.has(settings));
  if (idle >= 0) {
    throw new TypeError(
      `${caller}: groups[${idle}] chooses no parameter that an earlier group has not, among ${Object.keys(named).join(', ')}. ` +
        `Write parameters: (name) => name.endsWith('${Object.keys(named)[0]}').`,
    );
  }

  return {
    step(gradients) {
      const given = flatten<Tensor>(gradients, caller);
      checkGradients(caller, named, given);
      const iteration = iterations.cast('float64');
      const shared = sharedUpdates(iteration);
      const assignments = trained.flatMap(({ name, parameter, settings, rule: own, slots }) => {
        const { rate, update } = shared(settings, own, parameter.dtype);
        const { weightDecay, decays } = settings;
        const gradient = given[name]!;
        const updated = update(
          decays === 'parameter' ? parameter.mul(rate.mul(-weightDecay).add(1)) : parameter,
          decays === 'gradient' ? gradient.add(parameter.mul(weightDecay)) : gradient,
          slots,
        );
        const kept = Object.keys(slots).map((slot) => [slots[slot]!, withoutDenormals(updated.state[slot]!)] as const);
        return [[parameter, updated.parameter] as const, ...kept];
      });
      for (const [target, value] of [[iterations, iterations.add(1)] as const, ...assignments]) target.assign(value);
    },
    get learningRate() {
      return ungrouped.rateAt(iterations.cast('float64'));
    },
    iterations,
    state,
  };
}

/** What the parameters of a group have in common. */
interface Settings {
  readonly rateAt: Schedule;
  readonly weightDecay: number;
  /** What weightDecay is added to, if it is not 0. */
  readonly decays: 'gradient' | 'parameter' | 'rule' | undefined;
  readonly ruleOf: (parameter: Variable) => Rule;
}

function settingsOf<Options extends OptimizerOptions>(
  { defaults, weightDecay: decays = 'gradient', rule: makeRule }: Definition<Options>,
  options: Options,
  caller: string,
): Settings {
  const {
    learningRate = defaults.learningRate,
    decay = 0,
    weightDecay = defaults.weightDecay ?? 0,
  } = options as OptimizerOptions;
  const rateAt = rateOf(caller, learningRate, decay);
  checkNonNegative(caller, 'weightDecay', weightDecay);
  const made = makeRule(options, caller);
  const ruleOf = typeof made === 'function' ? made : () => made;
  return { rateAt, weightDecay, decays: weightDecay === 0 ? undefined : decays, ruleOf };
}

function groupsOf<Options extends OptimizerOptions>(
  definition: Definition<Options>,
  groups: readonly ParameterGroup<Options>[],
  common: Options,
) {
  const { name } = definition;
  if (!Array.isArray(groups)) {
    throw new TypeError(`${name}: groups must be an array, got ${typeof groups}. Write groups: [{ parameters: … }].`);
  }
  return (groups as readonly ParameterGroup<Options>[]).map((group, index) => {
    const caller = `${name}: groups[${index}]`;
    const { parameters: chooses, ...own } = checkOptions(caller, group, ['parameters', ...definition.options]);
    if (typeof chooses !== 'function') {
      throw new TypeError(
        `${caller}: parameters must be a function of a name and a variable, got ${typeof chooses}. ` +
          `Write parameters: (name) => name.endsWith('bias').`,
      );
    }
    return { chooses, settings: settingsOf(definition, { ...common, ...(own as unknown as Options) }, caller) };
  });
}

/** The state of a rule for one parameter, added to the state of the optimizer under the name of the parameter. */
function slotsOf(own: Rule, name: string, { shape, dtype }: Variable, state: Record<string, Variable>) {
  const slots: Record<string, Variable> = {};
  for (const [slot, initial] of Object.entries(own.slots)) {
    if (initial === undefined) continue;
    const start = typeof initial === 'number' ? full(shape, initial, { dtype }) : full([], initial.scalar, { dtype });
    slots[slot] = variable(start as Tensor, { name: `${name}.${slot}` });
    state[slots[slot].name] = slots[slot];
  }
  return slots;
}

/** What parameters share in one step: computed once for each group, rule and dtype. */
function sharedUpdates(iteration: Tensor) {
  const rates = new Map<Settings, Tensor>();
  const updates = new Map<Rule, { [D in DType]?: { rate: Tensor; update: ReturnType<Rule['update']> } }>();
  return (settings: Settings, own: Rule, dtype: DType) => {
    if (!rates.has(settings)) rates.set(settings, settings.rateAt(iteration));
    if (!updates.has(own)) updates.set(own, {});
    const made = updates.get(own)!;
    if (!made[dtype]) {
      const rate = rates.get(settings)!.cast(dtype);
      made[dtype] = { rate, update: own.update({ rate, iteration, dtype }) };
    }
    return made[dtype];
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

/**
 * Refuses what is no variable of floating numbers.
 *
 * @param caller  which parameter it is, and for whom
 */
export function checkParameter(caller: string, parameter: Variable): void {
  if (!(checkTensor(parameter, caller) instanceof Variable)) {
    throw new DTypeError(`${caller} must be a variable, got a plain tensor. Write variable(tensor).`);
  }
  checkFloating(parameter.dtype, caller);
}

/**
 * Refuses gradients that are not one for each parameter, of its shape and dtype.
 */
export function checkGradients(
  caller: string,
  parameters: NamedVariables,
  gradients: Readonly<Record<string, Tensor>>,
): void {
  for (const name of Object.keys({ ...parameters, ...gradients })) {
    if (!Object.hasOwn(parameters, name) || !Object.hasOwn(gradients, name)) {
      throw new DTypeError(
        `${caller}: parameters and gradients must have the same names, but '${name}' is in one of them only. ` +
          `Write step(gradients(loss, parameters)).`,
      );
    }
    checkLike(gradients[name]!, parameters[name]!, `${caller}: the gradient of '${name}'`);
  }
}
