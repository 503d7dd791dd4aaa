import type { GoldenCase } from '@nn/golden';
import type { NamedVariables } from '@nn/tensor';
import { expect } from 'vitest';
import * as optimizers from '../src/index.ts';
import type { Optimizer } from '../src/index.ts';

type Config = GoldenCase['config'];
type Factory = (parameters: NamedVariables, options: object) => Optimizer;

/** What PyTorch calls an option, and our options of the same meaning. */
const options: Readonly<Record<string, (value: never) => object>> = {
  lr: (learningRate: number) => ({ learningRate }),
  lr_decay: (decay: number) => ({ decay }),
  weight_decay: (weightDecay: number) => ({ weightDecay }),
  momentum: (momentum: number) => ({ momentum }),
  dampening: (dampening: number) => ({ dampening }),
  nesterov: (nesterov: boolean) => ({ nesterov }),
  maximize: (value: boolean) => (expect(value).toBe(false), {}),
  eps: (epsilon: number) => ({ epsilon }),
  initial_accumulator_value: (initialCache: number) => ({ initialCache }),
  rho: (rho: number) => ({ rho }),
  alpha: (rho: number) => ({ rho }),
  centered: (centered: boolean) => ({ centered }),
  betas: ([beta1, beta2]: [number, number]) => ({ beta1, beta2 }),
  amsgrad: (amsgrad: boolean) => ({ amsgrad }),
  momentum_decay: (momentumDecay: number) => ({ momentumDecay }),
  etas: ([shrink, grow]: [number, number]) => ({ shrink, grow }),
  step_sizes: ([minimum, maximum]: [number, number]) => ({ minimum, maximum }),
  bias_correction: (biasCorrection: boolean) => ({ biasCorrection }),
  ns_steps: (steps: number) => ({ steps }),
};

/** Our options for those that PyTorch was given. Every one of them must be known. */
export function optionsOf(config: Config): object {
  const { adam_lr, adam_betas, adam_eps, ...rest } = config;
  const adam = adam_lr === undefined ? {} : { adam: optionsOf({ lr: adam_lr, betas: adam_betas, eps: adam_eps }) };
  return Object.assign(adam, ...Object.entries(rest).map(([name, value]) => options[name]!(value as never))) as object;
}

/** The optimizer that PyTorch calls by this name. */
export function factoryOf(op: string): Factory {
  return (optimizers as unknown as Readonly<Record<string, Factory>>)[op]!;
}

/** The optimizer of a case, with the options that PyTorch was given. */
export function optimizerOf(op: string, config: Config, parameters: NamedVariables): Optimizer {
  return factoryOf(op)(parameters, optionsOf(config));
}
