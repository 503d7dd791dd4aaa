import { full, type NamedVariables, type Tensor, type Variable, variable } from '@nn/tensor';
import { flatten, type NestedVariables } from './nested.ts';
import { checkParameter } from './optimizer.ts';

/** An average of the parameters over the steps of a training. */
export interface WeightAverage {
  /** Takes the parameters as they are now into the average. Call it after each step, also in compiled steps. */
  update(): void;
  /** The averages by the names of the parameters. */
  values(): Readonly<Record<string, Tensor>>;
  /**
   * Runs a function while the parameters have their averages, and gives them back what they had. For evaluation, and to
   * save a model.
   */
  use<Result>(run: () => Result): Result;
  /** Its state by name. Save it beside that of the optimizer. */
  readonly state: NamedVariables;
}

/** The formula of an average. */
export interface AverageFormula {
  /** The average of a parameter before any step. Default: the parameter. */
  readonly initial?: number;
  /** What all parameters share in an update, from the number of updates before, then the new average of each. */
  readonly update: (updates: Tensor) => (average: Tensor, parameter: Tensor) => Tensor;
  /** What stands for the average outside, from the number of updates. Default: the average. */
  readonly value?: (average: Tensor, parameter: Tensor, updates: Tensor) => Tensor;
}

/**
 * Builds an average from its formula.
 *
 * @throws DTypeError when a parameter is no variable, or not floating
 */
export function weightAverage(
  caller: string,
  parameters: NestedVariables,
  { initial, update, value = (average) => average.mul(1) }: AverageFormula,
): WeightAverage {
  const updates = variable(full([], 0, { dtype: 'int32' }) as Tensor, { name: 'updates' });
  const state: Record<string, Variable> = { updates };
  const averaged = Object.entries(flatten<Variable>(parameters, caller)).map(([name, parameter]) => {
    checkParameter(`${caller}: the parameter '${name}'`, parameter);
    const { shape, dtype } = parameter;
    const start: Tensor = initial === undefined ? parameter : full(shape, initial, { dtype });
    const average = variable(start.mul(1).detach(), { name: `${name}.average` });
    state[average.name] = average;
    return { name, parameter, average };
  });
  const values = (): Readonly<Record<string, Tensor>> => {
    const count = updates.cast('float64');
    return Object.fromEntries(
      averaged.map(({ name, parameter, average }) => [name, value(average, parameter, count).detach()]),
    );
  };
  return {
    update() {
      const next = update(updates.cast('float64'));
      const assignments = averaged.map(({ average, parameter }) => [average, next(average, parameter)] as const);
      updates.assign(updates.add(1));
      for (const [average, one] of assignments) average.assign(one);
    },
    values,
    use(run) {
      const averages = values();
      const before = averaged.map(({ parameter }) => parameter.mul(1).detach());
      for (const { name, parameter } of averaged) parameter.assign(averages[name]!);
      try {
        return run();
      } finally {
        averaged.forEach(({ parameter }, at) => {
          parameter.assign(before[at]!);
        });
      }
    },
    state,
  };
}
