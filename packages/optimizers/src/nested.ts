import type { Tensor, Variable } from '@nn/tensor';

/** Variables by name, in records of records: `{ encoder: encoder.parameters, decoder: decoder.parameters }`. */
export type NestedVariables = { readonly [name: string]: Variable | NestedVariables };

/** One gradient for each parameter, in the same arrangement, as `gradients(loss, model.parameters)` returns them. */
export type Gradients = { readonly [name: string]: Tensor | Gradients };

/**
 * The tensors of records of records, by their names joined with dots: `encoder.weight`.
 *
 * @throws TypeError when two have the same name
 */
export function flatten<T extends Tensor>(nested: NestedOf<T>, caller: string): Readonly<Record<string, T>> {
  const flat: Record<string, T> = {};
  collect(nested, '');
  return flat;

  function collect(record: NestedOf<T>, path: string): void {
    for (const [name, value] of Object.entries(record ?? {})) {
      const full = path + name;
      if (isRecord(value)) collect(value, `${full}.`);
      else if (Object.hasOwn(flat, full)) {
        throw new TypeError(
          `${caller}: two tensors are named '${full}'. Leave the dot out of the name of one of them.`,
        );
      } else flat[full] = value;
    }
  }
}

/** The same arrangement with each tensor replaced by what a function makes of it. */
export function mapNested<G extends Gradients>(nested: G, map: (tensor: Tensor) => Tensor): G {
  const entries = Object.entries(nested).map(
    ([name, value]) => [name, isRecord(value) ? mapNested(value, map) : map(value)] as const,
  );
  return Object.fromEntries(entries) as G;
}

type NestedOf<T extends Tensor> = { readonly [name: string]: T | NestedOf<T> };

/** Anything that is no plain record is a tensor, or a mistake that `checkTensor` names. */
function isRecord<T extends Tensor>(value: T | NestedOf<T>): value is NestedOf<T> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
