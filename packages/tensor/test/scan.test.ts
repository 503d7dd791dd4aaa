import { describe, expect, test } from 'vitest';
import { compile } from '../src/compile/compile.ts';
import type { Backend } from '../src/compile/program.ts';
import {
  checkGradients,
  checkValues,
  concat,
  DTypeError,
  generator,
  gradients,
  ones,
  remainder,
  scan,
  ShapeError,
  stepRandom,
  tensor,
  type Tensor,
  variable,
  vmap,
  watch,
  zeros,
} from '../src/index.ts';
import { reference } from '../src/reference/interpreter.ts';
import { wasm } from '../src/wasm/index.ts';
import { expectClose } from './expect-close.ts';
import { readGolden, recorded } from './golden.ts';

const random = generator(0);
const float64 = (shape: readonly number[]): Tensor => random.normal(shape, { dtype: 'float64' });

type Run = <Args extends readonly Tensor[], Result extends readonly Tensor[] | Tensor>(
  f: (...args: Args) => Result,
) => (...args: Args) => Result;
const compiled =
  (backend: Backend): Run =>
  (f) =>
    compile(f as never, backend) as never;

/** Every way to run a loop. */
const ways: readonly (readonly [string, Run])[] = [
  ['eager', (f) => f],
  ['by the reference', compiled(reference)],
  ['by wasm', compiled(wasm)],
  ['by deterministic wasm', compiled(wasm({ deterministic: true }))],
];

const golden = readGolden('recurrences.json').cases;

test('all 8 recorded recurrences are there', () => {
  expect(golden.length).toBe(8);
});

type Inputs = Readonly<Record<string, Tensor>>;

const sigmoid = (x: Tensor): Tensor => x.mul(0.5).tanh().mul(0.5).add(0.5);

/** What each recorded recurrence computes. */
const recurrences: Readonly<Record<string, (x: Inputs) => Inputs>> = {
  linear_recurrence({ a, b, h0 }) {
    const [, output] = scan(
      (h: Tensor, now: { readonly a: Tensor; readonly b: Tensor }) => {
        const next = now.a.mul(h).add(now.b);
        return [next, next];
      },
      h0!,
      { a: a!, b: b! },
    );
    return { output };
  },
  matrix_recurrence({ a, b, h0 }) {
    const [, output] = scan(
      (h: Tensor, now: { readonly a: Tensor; readonly b: Tensor }) => {
        const next = now.a.matmul(h).add(now.b);
        return [next, next];
      },
      h0!,
      { a: a!, b: b! },
    );
    return { output };
  },
  gru_scan({ x, h0, weight_ih, weight_hh, bias_ih, bias_hh }) {
    const gates = (y: Tensor): readonly Tensor[] => {
      const width = y.shape[1]! / 3;
      return [0, 1, 2].map((at) => y.slice([], [at * width, (at + 1) * width]) as Tensor);
    };
    const [hn, output] = scan(
      (h: Tensor, now: Tensor) => {
        const [xr, xz, xn] = gates(now.matmul(weight_ih!.T).add(bias_ih!));
        const [hr, hz, hn] = gates(h.matmul(weight_hh!.T).add(bias_hh!));
        const [r, z] = [sigmoid(xr!.add(hr!)), sigmoid(xz!.add(hz!))];
        const n = xn!.add(r.mul(hn!)).tanh();
        const next: Tensor = z.neg().add(1).mul(n).add(z.mul(h));
        return [next, next];
      },
      h0!,
      x!,
    );
    return { output, hn };
  },
  fixed_iteration({ a }) {
    const newton = (x: Tensor): readonly [Tensor, undefined] => [
      x.sub(x.pow(3).sub(a!).div(x.pow(2).mul(3))),
      undefined,
    ];
    const [output] = scan(newton, ones(a!.shape, { dtype: a!.dtype }) as Tensor, undefined, { length: 12 });
    return { output };
  },
};

const precisions = ['float64', 'float32'] as const;

