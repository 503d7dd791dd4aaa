import { Tensor, type Variable } from '@nn/tensor';

/** The names that keep tensors from being the parameters of a model. */
interface Misfits {
  /** Parameters for which there is no tensor. */
  readonly missing: readonly string[];
  /** Tensors for which there is no parameter. */
  readonly unexpected: readonly string[];
  /** Parameters whose tensor is of another shape or dtype. */
  readonly mismatched: readonly string[];
}

/** Tensors that do not fit the parameters of a model; every name that is in the way is listed. */
export class ParametersError extends Error implements Misfits {
  override readonly name = 'ParametersError';
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
  readonly mismatched: readonly string[];

  constructor(message: string, { missing, unexpected, mismatched }: Misfits) {
    super(message);
    this.missing = missing;
    this.unexpected = unexpected;
    this.mismatched = mismatched;
  }
}

/**
 * Gives the parameters of a model the values of the tensors that have their names.
 *
 * Names, shapes and dtypes are all compared first: when something does not fit, no parameter changes.
 *
 * @param parameters  variables by name, as a layer or a model has them
 * @param tensors     values by name, as a file has them
 * @throws ParametersError that lists every missing, unexpected and mismatched name
 * @example
 * const weight = variable(tensor([0, 0]));
 * loadParameters({ weight }, { weight: tensor([1, 2]) });
 * String(weight)   // [1. 2.]
 */
export function loadParameters(
  parameters: Readonly<Record<string, Variable>>,
  tensors: Readonly<Record<string, Tensor>>,
): void {
  const pairs = Object.entries(parameters).map(([name, parameter]) => ({
    name,
    parameter,
    tensor: Object.hasOwn(tensors, name) ? tensors[name] : undefined,
  }));
  const missing = pairs.filter(({ tensor }) => !tensor).map(({ name }) => name);
  const unexpected = Object.keys(tensors).filter((name) => !Object.hasOwn(parameters, name));
  const misfits = pairs.filter(({ parameter, tensor }) => tensor && kind(tensor) !== kind(parameter));
  if (missing.length + unexpected.length + misfits.length > 0) {
    const shown = misfits.map(({ name, parameter, tensor }) => `${name} (${kind(parameter)}, got ${kind(tensor)})`);
    const lines = Object.entries({ missing, unexpected, 'of another shape or dtype': shown });
    throw new ParametersError(
      ['loadParameters: the tensors do not fit the parameters, all of which keep their values.']
        .concat(lines.filter(([, names]) => names.length > 0).map(([what, names]) => `  ${what}: ${names.join(', ')}`))
        .concat('Build the model as it was when it was saved, or give its tensors the names and shapes above.')
        .join('\n'),
      { missing, unexpected, mismatched: misfits.map(({ name }) => name) },
    );
  }
  for (const { parameter, tensor } of pairs) if (tensor) parameter.assign(tensor);
}

/** What both must agree in. A tensor of another copy of the core cannot be assigned at all. */
function kind(tensor: Tensor | undefined): string {
  if (!(tensor instanceof Tensor)) return 'no tensor of this copy of @nn/tensor';
  return `${tensor.dtype} [${tensor.shape.join(', ')}]`;
}
