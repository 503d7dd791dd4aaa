import { checkNumber, checkOptions, type Shape, type StepRandom, type Tensor } from '@nn/tensor';
import { type Layer, layer } from './layer.ts';
import type { SameShape } from './shape-rule.ts';

/** The options of layers that draw random numbers while a model is trained. */
export interface StepRandomOptions {
  /** Draws anew in every step: `stepRandom(seed)`, whose state moves on inside compiled steps, too. */
  readonly random: StepRandom;
  /** The first part of the names of its variables in a model. */
  readonly name?: string | undefined;
}

/** @throws TypeError when it is no generator for steps */
export function checkStepRandom(caller: string, random: StepRandom | undefined): StepRandom {
  if (typeof random?.bernoulli === 'function') return random;
  throw new TypeError(
    `${caller}: random must be a generator for steps, got ${random === undefined ? 'none' : typeof random}. ` +
      `Write { random: stepRandom(seed) }.`,
  );
}

/**
 * A layer that changes x by a random mask while a model is trained: true, with probability 1 − rate, where a number stays.
 *
 * @param maskShape  the shape of the mask for x
 * @param masked     the result
 */
export function dropping(
  kind: string,
  rate: number,
  options: StepRandomOptions,
  maskShape: (x: Tensor, caller: string) => Shape,
  masked: (x: Tensor, stays: Tensor) => Tensor,
): Layer<SameShape> {
  const caller = `${kind}(${rate})`;
  const { random: given, name } = checkOptions(kind, options ?? {}, ['random', 'name']);
  checkNumber(kind, 'rate', rate, rate >= 0 && rate < 1, 'a number from 0 to below 1', `Write ${kind}(0.5, …).`);
  const random = checkStepRandom(caller, given);
  return layer({
    title: caller,
    name,
    buffers: { random: random.state },
    call(x, { training = false } = {}): Tensor {
      const shape = maskShape(x, caller);
      return !training || rate === 0 ? x : masked(x, random.bernoulli(1 - rate, shape) as Tensor);
    },
  }) as unknown as Layer<SameShape>;
}