describe.each(ways)('recurrences are those recorded, %s', (_, run) => {
  describe.each(precisions)('in %s', (dtype) => {
    test.each(golden.map((one, at) => [`${at + 1} ${one.op}`, one] as const))('%s', (__, one) => {
      const names = Object.keys(one.inputs);
      const last = one.op === 'linear_recurrence' && one.outputs['output']!.shape.length === 0;
      const step = run((...given: Tensor[]) => {
        const inputs = Object.fromEntries(names.map((name, at) => [name, watch(given[at]!)]));
        const all = recurrences[one.op]!(inputs);
        const square = (y: Tensor): Tensor => y.slice(-1).mul(y.slice(-1)).sum() as Tensor;
        const found = last ? { output: square(all['output']!) } : all;
        const loss = Object.entries(found)
          .map(([name, y]) => y.mul(one.cotangents ? recorded(one.cotangents[name]!, dtype) : 1).sum() as Tensor)
          .reduce((a, b) => a.add(b));
        return [
          ...Object.keys(one.outputs).map((name) => found[name]!),
          ...Object.values(gradients(loss, Object.fromEntries(Object.keys(one.grads!).map((n) => [n, inputs[n]!])))),
        ] as readonly Tensor[];
      });
      const results = step(...names.map((name) => recorded(one.inputs[name]!, dtype)));
      const wanted = [...Object.values(one.outputs), ...Object.values(one.grads!)];
      wanted.forEach((want, at) => expectClose(results[at]!, want, one, dtype));
    });
  });
});

