import { describe, expect, test } from 'vitest';
import { trace } from '../compile/trace.ts';
import {
  checkpoint,
  compile,
  DTypeError,
  functionalCall,
  gradients,
  stepRandom,
  Tensor,
  tensor,
  variable,
  vmap,
  watch,
} from '../index.ts';
import { fuse } from '../loops/fuse.ts';
import { planMemory } from '../loops/memory.ts';
import { sizeOf } from '../shape.ts';
import { wasm } from '../wasm/index.ts';

const x = tensor([
  [0.5, -1],
  [2, 0.25],
]);

type Step = (given: Tensor) => readonly Tensor[];

const ways: readonly (readonly [string, (step: Step) => Step])[] = [
  ['eager', (step) => step],
  ['compiled', (step) => compile(step, wasm)],
];

/** The block itself, in place of checkpoint. */
const none = ((f: unknown) => f) as typeof checkpoint;

/** The results of a function that uses a block, with and without checkpoint. */
function both(way: (step: Step) => Step, make: (around: typeof checkpoint) => Step): readonly unknown[][] {
  return [checkpoint, none].map((around) => way(make(around))(x).map((one) => one.toArray()));
}

describe.each(ways)('checkpoint, %s, gives the values and gradients of the function itself', (_, way) => {
  test('for its arguments, also those without a gradient', () => {
    const [got, wanted] = both(way, (around) => (given) => {
      const [a, b] = [watch(given), watch(given.add(1))];
      const index = tensor([1, 0], { dtype: 'int32' });
      const block = around((p: Tensor, rows: Tensor, q: Tensor) => p.take(rows, 0).exp().matmul(q).tanh());
      const loss = block(a, index, b)
        .mul(block(b, index, a))
        .sum();
      return [loss, ...gradients(loss, [a, b])];
    });
    expect(got).toEqual(wanted);
  });

  test('for variables and tensors that it reads from outside, each once', () => {
    const [got, wanted] = both(way, (around) => {
      const w = variable(
        tensor([
          [1, 2],
          [3, 4],
        ]),
      );
      return (given) => {
        const a = watch(given);
        const captured = a.mul(w).sin();
        const block = around((p: Tensor) => p.matmul(w).add(captured).exp().mul(captured));
        const loss = block(a.mul(0.1)).sum();
        return [loss, ...gradients(loss, [a, w, captured])];
      };
    });
    expect(got).toEqual(wanted);
  });

  test('for a variable that is assigned before gradients are taken', () => {
    const [got, wanted] = both(way, (around) => {
      const w = variable(
        tensor([
          [1, 2],
          [3, 4],
        ]),
      );
      return (given) => {
        const a = watch(given);
        const loss = around((p: Tensor) => p.mul(w).exp())(a).sum();
        w.assign(w.mul(0) as Tensor as Tensor<[2, 2]>);
        return [...gradients(loss, [a, w]), w];
      };
    });
    expect(got).toEqual(wanted);
  });

  test('with the same random numbers in the second run, and a generator that moves on once', () => {
    const [got, wanted] = both(way, (around) => {
      const random = stepRandom(5);
      return (given) => {
        const a = watch(given);
        const block = around((p: Tensor) => p.mul(random.bernoulli(0.5, [2, 2])).exp());
        const loss = block(block(a)).sum();
        return [loss, gradients(loss, a) as Tensor, random.state];
      };
    });
    expect(got).toEqual(wanted);
  });

  test('for second derivatives', () => {
    const [got, wanted] = both(way, (around) => {
      const w = variable(
        tensor([
          [1, 2],
          [3, 4],
        ]),
      );
      return (given) => {
        const a = watch(given);
        const loss = around((p: Tensor) => p.mul(w).sin().mul(p))(a).sum();
        const [ofA, ofW] = gradients(loss, [a, w]);
        return gradients(ofA.mul(ofA).sum().add(ofW.mul(ofA).sum()), [a, w]);
      };
    });
    expect(got).toEqual(wanted);
  });

  test('for several results, alone and in arrays and records', () => {
    const [got, wanted] = both(way, (around) => {
      const w = variable(
        tensor([
          [1, 2],
          [3, 4],
        ]),
      );
      return (given) => {
        const a = watch(given);
        const { sum, parts } = around((p: Tensor) => ({
          sum: p.mul(w).sum(),
          parts: [p.exp().mul(w), p.slice(0).sin()],
        }))(a);
        const loss = sum.mul(parts[0]!.sum()).add(parts[1]!.mul(parts[1]!).sum());
        return [sum, ...parts, ...gradients(loss, [a, w]), ...gradients(parts[0]!.sum(), [a, w])];
      };
    });
    expect(got).toEqual(wanted);
  });

  test('inside functionalCall, for second derivatives too', () => {
    const [got, wanted] = both(way, (around) => {
      const w = variable(
        tensor([
          [1, 2],
          [3, 4],
        ]),
      );
      return (given) => {
        const own = watch(given);
        return functionalCall(w, own, () => {
          const loss = around((p: Tensor) => p.mul(w).sin().mul(w))(tensor(0.5)).sum();
          const first = gradients(loss, w);
          return [first, gradients(first.mul(first).sum(), own), gradients(first.mul(first).sum(), w)];
        });
      };
    });
    expect(got).toEqual(wanted);
  });

  test('inside vmap and inside another checkpoint', () => {
    const [got, wanted] = both(way, (around) => {
      const w = variable(tensor([1, 2]));
      const block = around((p: Tensor) =>
        around((q: Tensor) => q.mul(w).exp())(p)
          .sum()
          .mul(p),
      );
      return (given) => {
        const a = watch(given);
        const outside = (vmap((one: Tensor) => block(one))(a) as Tensor).sum();
        const inside = vmap((one: Tensor) => {
          const own = watch(one);
          return gradients(block(own).sum(), [own, w]);
        })(a);
        return [...gradients(outside, [a, w]), ...inside];
      };
    });
    expect(got).toEqual(wanted);
  });
});

