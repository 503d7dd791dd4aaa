import { describe, expect, test } from 'vitest';
import { compile } from '../src/compile/compile.ts';
import type { Backend } from '../src/compile/program.ts';
import { gradients, type Tensor, watch } from '../src/index.ts';
import { reference } from '../src/reference/interpreter.ts';
import { wasm } from '../src/wasm/index.ts';
import { expectClose } from './expect-close.ts';
import { type GoldenFile, recorded } from './golden.ts';

/** Our expression for a recorded operation: its inputs by name, in the order of the file. */
export type Expression<Config> = (
  inputs: Readonly<Record<string, Tensor>>,
  config: Config,
) => Tensor | readonly Tensor[];

/** The ways to run a function of tensors. */
const ways: Readonly<Record<string, Backend | undefined>> = {
  'step by step': undefined,
  'traced, by the reference': reference,
  'compiled to wasm': wasm,
  'compiled to deterministic wasm': wasm({ deterministic: true }),
};

const cases = Object.entries(ways).flatMap(([way, backend]) =>
  (['float64', 'float32'] as const).map((precision) => ({ way, backend, precision })),
);

/** Replays every recorded case in both precisions, eagerly and compiled: its results, and its gradients. */
export function replayGolden<Config>(
  title: string,
  golden: GoldenFile,
  ours: Readonly<Record<string, Expression<Config>>>,
): void {
  describe.each(cases)(`${title} in $precision, $way`, ({ backend, precision }) => {
    const titled = golden.cases.map((one, index) => ({
      ...one,
      title: `${one.op} ${one.name ?? JSON.stringify(one.config)}, case ${index}`,
    }));

    test.each(titled)('$title', (one) => {
      const names = Object.keys(one.inputs);
      const followed = Object.keys(one.grads ?? {});
      const wanted = Object.entries(one.outputs);

      const step = (...args: Tensor[]): { outputs: readonly Tensor[]; found: Readonly<Record<string, Tensor>> } => {
        const inputs = Object.fromEntries(
          names.map((name, at) => [name, followed.includes(name) ? watch(args[at]!) : args[at]!]),
        );
        const result = ours[one.op]!(inputs, one.config as Config);
        const outputs = Array.isArray(result) ? (result as readonly Tensor[]) : [result as Tensor];
        if (followed.length === 0) return { outputs, found: {} };
        // Σ over outputs of output · cotangent. The cotangent of a scalar is 1 when the case has none.
        const loss = wanted
          .flatMap(([name], index) => {
            const cotangent = one.cotangents?.[name];
            if (cotangent) return [outputs[index]!.mul(recorded(cotangent, precision)).sum()];
            return one.cotangents ? [] : [outputs[index]!.sum()];
          })
          .reduce((sum, part) => sum.add(part));
        return { outputs, found: gradients(loss, Object.fromEntries(followed.map((name) => [name, inputs[name]!]))) };
      };
      const args = names.map((name) => recorded(one.inputs[name]!, precision));
      const { outputs, found } = (backend ? compile(step, backend) : step)(...args);

      expect(outputs).toHaveLength(wanted.length);
      for (const [index, [, want]] of wanted.entries()) expectClose(outputs[index]!, want, one, precision);
      for (const name of followed) {
        expect(found[name]!.dtype).toBe(precision);
        expectClose(found[name]!, one.grads![name]!, one, precision);
      }
    });
  });
}
