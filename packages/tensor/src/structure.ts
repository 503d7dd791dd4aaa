import { describe, DTypeError } from './errors.ts';
import type { Targets } from './gradients.ts';
import { Tensor } from './tensor.ts';

/** A value, or arrays and records of values, with tensors of any shape in place of its own. */
export type OpenTensors<A> = Targets extends A
  ? Targets
  : A extends Tensor
    ? Tensor
    : A extends object
      ? { readonly [Part in keyof A]: OpenTensors<A[Part]> }
      : A;

/** A value with other tensors in place of its own: itself, or inside arrays and records. */
export function mapTensors(part: unknown, made: (x: Tensor) => Tensor): unknown {
  if (part instanceof Tensor) return made(part);
  if (Array.isArray(part)) return part.map((one) => mapTensors(one, made));
  if (!isRecord(part)) return part;
  return Object.fromEntries(Object.entries(part).map(([name, one]) => [name, mapTensors(one, made)]));
}

/**
 * Refuses a result that is neither a tensor, nor an array or record of such parts, nor undefined.
 *
 * @param subject  the kind of function that returned it, for the message
 * @throws DTypeError
 */
export function checkReturned(part: unknown, subject: string, path = 'result'): void {
  if (part === undefined || part instanceof Tensor) return;
  if (Array.isArray(part)) part.forEach((one, at) => checkReturned(one, subject, `${path}[${at}]`));
  else if (isRecord(part)) {
    for (const [name, one] of Object.entries(part)) checkReturned(one, subject, `${path}.${name}`);
  } else if (part instanceof Promise) {
    throw new DTypeError(
      `${subject} returned a promise: operations after an await are not seen. ` +
        'Wait for data outside, and pass it as arguments.',
    );
  } else {
    throw new DTypeError(
      `${subject} returns tensors, alone or in arrays and records, got ${describe(part)} at ${path}: it would ` +
        `be the same in all calls. Return a tensor, or compute it outside.`,
    );
  }
}

/** Whether a value is an object without a class, in any realm. */
function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
