import { describe, expect, test } from 'vitest';
import { threadsInSmallChunks } from '../../../test/small-chunks.ts';
import { integerTensor } from '../../../test/integers.ts';
import type { Backend } from '../../compile/program.ts';
import { compile, concat, fromTypedArray, disassemble, type Tensor, variable, type Variable } from '../../index.ts';
import { reference } from '../../reference/interpreter.ts';
import { wasm } from '../index.ts';

const backends: readonly (readonly [string, Backend])[] = [
  ['with fused multiply-add', wasm],
  ['with products and sums apart', wasm({ deterministic: true })],
  ['shared by threads', wasm({ threads: threadsInSmallChunks(3) })],
];

type Step = (a: Tensor, b: Tensor, bias: Tensor, other: Tensor) => readonly Tensor[];

/** Maps that become the epilogue of a product. */
const fused: Readonly<Record<string, Step>> = {
  'a bias': (a, b, bias) => [a.matmul(b).add(bias)],
  'a bias and relu, where the biased sums are a result too': (a, b, bias) => {
    const z = a.matmul(b).add(bias);
    return [z, z.maximum(0)];
  },
  'one number': (a, b, bias) => [a.matmul(b).mul(bias.slice(1))],
  'another matrix': (a, b, _, other) => [other.sub(a.matmul(b))],
  'the gradient of relu': (a, b, _, other) => [other.lessEqual(0).where(0, a.matmul(b))],
  'the most operations': (a, b) => [[2, 3, 4, 5].reduce((x, y) => x.add(y).maximum(0), a.matmul(b))],
  'a result that is concatenated before other rows': (a, b, _, other) => [concat([a.matmul(b), other])],
  'a mask that is stored after it': (a, b, bias) => {
    const z = a.matmul(b).add(bias);
    return [z.mul(2), z.greater(0)];
  },
};

/** Maps that need more than the sums in registers. */
const separate: Readonly<Record<string, Step>> = {
  'one column of another matrix': (a, b, _, other) => [a.matmul(b).add(other.slice([], 1).reshape([-1, 1]))],
  'sums that are a result too': (a, b, bias) => {
    const z = a.matmul(b);
    return [z, z.add(bias)];
  },
  'an operation of many instructions': (a, b) => [a.matmul(b).sign()],
  'transposed sums': (a, b) => [a.matmul(b).T.add(1)],
  'too many operations': (a, b) => [[2, 3, 4, 5, 6].reduce((x, y) => x.add(y).maximum(0), a.matmul(b))],
  'a result that is concatenated after other rows': (a, b, _, other) => [concat([other, a.matmul(b)])],
  'a result that is concatenated with other columns': (a, b, _, other) => [concat([a.matmul(b), other], 1)],
  'a mask as the first result': (a, b) => [a.matmul(b).greater(0)],
};

/** The matrices of an m × k × n product, a row, and a matrix of the shape of the product. */
const argumentsOf = (m: number, k: number, n: number): [Tensor, Tensor, Tensor, Tensor] => [
  integerTensor([m, k], 1),
  integerTensor([k, n], 2),
  integerTensor([n], 3),
  integerTensor([m, n], 4),
];

// Around the limits of tiles (4, 6 and 12 rows; 4, 8 and 16 columns), of shallow products, of chains, and of row blocks.
const sizes = [97, 100, 193, 300].flatMap((m) =>
  [4, 8, 12, 20, 64].flatMap((n) => [1, 3, 4, 5, 64, 129].map((k) => [m, k, n] as const)),
);

const numbers = (all: readonly Tensor[]): readonly (readonly number[])[] => all.map(({ data }) => [...data]);

describe.each(backends)('a product %s', (_, backend) => {
  test.each(Object.entries({ ...fused, ...separate }))('and %s give the results of the reference', (__, step) => {
    const wrong = sizes.filter((size) => {
      const args = argumentsOf(...size);
      const [got, wanted] = [backend, reference].map((each) => numbers(compile(step, each)(...args)));
      return JSON.stringify(got) !== JSON.stringify(wanted);
    });
    expect(wrong).toEqual([]);
  });
});