describe.each(ways)('scan, %s', (_, run) => {
  test('gives what each step carries on, and the results of all steps', () => {
    const sums = run((x: Tensor) => {
      const [total, all] = scan((sum: Tensor, one: Tensor) => [sum.add(one), sum.add(one).mul(10)], tensor(0), x);
      return [total, all];
    });
    expect(sums(tensor([1, 2, 3])).map((y) => y.toArray())).toEqual([6, [10, 30, 60]]);
  });

  test('in reverse takes the last entries first, and keeps the order of the results', () => {
    const f = run((x: Tensor) => scan((s: Tensor, one: Tensor) => [s.add(one), s], tensor(0), x, { reverse: true })[1]);
    expect(f(tensor([1, 2, 4])).toArray()).toEqual([6, 4, 0]);
  });

  test('carries structures of several dtypes, and exchanges them', () => {
    const f = run((x: Tensor) => {
      const start = { a: tensor([0, 1]), list: [tensor([5, 7]), tensor(3, { dtype: 'int32' })] as const };
      const [end, ys] = scan(
        ({ a, list: [b, n] }, one: Tensor) =>
          [
            { a: b, list: [a.add(one), n.add(1)] as const },
            { odd: remainder(n, 2), less: a.less(b) },
          ] as const,
        start,
        x,
      );
      return [end.a, end.list[0], end.list[1], ys.odd, ys.less];
    });
    const [a, b, n, odd, less] = f(
      tensor([
        [1, 1],
        [2, 2],
        [4, 4],
      ]),
    );
    expect([a!.toArray(), b!.toArray()]).toEqual([
      [7, 9],
      [5, 6],
    ]);
    expect([n!.dtype, n!.item(), odd!.toArray()]).toEqual(['int32', 6, [1, 0, 1]]);
    expect(less!.toArray()).toEqual([
      [true, true],
      [false, false],
      [true, true],
    ]);
  });

  test('of no steps gives what it was given, and no results; of one step, one', () => {
    const f = run((h: Tensor, x: Tensor) => {
      const [end, ys] = scan((c: Tensor, one: Tensor) => [c.add(one), c.expandDims(0)], h, x);
      return [end, ys];
    });
    const none = f(tensor([1, 2]), zeros([0, 2]));
    expect(none.map((y) => y.toArray())).toEqual([[1, 2], []]);
    expect(none[1]!.shape).toEqual([0, 1, 2]);
    expect(f(tensor([1, 2]), ones([1, 2])).map((y) => y.toArray())).toEqual([[2, 3], [[[1, 2]]]]);
  });

  test('reads and assigns variables, which keep their values for the next call', () => {
    const total = variable(tensor(0), { name: 'total' });
    const factor = variable(tensor(10));
    const f = run((x: Tensor) => {
      const [, ys] = scan(
        (_: undefined, one: Tensor) => {
          total.assign(total.add(one));
          return [undefined, total.mul(factor)];
        },
        undefined,
        x,
      );
      return [ys, total.add(0)];
    });
    expect(f(tensor([1, 2])).map((y) => y.toArray())).toEqual([[10, 30], 3]);
    expect(f(tensor([1, 2])).map((y) => y.toArray())).toEqual([[40, 60], 6]);
    expect(total.item()).toBe(6);
  });

  test('draws other numbers in each step, the same in every way', () => {
    const drawn = stepRandom(7);
    const f = run(() => scan(() => [undefined, drawn.uniform([3])] as const, undefined, undefined, { length: 4 })[1]);
    const loose = stepRandom(7);
    const wanted = Array.from({ length: 4 }, () => loose.uniform([3]).toArray());
    expect(f().toArray()).toEqual(wanted);
    expect(drawn.state.toArray()).toEqual(loose.state.toArray());
  });

  test('takes gradients inside of its steps', () => {
    // Gradient descent on (w − x)²/2, one step per x: w ← w − (w − x)/2.
    const f = run((xs: Tensor) => {
      const descend = (w: Tensor, x: Tensor): readonly [Tensor, undefined] => {
        const own = watch(w);
        const loss: Tensor = own.sub(x).pow(2).div(2);
        return [w.sub(gradients(loss, own).div(2)), undefined];
      };
      return scan(descend, tensor(8), xs)[0];
    });
    expect(f(tensor([0, 4])).item()).toBe(4);
  });

  test('ends the gradients inside of a step at what the step takes over, and at its entries', () => {
    const w = variable(tensor(3) as Tensor);
    const f = run((x: Tensor) => {
      const xs = watch(x).mul(w) as Tensor;
      const step = (h: Tensor, one: Tensor): readonly [Tensor, Tensor] => {
        const next: Tensor = h.mul(w).add(one);
        return [next, gradients(next, w)];
      };
      const [end, inside] = scan(step, w.mul(2) as Tensor, xs);
      return [end, inside, gradients(end, w)];
    });
    // h: 6, 18 + 3, 63 + 6. Inside, d(h·w + x)/dw = h. Outside, ((2w·w + w)·w + 2w)' = 6w² + 2w + 2.
    expect(f(tensor([1, 2])).map((y) => y.toArray())).toEqual([69, [6, 21], 62]);
  });

  test('has the gradient with respect to a variable for all values that steps give it', () => {
    const v = variable(tensor(2) as Tensor);
    const f = run((x: Tensor) => {
      v.assign(2);
      const step = (sum: Tensor, one: Tensor): readonly [Tensor, Tensor] => {
        const next = sum.add(v.mul(v).mul(one)) as Tensor;
        v.assign(v.add(1));
        return [next, v.mul(10) as Tensor];
      };
      const [end, ys] = scan(step, tensor(0) as Tensor, watch(x));
      return [end, gradients(end, v), gradients(ys.sum(), v)];
    });
    // 4·1 + 9·10 + 16·100; 2v·x in each step: 4 + 60 + 800; and 10 in each step.
    expect(f(tensor([1, 10, 100])).map((y) => y.item())).toEqual([1694, 864, 30]);
  });

  test('carries on records whose parts are named in another order', () => {
    const f = run((x: Tensor) => {
      const start = { sum: tensor(0) as Tensor, count: tensor(10) as Tensor };
      const step = ({ sum, count }: typeof start, one: Tensor) => {
        const next = { count: count.add(1) as Tensor, sum: sum.add(one) as Tensor };
        return [next, next] as const;
      };
      const [end, ys] = scan(step, start, x);
      return [end.sum, end.count, ys.sum, ys.count];
    });
    expect(f(tensor([1, 2])).map((y) => y.toArray())).toEqual([3, 12, [1, 3], [11, 12]]);
  });

  test('gives results that are constants, shared, taken over, or views', () => {
    const [fixed, known] = [tensor([7, 8]) as Tensor, variable(tensor(3) as Tensor)];
    const f = run((x: Tensor, shared: Tensor) => {
      const step = (h: Tensor, one: Tensor) => {
        const sum = one.sum() as Tensor;
        return [one, [fixed, known, shared, h, one, sum.expand([2]), one.flip(0), zeros([0])]] as const;
      };
      return scan(step, fixed, x)[1] as readonly Tensor[];
    });
    const x = tensor([
      [1, 2],
      [3, 4],
    ]);
    expect(f(x, tensor(9)).map((y) => y.toArray())).toEqual([
      [fixed.toArray(), fixed.toArray()],
      [3, 3],
      [9, 9],
      [fixed.toArray(), [1, 2]],
      x.toArray(),
      [
        [3, 3],
        [7, 7],
      ],
      [
        [2, 1],
        [4, 3],
      ],
      [[], []],
    ]);
  });

  test('stands inside of another', () => {
    const f = run((x: Tensor) => {
      const [, sums] = scan(
        (outer: Tensor, row: Tensor) => {
          const [sum] = scan((inner: Tensor, one: Tensor) => [inner.add(one.mul(outer)), undefined], tensor(0), row);
          return [outer.add(1), sum];
        },
        tensor(1),
        x,
      );
      return sums;
    });
    expect(
      f(
        tensor([
          [1, 2],
          [3, 4],
          [5, 6],
        ]),
      ).toArray(),
    ).toEqual([3, 14, 33]);
  });

  test('refuses values in its steps, before a variable changes', () => {
    const count = variable(tensor(0));
    const f = run((x: Tensor) => {
      count.assign(count.add(1));
      const positive = (sum: Tensor, one: Tensor): readonly [Tensor, undefined] => {
        const refuse = (_: number, [value]: readonly Tensor[]) => new RangeError(`not positive: ${value!.item()}`);
        checkValues('test', one.greater(0), [one], refuse);
        return [sum.add(one), undefined];
      };
      return scan(positive, tensor(0), x)[0];
    });
    expect(f(tensor([1, 2, 3])).item()).toBe(6);
    expect(() => f(tensor([1, 2, -3]))).toThrow(new RangeError('not positive: -3'));
  });

  test('refuses an index out of bounds in its steps', () => {
    const table = variable(tensor([1, 2, 3]));
    const f = run((at: Tensor) => {
      const sum = (total: Tensor, one: Tensor): readonly [Tensor, undefined] => [
        total.add(table.take(one, 0) as Tensor),
        undefined,
      ];
      return scan(sum, tensor(0), at)[0];
    });
    expect(f(tensor([0, 2], { dtype: 'int32' })).item()).toBe(4);
    expect(() => f(tensor([0, 3], { dtype: 'int32' }))).toThrow(/index 3 .*is out of bounds/);
  });

  test('has the gradients of the loop written out, also of gradients', () => {
    const weight = variable(float64([3, 3]));
    const bias = variable(float64([3]));
    const written = (h0: Tensor, x: Tensor): Tensor => {
      let h = h0;
      let sum = tensor(0, { dtype: 'float64' }) as Tensor;
      for (let t = 0; t < 4; t++) {
        h = h.matmul(weight).add(x.slice(t)).add(bias).tanh() as Tensor;
        sum = sum.add(h.mul(h).sum());
      }
      return sum.add(h.sum());
    };
    const looped = (h0: Tensor, x: Tensor): Tensor => {
      const step = (h: Tensor, one: Tensor): readonly [Tensor, Tensor] => {
        const next: Tensor = h.matmul(weight).add(one).add(bias).tanh();
        return [next, next.mul(next)];
      };
      const [end, squares] = scan(step, h0, x);
      return squares.sum().add(end.sum());
    };
    const both = (f: (h0: Tensor, x: Tensor) => Tensor) => (h0: Tensor, x: Tensor) => {
      const watched = { h: watch(h0), x: watch(x) };
      const targets = { ...watched, weight, bias };
      const first = Object.values(gradients(f(watched.h, watched.x), targets));
      const second = Object.values(
        gradients(
          first.map((g) => g.mul(g).sum()).reduce((a, b) => a.add(b)),
          targets,
        ),
      );
      return [...first, ...second];
    };
    const [h0, x] = [float64([2, 3]), float64([4, 2, 3])];
    const wanted = both(written)(h0, x);
    const found = run(both(looped))(h0, x);
    found.forEach((g, at) => {
      expect(g.sub(wanted[at]!).abs().max().item()).toBeLessThan(1e-12);
    });
  });

  test('has the gradients of a loop inside of another, also of gradients', () => {
    const all = (loop: boolean) => (x: Tensor, start: Tensor) => {
      const own = watch(x);
      const inner = (c: Tensor, one: Tensor): readonly [Tensor, undefined] => [c.mul(one).sin(), undefined];
      let h = start;
      if (loop) h = scan((c: Tensor, row: Tensor) => [scan(inner, c, row)[0], undefined], start, own)[0];
      else for (let at = 0; at < 6; at++) [h] = inner(h, own.slice(Math.floor(at / 2), at % 2) as Tensor);
      const first: Tensor = gradients(h, own);
      return [h, first, gradients(first.mul(first).sum(), own)] as readonly Tensor[];
    };
    const [x, h] = [float64([3, 2]), float64([])];
    const wanted = all(false)(x, h);
    run(all(true))(x, h).forEach((g, at) => {
      expect(g.sub(wanted[at]!).abs().max().item()).toBeLessThan(1e-14);
    });
  });

  test('lets gradients that are taken inside of its steps flow through a loop outside', () => {
    const f = run((x: Tensor) => {
      const own = watch(x);
      const product = scan((c: Tensor, one: Tensor) => [c.mul(one), undefined], tensor(1) as Tensor, own)[0];
      const step = (sum: Tensor, one: Tensor): readonly [Tensor, undefined] => {
        const inside: Tensor = gradients(product.mul(one), own);
        return [sum.add(inside), undefined];
      };
      const sum = scan(step, zeros([3]) as Tensor, tensor([1, 10]) as Tensor)[0];
      return [sum, gradients(sum.sum(), own)];
    });
    // 11·(x₂x₃, x₁x₃, x₁x₂), and its derivatives.
    expect(f(tensor([2, 3, 5])).map((y) => y.toArray())).toEqual([
      [165, 110, 66],
      [88, 77, 55],
    ]);
  });

  test('has no gradient where nothing depends on a shared value or an integer', () => {
    const f = run((x: Tensor) => {
      const [own, other] = [watch(x), watch(tensor([1, 2]))];
      const step = ([h, n]: readonly [Tensor, Tensor], one: Tensor) => {
        const next: Tensor = h.add(one.mul(n));
        return [[next, n.add(1)] as const, other.detach()] as const;
      };
      const [[end]] = scan(step, [tensor(0) as Tensor, tensor(1, { dtype: 'int32' }) as Tensor] as const, own);
      return Object.values(gradients(end, { own, other }));
    });
    expect(f(tensor([5, 5, 5])).map((g) => g.toArray())).toEqual([
      [1, 2, 3],
      [0, 0],
    ]);
  });

  test('is mapped over entries, with gradients inside and outside', () => {
    const f = run((h: Tensor, x: Tensor) => {
      const last = (h0: Tensor, xs: Tensor): Tensor =>
        scan((c: Tensor, one: Tensor) => [c.mul(one).add(1), undefined], h0, xs)[0];
      const derivative = (h0: Tensor, xs: Tensor): Tensor => {
        const own = watch(h0);
        return gradients(last(own, xs), own);
      };
      const [own, entries] = [watch(h), watch(x)];
      const all = vmap(last, [0, null])(own, entries);
      return [
        all,
        vmap(derivative)(h, x.expandDims(0).expand([2, 3])),
        ...Object.values(gradients(all.sum(), { own, entries })),
      ];
    });
    const found = f(tensor([1, 2]), tensor([2, 3, 4])).map((y) => y.toArray());
    // ((h·2 + 1)·3 + 1)·4 + 1 = 24h + 17
    expect(found).toEqual([
      [41, 65],
      [24, 24],
      [24, 24],
      [36, 32, 26],
    ]);
  });

  test('agrees with difference quotients', () => {
    const f = (x: Tensor): Tensor => {
      const step = (h: Tensor, one: Tensor): readonly [Tensor, Tensor] => {
        const next: Tensor = h.mul(one.sin()).add(one);
        return [next, next.mul(h)];
      };
      const [end, ys] = scan(step, x.slice(0) as Tensor, x, { reverse: true });
      return ys.sum().add(end.pow(2).sum());
    };
    const report = checkGradients(f, float64([4, 2]));
    expect(report.passed).toBe(true);
  });
});

