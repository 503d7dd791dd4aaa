import { array, assert, constantFrom, integer, nat, property, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DTypeError, fromTypedArray, pad, type Tensor, where } from './index.ts';
import { fromPlain, toPlain } from './plain-program.ts';
import { type Executable, type Program, showProgram } from './program.ts';
import { reference } from './reference/interpreter.ts';
import { trace } from './trace.ts';
import { wasm } from './wasm/index.ts';
import { carriedOut } from '../test/carried-out.ts';

/** Random functions of two matrices: each step takes what was made before. */
const steps: Readonly<Record<string, (a: Tensor, b: Tensor) => Tensor>> = {
  add: (a, b) => a.add(b),
  sub: (a, b) => a.sub(b),
  mul: (a, b) => a.mul(b),
  maximum: (a, b) => a.maximum(b),
  tanh: (a) => a.tanh(),
  exp: (a) => a.tanh().exp(),
  square: (a) => a.tanh().pow(2),
  where: (a, b) => where(a.greater(b), a, b.neg()),
  transpose: (a) => a.T,
  flip: (a) => a.slice([null, null, -1]),
  product: (a, b) => a.matmul(b).tanh(),
  productOfTransposed: (a, b) => a.T.matmul(b.T).tanh(),
  rows: (a, b) => a.sum(1, { keepdims: true }).add(b).tanh(),
  columns: (a, b) => a.max(0).sub(b),
  mean: (a, b) => b.add(a.mean()),
  softmax: (a) =>
    a
      .tanh()
      .exp()
      .div(a.tanh().exp().sum(1, { keepdims: true })),
  counted: (a, b) => a.greater(0).cast('int32').sum(0).cast('float32').add(b),
  padded: (a) =>
    pad(
      a.slice([1], [0, -1]),
      [
        [0, 1],
        [1, 0],
      ],
      { value: 0.5 },
    ),
};

const names = Object.keys(steps);
const programs = array(tuple(constantFrom(...names), nat(), nat()), { minLength: 1, maxLength: 12 });

function run(chain: readonly (readonly [string, number, number])[], first: Tensor, second: Tensor): Tensor[] {
  const made = [first, second];
  for (const [name, a, b] of chain) made.push(steps[name]!(made[a % made.length]!, made[b % made.length]!));
  return [made.at(-1)!, made.at(-2)!];
}

const numbersOf = (executable: Executable, program: Program, inputs: readonly Tensor[]): number[][] =>
  carriedOut(
    executable,
    program,
    inputs.map(({ data }) => data),
  ).map((numbers) => [...numbers]);

const matrix = (side: number, from: number): Tensor =>
  fromTypedArray(
    Float32Array.from({ length: side * side }, (_, at) => Math.sin(at * 1.7 + from)),
    [side, side],
  ) as Tensor;

describe('random programs', () => {
  test('give the numbers of the steps taken one by one, whoever carries them out', () => {
    assert(
      property(programs, integer({ min: 1, max: 9 }), (chain, side) => {
        const inputs = [matrix(side, 0), matrix(side, 5)];
        const wanted = run(chain, inputs[0]!, inputs[1]!).map((one) => Array.from(one.data));
        const { program } = trace((a: Tensor, b: Tensor) => run(chain, a, b), inputs);
        expect(numbersOf(reference(program), program, inputs)).toEqual(wanted);
        for (const got of [
          numbersOf(wasm(program), program, inputs),
          numbersOf(wasm({ deterministic: true })(program), program, inputs),
        ]) {
          for (const [output, values] of wanted.entries()) {
            for (const [at, value] of values.entries()) {
              // Rounding adds up over a dozen steps, and steps at a threshold may fall either way.
              const far = Math.abs(got[output]![at]! - value) > 1e-3 * Math.max(Math.abs(value), 1);
              if (far && !chain.some(([name]) => name === 'where' || name === 'counted'))
                expect(got[output]![at]).toBe(value);
            }
          }
        }
      }),
      { numRuns: 150, seed: 1 },
    );
  });

  test('can be posted as plain data and put together again', () => {
    assert(
      property(programs, (chain) => {
        const inputs = [matrix(3, 0), matrix(3, 5)];
        const { program } = trace((a: Tensor, b: Tensor) => run(chain, a, b), inputs);
        const posted = fromPlain(structuredClone(toPlain(program)));
        expect(showProgram(posted)).toBe(showProgram(program));
        expect(numbersOf(reference(posted), posted, inputs)).toEqual(numbersOf(reference(program), program, inputs));
      }),
      { numRuns: 50, seed: 2 },
    );
  });
});

test('a program that asks for an operation of another version is refused', () => {
  const plain = toPlain(trace((a: Tensor) => a.exp(), [{ shape: [2], dtype: 'float32' }]).program as Program);
  const nodes = plain.nodes.map((node) => (node.kind === 'applied' ? { ...node, operation: 'erfinv' } : node));
  expect(() => fromPlain({ ...plain, nodes })).toThrow(DTypeError);
  expect(() => fromPlain({ ...plain, nodes })).toThrow('asks for erfinv, but there are only');
});