describe('a product', () => {
  test.each(Object.entries(fused))('computes %s before it stores its sums', (_, step) => {
    for (const size of sizes)
      expect(disassemble(compile(step, wasm), ...argumentsOf(...size))).toContain('sums = matmul of');
  });

  test.each(Object.entries(separate))('has no epilogue for %s', (_, step) => {
    expect(disassemble(compile(step, wasm), ...argumentsOf(100, 5, 8))).not.toContain('sums');
  });

  test('has no epilogue if a vector is partly filled, in a batch, or for several blocks of the depth', () => {
    for (const [a, b] of [
      [
        [100, 5],
        [5, 7],
      ],
      [
        [2, 100, 5],
        [2, 5, 8],
      ],
      [
        [100, 257],
        [257, 8],
      ],
    ] as const) {
      const step = compile((left: Tensor, right: Tensor) => left.matmul(right).add(1), wasm);
      expect(disassemble(step, integerTensor(a, 1), integerTensor(b, 2))).not.toContain('sums');
    }
  });

  test('has no epilogue where only the first matrix of a batch is read', () => {
    const step = (left: Tensor, right: Tensor): Tensor => left.matmul(right).slice(0).add(1);
    const args = [integerTensor([2, 100, 5], 1), integerTensor([2, 5, 8], 2)] as const;
    expect(numbers([compile(step, wasm)(...args)])).toEqual(numbers([compile(step, reference)(...args)]));
    expect(disassemble(compile(step, wasm), ...args)).not.toContain('sums');
  });

  test.each(['int32', 'bool', 'float64'] as const)(
    'of %s and float32 has an epilogue only if it is float32, and the map is computed anyway',
    (dtype) => {
      const step: Step = (a, b, bias) => [a.matmul(b).add(bias), a.cast('bool').matmul(b.cast('bool')).where(1, bias)];
      const [a, b, ...others] = argumentsOf(100, 5, 8);
      for (const factors of [
        [a.cast(dtype), b],
        [a, b.cast(dtype)],
        [a.cast(dtype), b.cast(dtype)],
      ] as const) {
        const args = [...factors, ...others] as unknown as [Tensor, Tensor, Tensor, Tensor];
        expect(numbers(compile(step, wasm)(...args))).toEqual(numbers(compile(step, reference)(...args)));
        const { dtype: computed } = factors[0].matmul(factors[1]);
        expect(disassemble(compile(step, wasm), ...args).includes('sums')).toBe(computed === 'float32');
      }
    },
  );

  test('whose second matrix is packed has another matrix in its epilogue, but not a row', () => {
    const [a, b, row, other] = argumentsOf(100, 5, 8);
    const beside = compile((left: Tensor, right: Tensor, one: Tensor) => left.matmul(right.T).add(one), wasm);
    expect(disassemble(beside, a, b.T as Tensor, other)).toContain('sums');
    expect(disassemble(beside, a, b.T as Tensor, row)).not.toContain('sums');
    for (const one of [other, row]) {
      expect([...beside(a, b.T as Tensor, one).data]).toEqual([...a.matmul(b).add(one).data]);
    }
  });

  test('does not overwrite its first matrix, from which other columns are still computed', () => {
    const identity = (size: number): Tensor =>
      fromTypedArray(
        Float32Array.from({ length: size * size }, (_, at) => (at % (size + 1) === 0 ? 2 : 0)),
        [size, size],
      ) as Tensor;
    for (const [m, n] of [
      [100, 8],
      [193, 64],
      [300, 20],
    ] as const) {
      const made = (backend: Backend): readonly (readonly number[])[] => {
        const state = variable(integerTensor([m, n], 5)) as Variable;
        const own = compile((weight: Tensor) => state.assign(state.matmul(weight).mul(0.5)), backend);
        const residual = compile((x: Tensor, weight: Tensor) => {
          const h = x.mul(3);
          return h.matmul(weight).add(h);
        }, backend);
        for (let time = 0; time < 3; time++) own(identity(n).add(1) as Tensor);
        return numbers([
          state,
          residual(integerTensor([m, n], 6), identity(n).add(integerTensor([n, n], 7)) as Tensor),
        ]);
      };
      expect(made(wasm)).toEqual(made(reference));
    }
  });

  test('has its own epilogue, where another product of its size had the same address', () => {
    // The maximum needs all rows, so each product is in a group of its own, and the third takes the address of the first.
    const step = (x: Tensor, ...weights: Tensor[]): Tensor =>
      weights.reduce((h, weight, layer) => {
        const product = h.matmul(weight);
        const scaled = product.mul(layer < 2 ? 0.5 : -0.25);
        return scaled.sub(scaled.max(0)).maximum(-1);
      }, x);
    const args = [integerTensor([100, 8], 3), ...[1, 2, 4, 5].map((at) => integerTensor([8, 8], at))] as const;
    const buffers = [...disassemble(compile(step, wasm), ...args).matchAll(/sums = .*?; (@\d+) = /g)].map(
      ([, at]) => at,
    );
    expect(buffers).toHaveLength(4);
    expect(buffers[2]).toBe(buffers[0]);
    expect(numbers([compile(step, wasm)(...args)])).toEqual(numbers([compile(step, reference)(...args)]));
  });

  test('writes its epilogue into a variable', () => {
    const w = variable(integerTensor([100, 8], 5)) as Variable;
    const step = compile((a: Tensor, b: Tensor) => w.assign(w.sub(a.matmul(b).mul(0.5))), wasm);
    const [a, b] = argumentsOf(100, 5, 8);
    const wanted = [...w.sub(a.matmul(b).mul(0.5)).data];
    // Constants, the variable and both matrices: no second variable, and no sums.
    expect(disassemble(step, a, b)).toMatch(/^memory: 21744 bytes.*\n0: over \[100, 5, 8\]: sums = .*$/);
    step(a, b);
    expect([...w.data]).toEqual(wanted);
  });

  test.each([65, 129, 256])('of depth %d stores partial sums apart from what its epilogue reads', (k) => {
    const args = argumentsOf(100, k, 8);
    // The first operand is stored, because it is read twice. The epilogue reads it last.
    const steps: readonly Step[] = [
      (a, b, _, other) => {
        const stored = other.mul(3);
        return [stored.max(1), stored.sub(a.matmul(b))];
      },
      (a, b, _, other) => {
        const stored = other.mul(3);
        const largest = stored.max(1);
        const difference = stored.sub(a.matmul(b));
        return [largest, difference.max(1), difference.min(1)];
      },
    ];
    for (const step of steps) {
      expect(disassemble(compile(step, wasm), ...args)).toContain('sums = ');
      expect(numbers(compile(step, wasm)(...args))).toEqual(numbers(compile(step, reference)(...args)));
    }
  });

  test('of more than one chain has no epilogue that reads the variable it updates', () => {
    const w = variable(integerTensor([100, 8], 5)) as Variable;
    const step = compile((a: Tensor, b: Tensor) => w.assign(w.sub(a.matmul(b).mul(0.5))), wasm);
    const [a, b] = argumentsOf(100, 65, 8);
    const wanted = [...w.sub(a.matmul(b).mul(0.5)).data];
    expect(disassemble(step, a, b)).not.toContain('sums = ');
    step(a, b);
    expect([...w.data]).toEqual(wanted);
  });

  test('gives the same bits as when the sums are stored first', () => {
    const product = (a: Tensor, b: Tensor): Tensor => a.mul(0.1).matmul(b.mul(0.3));
    const inRegisters = compile((a: Tensor, b: Tensor, bias: Tensor) => product(a, b).add(bias).maximum(0), wasm);
    const stored = compile((a: Tensor, b: Tensor, bias: Tensor) => {
      const sums = product(a, b);
      return [sums, sums.add(bias).maximum(0)] as const;
    }, wasm);
    const [a, b, bias] = argumentsOf(300, 64, 64);
    expect(disassemble(inRegisters, a, b, bias)).toContain('sums = ');
    expect(disassemble(stored, a, b, bias)).not.toContain('sums = ');
    expect(numbers([inRegisters(a, b, bias)])).toEqual(numbers([stored(a, b, bias)[1]]));
  });
});