describe('a loop in a program', () => {
  const step = (length: number) => {
    const f = compile((x: Tensor) => {
      const own = watch(x);
      const [end] = scan((h: Tensor, one: Tensor) => [h.mul(one).tanh(), undefined], ones([2]) as Tensor, own);
      return gradients(end.sum(), own);
    }, wasm);
    return f.program(zeros([length, 2]));
  };

  test('has the same size for any number of steps', () => {
    expect(step(500).nodes.length).toBe(step(3).nodes.length);
  });

  test('is shown with its body', () => {
    const sums = compile(
      (x: Tensor) => scan((s: Tensor, one: Tensor) => [s.add(one), undefined], tensor(0), x)[0],
      wasm,
    );
    expect(String(sums.program(tensor([1, 2])))).toBe(
      [
        '%0 = input float32[2]',
        '%1 = constant 0 float32[]',
        '%2 = loop(%1, %0) {"length":2,"reverse":false} float32[0]',
        '    %0 = input float32[]',
        '    %1 = input float32[]',
        '    %2 = add(%0, %1) float32[]',
        '    return %2',
        '%3 = result(%2) {"at":0,"shape":[],"dtype":"float32"} float32[]',
        'return %3',
      ].join('\n'),
    );
  });
});

describe.each(ways)('scan refuses, %s', (_, run) => {
  const x = tensor([1, 2, 3]);
  const use = (f: (x: Tensor) => unknown): void => void run(f as (x: Tensor) => Tensor)(x);

  test('a carry that changes', () => {
    expect(() => use((xs) => scan((h: Tensor) => [concat([h, h]), undefined], ones([2]) as Tensor, xs))).toThrow(
      new ShapeError(
        'scan: carry must keep its shape [2], but a step gives [4]. Give initial the shape that steps give.',
      ),
    );
    expect(() => use((xs) => scan((h: Tensor) => [h.cast('float64'), undefined], tensor(1) as Tensor, xs))).toThrow(
      new DTypeError('scan: carry must stay float32, but a step gives float64. Cast it, or give initial that dtype.'),
    );
    expect(() => use((xs) => scan(((h: Tensor) => [[h, h], undefined]) as never, tensor(1) as Tensor, xs))).toThrow(
      'scan: a step must carry on what it took over, carry, got carry[0], carry[1]. Return the same structure in every step.',
    );
  });

  test('a step that returns no pair, and other wrong arguments', () => {
    expect(() => use((xs) => scan(((h: Tensor) => h) as never, tensor(1) as Tensor, xs))).toThrow(
      'scan: a step returns what is carried on and a result',
    );
    expect(() => use((xs) => scan(3 as never, tensor(1) as Tensor, xs))).toThrow('scan: expected a function');
    expect(() => use((xs) => scan((h: Tensor) => [h, 3 as never], tensor(1) as Tensor, xs))).toThrow(DTypeError);
  });

  test('results that change from step to step, where nothing is traced', () => {
    const steps = (results: readonly unknown[]) => () => {
      let at = 0;
      return scan((h: Tensor) => [h, results[at++] as Tensor], tensor(1) as Tensor, undefined, { length: 2 });
    };
    expect(steps([x, [x, x]])).toThrow('scan: a step must give results as the first step did, y, got y[0], y[1].');
    expect(steps([x, undefined])).toThrow('scan: a step must give results as the first step did, y, got no tensors.');
    expect(steps([x, ones([2])])).toThrow(
      new ShapeError(
        'scan: y must keep its shape [3], but a step gives [2]. Give the result of the first step the shape that steps give.',
      ),
    );
    expect(steps([x, x.cast('int32')])).toThrow('scan: y must stay float32, but a step gives int32.');
  });

  test('sequences of different lengths, and an unknown length', () => {
    const step = (h: Tensor): readonly [Tensor, undefined] => [h, undefined];
    expect(() => use((xs) => scan(step, tensor(1) as Tensor, { a: xs, b: zeros([2]) }))).toThrow(
      'scan: the first axis of xs.b, one entry per step, must have length 3, got shape [2].',
    );
    expect(() => use(() => scan(step, tensor(1) as Tensor, undefined))).toThrow('Write { length: 10 }.');
    expect(() => use(() => scan(step, tensor(1) as Tensor, undefined, { length: -1 }))).toThrow(RangeError);
    expect(() => use(() => scan(step, tensor(1) as Tensor, undefined, { steps: 1 } as never))).toThrow(
      "Unknown option 'steps' of scan.",
    );
  });
});
