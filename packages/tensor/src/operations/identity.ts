import type { Derivative, IdentityOperation, IdentitySettings } from '../operation.ts';
import { identity } from '../reference/elementwise.ts';
import type { Tensor } from '../tensor.ts';

type Gradients = readonly (Tensor | undefined)[];

/** The gradients of the inputs after the first. They are computed once for all inputs. */
const gradientsOf = /* @__PURE__ */ new WeakMap<Tensor, Map<IdentitySettings, Gradients>>();

const derivative: Derivative<IdentitySettings> = (g, inputs, output, settings, index) => {
  if (index === 0) return g;
  let known = gradientsOf.get(g);
  if (!known) gradientsOf.set(g, (known = new Map()));
  let found = known.get(settings);
  if (!found) known.set(settings, (found = settings.derivative(g, inputs.slice(1), output)));
  return found[index - 1];
};

/* @__NO_SIDE_EFFECTS__ */
function identityOperation(name: string, ordered: boolean): IdentityOperation {
  return {
    kind: 'identity',
    name,
    ordered,
    shape: ([shape]) => shape!,
    dtype: ([dtype]) => dtype!,
    forward: identity,
    derivative,
  };
}

/**
 * A result whose gradient with respect to the other inputs is given.
 *
 * @formula a
 */
export const withDerivative: IdentityOperation = /* @__PURE__ */ identityOperation('withDerivative', false);

/**
 * The first input, so that what reads the result is computed after the other inputs.
 *
 * @formula a, after b
 */
export const after: IdentityOperation = /* @__PURE__ */ identityOperation('after', true);
