import {
  checkOptions,
  type Fits,
  type LayerCall,
  type NamedVariables,
  checkTensor,
  type ResultShape,
  type Shape,
  type Tensor,
  Variable,
} from '@nn/tensor';
import type { AnyShape, FunctionRule, OutputOf, ruleOf, ShapeRule } from './shape-rule.ts';

/** What there is to know of a layer besides what it computes. */
export interface LayerFacts<Rule extends ShapeRule = AnyShape> {
  /** The variables that are trained, by name. */
  readonly parameters: NamedVariables;
  /** The variables that are kept but not trained, by name: running statistics, counters. */
  readonly buffers: NamedVariables;
  /** What summaries and errors call it: `dense(2, 64)`. */
  readonly title: string;
  /** The first part of the names of its variables in a model; without one it is the layer's place there. */
  readonly label: string | undefined;
  /** The shape of a single sample, if the layer takes one shape only. */
  readonly input: Shape | undefined;
  /** How it changes shapes. Exists in the type only. */
  readonly [ruleOf]?: Rule;
}

/** A function of tensors that changes shapes by a rule. As a method, so that one of a certain rule is also one of any. */
type ShapedFunction<Rule extends ShapeRule> = {
  run<S extends Shape>(
    x: Fits<OutputOf<Rule, S>, S, Tensor<S>>,
    call?: LayerCall,
  ): Tensor<ResultShape<OutputOf<Rule, S>>>;
}['run'];

/**
 * A step from the input to the prediction: a function, with the variables that belong to it.
 *
 * `Layer<Rule>` changes shapes by that rule, plain `Layer` in any way.
 */
export interface Layer<out Rule extends ShapeRule = AnyShape> extends LayerFacts<Rule>, ShapedFunction<Rule> {}

/** All steps from the input to the prediction. It is a layer, so models can be built from models. */
export type Model = Layer;

/**
 * A function that can stand among layers: a layer, an activation, a reshape. What it is told besides x it may ignore.
 *
 * Declared as a method, because the compiler then also takes functions of certain shapes only.
 */
export type LayerFunction = { run(x: Tensor, call?: LayerCall): Tensor }['run'];

/** What `layer` makes a layer of. */
export interface LayerParts<Call> {
  /** What the layer computes, from x and `{ training }`. Its type says which shapes it takes and gives. */
  readonly call: Call;
  /** The variables that are trained, by name. */
  readonly parameters?: NamedVariables;
  /** The variables that are kept but not trained, by name. `call` assigns to them. */
  readonly buffers?: NamedVariables;
  /** The first part of the names of its variables in a model; without one it is the layer's place there. */
  readonly name?: string | undefined;
  /** What summaries and errors call it; `layer` unless given. */
  readonly title?: string;
  /** The shape of a single sample, if the layer takes one shape only. `summary` then needs no `input`. */
  readonly input?: Shape | undefined;
  /** The names of what `call` may be told besides `training`: `['mask']`. Every other name is refused. */
  readonly options?: readonly string[];
}

/**
 * A layer of your own.
 *
 * `call` is an ordinary function of tensors. It reads parameters and buffers like other tensors, and may assign to
 * buffers. It runs eagerly and compiled, and `gradients` goes through it.
 *
 * @param parts  what it computes, and the variables that belong to it
 * @returns      a function of x and, if need be, `{ training: true }`
 * @throws TypeError when `call` is no function, when a parameter or buffer is no variable, when both have the same name
 * @throws DTypeError when a variable was made by another copy of @nn/tensor, or is wrapped in a Proxy
 * @example
 * const factor = variable(tensor(2));
 * const scaling = layer({ title: 'scaling', parameters: { factor }, call: (x) => x.mul(factor) });
 * String(scaling(tensor([1, 3])))   // [2. 6.]
 * @example
 * const mean = variable(tensor([0, 0]));
 * const centring = layer({
 *   buffers: { mean },
 *   call(x, { training }) {
 *     if (training) mean.assign(mean.add(x.mean(0)).div(2));
 *     return x.sub(mean);
 *   },
 * });
 * centring(tensor([[2, 8], [4, 8]]), { training: true });
 * String(centring(tensor([[2, 8]])))   // [[0.5 4. ]]
 */
/* @__NO_SIDE_EFFECTS__ */
export function layer<Call extends { run(x: Tensor, call: LayerCall): Tensor }['run']>(
  parts: LayerParts<Call>,
): Layer<FunctionRule<Call>> {
  checkOptions('layer', parts, ['call', 'parameters', 'buffers', 'name', 'title', 'input', 'options']);
  const { call, parameters = {}, buffers = {}, name, title = 'layer', input, options: more = [] } = parts;
  if (typeof call !== 'function') {
    throw new TypeError(
      `${title}: call must be a function, got ${typeof call}. Write call: (x) => x, with your own steps.`,
    );
  }
  checkVariables(title, 'parameter', parameters);
  checkVariables(title, 'buffer', buffers);
  for (const key of Object.keys(buffers)) {
    if (Object.hasOwn(parameters, key)) {
      throw new TypeError(
        `${title}: '${key}' is both a parameter and a buffer. A variable that is trained is a parameter.`,
      );
    }
  }
  const known = ['training', ...more];
  const run = (x: Tensor, options: LayerCall = {}): Tensor =>
    call(checkTensor(x, title), checkOptions(title, options, known));
  const facts: LayerFacts = { parameters, buffers, title, label: name, input };
  return Object.assign(run, facts) as unknown as Layer<FunctionRule<Call>>;
}

function checkVariables(title: string, kind: string, variables: NamedVariables): void {
  for (const [name, value] of Object.entries(variables)) {
    const caller = `${title}: the ${kind} '${name}'`;
    // Tensors of any copy of @nn/tensor have this property; checkTensor refuses those of another copy by both versions.
    const isTensor = (value as Partial<Tensor> | undefined)?.['@nn/tensor'] !== undefined;
    if (isTensor && checkTensor(value, caller) instanceof Variable) continue;
    throw new TypeError(`${caller} must be a variable. Write variable(tensor(value)).`);
  }
}

/** @throws TypeError when a layer inside a layer is no function */
export function checkFunction(caller: string, layer: LayerFunction): void {
  if (typeof layer === 'function') return;
  throw new TypeError(
    `${caller} must be a layer or a function of a tensor, got ${typeof layer}. Pass relu itself, not relu(x).`,
  );
}

/** Is it more than a plain function? */
export function isLayer(layer: LayerFunction): layer is LayerFunction & LayerFacts {
  return 'parameters' in layer;
}

/** What a summary or a message calls it. */
export function titleOf(layer: LayerFunction): string {
  return isLayer(layer) ? layer.title : layer.name || 'function';
}
