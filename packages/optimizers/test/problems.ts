import { fault, type GoldenCase, read, type Way } from '@nn/golden';
import { gradients, type NamedVariables, type Tensor, type Variable, variable } from '@nn/tensor';
import { expect } from 'vitest';
import type { Optimizer } from '../src/index.ts';

/** How a case is run: eager or compiled, and in which precision. */
export interface Run {
  readonly made: Way;
  readonly dtype: 'float64' | 'float32';
}

/** What a case does besides stepping. */
export interface Training {
  readonly optimizer: Pick<Optimizer, 'step'>;
  /** What becomes of the gradients before each step. */
  readonly clip?: (gradients: Record<string, Tensor>) => Record<string, Tensor>;
  /** Averages of the parameters, updated after each step. */
  readonly average?: { update(): void; readonly values: () => Readonly<Record<string, Tensor>> };
}

export interface QuadraticOptions {
  /** x is a matrix of one column instead of a vector. */
  readonly column?: boolean;
}

const pass = (given: Record<string, Tensor>): Record<string, Tensor> => given;

/** The function ½ xᵀAx − bᵀx of a case, and its start. */
export function quadratic(
  { inputs }: GoldenCase,
  dtype: Run['dtype'],
  { column = false }: QuadraticOptions = {},
): { readonly x: Variable; readonly value: () => Tensor } {
  const given = read(inputs['A']!, dtype);
  const a = given.add(given.T).div(2);
  const b = read(inputs['b']!, dtype);
  const start = read(inputs['x0']!, dtype);
  const x: Variable = variable(column ? start.reshape([-1, 1]) : start, { name: 'x' });
  const value = (): Tensor => {
    const vector = x.reshape([-1]);
    return vector.matmul(a.matmul(vector)).mul(0.5).sub(b.matmul(vector));
  };
  return { x, value };
}

/** 20 steps on ½ xᵀAx − bᵀx, compared with the recorded ones. */
export function expectQuadratic(
  golden: GoldenCase,
  { made, dtype }: Run,
  trainingOf: (parameters: NamedVariables) => Training,
  options: QuadraticOptions = {},
): void {
  const { x, value } = quadratic(golden, dtype, options);
  const { optimizer, clip = pass, average } = trainingOf({ x });
  const step = made(() => {
    optimizer.step(clip(gradients(value(), { x })));
    average?.update();
  });
  expectQuadraticSteps(golden, dtype, x, value, step, average?.values);
}

/** Compares the values, the places and the averages of 20 steps with the recorded ones. */
export function expectQuadraticSteps(
  { outputs, tolerance }: GoldenCase,
  dtype: Run['dtype'],
  x: Variable,
  value: () => Tensor,
  step: () => void,
  averages: () => Readonly<Record<string, Tensor>> = () => ({}),
): void {
  const path: number[] = [];
  const averaged: number[] = [];
  const values = [value().item()];
  for (let count = 0; count < 20; count++) {
    step();
    path.push(...x.data);
    averaged.push(...(averages()['x']?.data ?? []));
    values.push(value().item());
  }
  expect(fault(path, outputs['quadratic_x']!.data, tolerance[dtype])).toBeUndefined();
  expect(fault(values, outputs['quadratic_f']!.data, tolerance[dtype])).toBeUndefined();
  expect(fault(averaged, outputs['quadratic_average']?.data ?? [], tolerance[dtype])).toBeUndefined();
}

/** The network of a case, with its data. */
export interface Network {
  readonly x: Tensor;
  readonly y: Tensor;
  readonly parameters: NamedVariables;
  /** The mean squared error of some rows. */
  lossOf(rows: Tensor, targets: Tensor): Tensor;
  /** The mean squared error of all rows. */
  loss(): Tensor;
}

/** A network, mean((tanh(X w1ᵀ + b1) w2ᵀ + b2 − Y)²). */
export function network({ inputs }: GoldenCase, dtype: Run['dtype']): Network {
  const [x, y] = [read(inputs['X']!, dtype), read(inputs['Y']!, dtype)];
  const variableOf = (name: string) => variable(read(inputs[name]!, dtype), { name });
  const parameters = { w1: variableOf('w1'), b1: variableOf('b1'), w2: variableOf('w2'), b2: variableOf('b2') };
  const { w1, b1, w2, b2 } = parameters;
  const lossOf = (rows: Tensor, targets: Tensor): Tensor => {
    const off = rows.matmul(w1.T).add(b1).tanh().matmul(w2.T).add(b2).sub(targets);
    return off.mul(off).mean();
  };
  return { x, y, parameters, lossOf, loss: (): Tensor => lossOf(x, y) };
}

/** 20 steps on the network, compared with the recorded ones. */
export function expectNetwork(
  golden: GoldenCase,
  { made, dtype }: Run,
  trainingOf: (parameters: NamedVariables) => Training,
): void {
  const { parameters, loss } = network(golden, dtype);
  const { optimizer, clip = pass, average } = trainingOf(parameters);
  const step = made(() => {
    optimizer.step(clip(gradients(loss(), parameters)));
    average?.update();
  });
  expectNetworkSteps(golden, dtype, parameters, loss, step, average?.values);
}

/** Compares the losses, the parameters and the averages of 20 steps with the recorded ones. */
export function expectNetworkSteps(
  { outputs, tolerance }: GoldenCase,
  dtype: Run['dtype'],
  parameters: NamedVariables,
  loss: () => Tensor,
  step: () => void,
  averages: () => Readonly<Record<string, Tensor>> = () => ({}),
): void {
  const losses = [loss().item()];
  for (let count = 1; count <= 20; count++) {
    step();
    losses.push(loss().item());
    if (![1, 2, 5, 20].includes(count)) continue;
    for (const [name, parameter] of Object.entries(parameters)) {
      const want = outputs[`mlp_${name}_step${count}`]!.data;
      expect(fault(parameter.data, want, tolerance[dtype]), `${name} after step ${count}`).toBeUndefined();
      const average = outputs[`mlp_${name}_average${count}`]?.data ?? [];
      const got = averages()[name]?.data ?? [];
      expect(fault(got, average, tolerance[dtype]), `average of ${name} after step ${count}`).toBeUndefined();
    }
  }
  expect(fault(losses, outputs['mlp_loss']!.data, tolerance[dtype])).toBeUndefined();
}
