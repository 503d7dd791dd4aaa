import {
  fault,
  faultOf,
  type GoldenCase,
  goldenCases,
  type GoldenTensor,
  read,
  ways,
  waysAndPrecisions,
} from '@nn/golden';
import { checkGradients, type DType, gradients, type Tensor, type Variable, watch } from '@nn/tensor';
import { describe, expect, test } from 'vitest';

export type Tensors = Readonly<Record<string, Tensor>>;

/** A recorded case with gradients: those of the sum of all outputs times their cotangents, or of the one scalar output. */
export interface LayerCase extends GoldenCase {
  readonly cotangents?: Readonly<Record<string, GoldenTensor>>;
  readonly grads: Readonly<Record<string, GoldenTensor>>;
}

/** What a case computes with our layers. */
export interface Replay {
  /** Variables of the layer under PyTorch's names. They get the recorded values. */
  readonly variables?: Readonly<Record<string, Variable>>;
  /** Variables whose axes PyTorch has the other way round: [out, in]. */
  readonly transposed?: readonly string[];
  /** The outputs by PyTorch's names, from the inputs that are no variables. */
  run(inputs: Tensors): Tensors;
}

/** Replays all cases of a file, forward and gradients, eager and compiled, in both precisions. */
export function replayCases(
  file: string,
  count: number,
  replays: Readonly<Record<string, (golden: LayerCase, dtype: DType) => Replay>>,
): void {
  const cases = goldenCases<LayerCase>(new URL(`../golden/${file}.json`, import.meta.url)).map((golden, at) => ({
    title: `${at + 1} ${golden.op} ${JSON.stringify(golden.config)}`,
    golden,
  }));

  test(`all ${count} cases of ${file}.json are replayed`, () => {
    expect(cases.length).toBe(count);
    expect([...new Set(cases.map(({ golden }) => golden.op))].toSorted()).toEqual(Object.keys(replays).toSorted());
  });

  describe.each(waysAndPrecisions)(`${file} as in PyTorch, $way, in $dtype`, ({ made, dtype }) => {
    test.each(cases)('$title', ({ golden }) => {
      const { op, inputs, cotangents, outputs, grads, tolerance } = golden;
      const { variables = {}, transposed = [], run } = replays[op]!(golden, dtype);
      const turned = (name: string, value: Tensor): Tensor => (transposed.includes(name) ? value.T : value);
      for (const [name, variable] of Object.entries(variables)) {
        variable.assign(turned(name, read(inputs[name]!, dtype)));
      }
      const names = Object.keys(inputs).filter((name) => !Object.hasOwn(variables, name));
      const step = made((...given: Tensor[]) => {
        const data: Tensors = Object.fromEntries(
          names.map((name, at) => [name, name in grads ? watch(given[at]!) : given[at]!]),
        );
        const found = run(data);
        const weighed = cotangents
          ? Object.entries(cotangents).map(([name, own]) => found[name]!.mul(read(own, dtype)).sum() as Tensor)
          : Object.values(found);
        const sum = weighed.reduce((a, b) => a.add(b));
        const targets: Tensors = Object.fromEntries(
          Object.entries({ ...data, ...variables }).filter(([name]) => name in grads),
        );
        return [found, gradients(sum, targets)] as const;
      });
      const [found, gradient] = step(...names.map((name) => read(inputs[name]!, dtype)));
      for (const [name, want] of Object.entries(outputs)) {
        expect(faultOf(found[name]!, want, tolerance[dtype]), name).toBeUndefined();
      }
      expect(Object.keys(gradient).toSorted()).toEqual(Object.keys(grads).toSorted());
      for (const [name, want] of Object.entries(grads)) {
        expect(faultOf(turned(name, gradient[name]!), want, tolerance[dtype]), name).toBeUndefined();
      }
    });
  });
}

/** Expects the gradients of finite differences, for x and variables, and the same results eager and compiled. */
export function expectGradients(f: (x: Tensor) => Tensor, x: Tensor, variables: Tensors = {}): void {
  const report = checkGradients(({ x: given }: Tensors) => f(given!), { x, ...variables });
  expect(report.passed, String(report)).toBe(true);
  for (const { way, made } of ways) {
    expect(fault(made(f)(x).data, f(x).data, { rtol: 1e-12, atol: 1e-13 }), way).toBeUndefined();
  }
}
