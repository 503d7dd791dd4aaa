import { checkTensor, type Tensor, type Variable } from '@nn/tensor';

/** The names for which tensors and parameters differ. */
interface Mismatch {
  /** Parameters without a tensor. */
  readonly missing: readonly string[];
  /** Tensors without a parameter. */
  readonly unexpected: readonly string[];
  /** Parameters whose tensor has another shape or dtype. */
  readonly mismatched: readonly string[];
}

/** Tensors that do not fit the parameters of a model; every such name is listed. */
export class ParametersError extends Error implements Mismatch {
  override readonly name = 'ParametersError';
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
  readonly mismatched: readonly string[];

  constructor(message: string, { missing, unexpected, mismatched }: Mismatch) {
    super(message);
    this.missing = missing;
    this.unexpected = unexpected;
    this.mismatched = mismatched;
  }
}

/**
 * Assigns to each parameter of a model the tensor of the same name.
 *
 * All names, shapes and dtypes are compared first: when one does not fit, no parameter changes.
 *
 * @param parameters  variables by name, such as `model.parameters`
 * @param tensors     values by name, such as `loadSafetensors(path).tensors`
 * @throws DTypeError when a value is no tensor, or a tensor of another copy of @nn/tensor
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
  for (const [name, tensor] of Object.entries(tensors)) checkTensor(tensor, `loadParameters: ${name}`);
  const pairs = Object.entries(parameters).map(([name, parameter]) => ({
    name,
    parameter,
    tensor: Object.hasOwn(tensors, name) ? tensors[name] : undefined,
  }));
  const missing = pairs.filter(({ tensor }) => !tensor).map(({ name }) => name);
  const unexpected = Object.keys(tensors).filter((name) => !Object.hasOwn(parameters, name));
  const mismatched = pairs.filter(({ parameter, tensor }) => tensor && kind(tensor) !== kind(parameter));
  if (missing.length + unexpected.length + mismatched.length > 0) {
    const shown = mismatched.map(({ name, parameter, tensor }) => `${name} (${kind(parameter)}, got ${kind(tensor!)})`);
    const lines = Object.entries({ missing, unexpected, 'other shape or dtype': shown });
    throw new ParametersError(
      ['loadParameters: the tensors do not fit the parameters. No parameter was changed.']
        .concat(lines.filter(([, names]) => names.length > 0).map(([what, names]) => `  ${what}: ${names.join(', ')}`))
        .concat('Build the model as it was when it was saved, or rename and reshape the tensors.')
        .join('\n'),
      { missing, unexpected, mismatched: mismatched.map(({ name }) => name) },
    );
  }
  for (const { parameter, tensor } of pairs) if (tensor) parameter.assign(tensor);
}

/** What must be equal. */
const kind = ({ dtype, shape }: Tensor): string => `${dtype} [${shape.join(', ')}]`;