test('checkpoint does nothing where no gradient is computed, and refuses a function that returns no tensor', () => {
  let runs = 0;
  const block = checkpoint((p: Tensor) => (runs++, p.exp()));
  expect(block(x).toArray()).toEqual(x.exp().toArray());
  expect(block(x).requiresGrad).toBe(false);
  expect(runs).toBe(2);
  expect(() => checkpoint(() => 3)()).toThrow(DTypeError);
  expect(() => checkpoint((p: Tensor) => [p, p.argmax()])(x)).toThrow(
    'checkpoint: the results of a function must have one dtype, got float32 and int32.',
  );
});

describe('checkpoint takes less memory', () => {
  const [width, blocks, layers] = [64, 4, 4];
  const zeros = { array: new Float32Array(width * width), strides: [width, 1], offset: 0 };

  /** The gradients of a deep network of blocks. */
  function network(around: typeof checkpoint): Step {
    const weights = Array.from({ length: blocks * layers }, () =>
      variable(new Tensor([width, width], 'float32', zeros)),
    );
    const block = (at: number): ((p: Tensor) => Tensor) =>
      around((p: Tensor) => weights.slice(at * layers, (at + 1) * layers).reduce((h, w) => h.matmul(w).tanh(), p));
    return (given) => {
      let h = given;
      for (let at = 0; at < blocks; at++) h = block(at)(h);
      return gradients(h.sum(), weights);
    };
  }

  /** How many results of a layer the planned memory holds at most, besides inputs and outputs. */
  function layersInMemory(step: Step, batch: number): number {
    const { program } = trace(step, [{ shape: [batch, width], dtype: 'float32' }]);
    const bytesOf = (at: number): number => 4 * sizeOf(program.nodes[at]!.shape);
    const own = [...program.inputs, ...program.outputs].reduce((sum, at) => sum + bytesOf(at), 0);
    const { bytes } = planMemory(fuse(program), program, 0, ({ size }) => 4 * size);
    return (bytes - own) / (4 * batch * width);
  }

  // Programs with many rows are divided into groups of loops, those with few are not.
  test.each([64, 128])('in a program, for a batch of %i: half of it for 4 blocks of 4 layers', (batch) => {
    const plain = layersInMemory(network(none), batch);
    expect(plain).toBeGreaterThanOrEqual(blocks * layers);
    expect(layersInMemory(network(checkpoint), batch)).toBeLessThanOrEqual(plain / 2);
  });

  test('step by step: intermediate results are not reachable from the result', () => {
    const reachable = (from: Tensor, found = new Set<Tensor>()): Set<Tensor> => {
      for (const one of from.origin?.inputs ?? []) if (!found.has(one)) reachable(one, found.add(one));
      return found;
    };
    const f = (p: Tensor): Tensor => p.exp().sin().exp().cos();
    const given = watch(x);
    // Three intermediate results and the argument; the result without its origin and the argument.
    expect([f, checkpoint(f)].map((one) => reachable(one(given)).size)).toEqual([4, 2]);
  });
});
