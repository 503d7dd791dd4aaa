import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { compile, concat, DTypeError, gradients, type Tensor, tensor, variable, watch, where } from '../src/index.ts';
import { wasm } from '../src/wasm/index.ts';

describe('values of another realm are taken:', () => {
  const foreign = <T>(code: string, values: object = {}): T => runInNewContext(code, values) as T;

  test('nested arrays, shapes, axes and options', () => {
    const x = tensor(foreign<number[][]>('[[1, 2], [3, 4]]'), foreign('({ dtype: "int32" })')) as Tensor;
    expect(x.dtype).toBe('int32');
    expect(x.reshape(foreign<number[]>('[4]')).toArray()).toEqual([1, 2, 3, 4]);
    expect(x.sum(foreign<number[]>('[0, 1]')).item()).toBe(10);
    expect(concat(foreign<Tensor[]>('[x, x]', { x })).shape).toEqual([4, 2]);
  });

  test('the JSON of a tensor', () => {
    expect(tensor(foreign<never>('({ shape: [1, 1], dtype: "float64", data: ["NaN"] })')).toArray()).toEqual([[NaN]]);
  });

  test('records and arrays that a compiled function returns', () => {
    const f = compile(
      (x: Tensor) => foreign<{ sum: Tensor; both: Tensor[] }>('({ sum: x.sum(), both: [x] })', { x }),
      wasm,
    );
    const { sum, both } = f(tensor([1, 2]));
    expect([sum.item(), both[0]!.toArray()]).toEqual([3, [1, 2]]);
  });

  test('targets of gradients', () => {
    const w = variable(tensor([3]));
    expect(gradients(w.mul(w).sum(), foreign<{ w: Tensor }>('({ w })', { w })).w.toArray()).toEqual([6]);
  });
});

/** A reactive object as Vue makes it: plain objects and arrays are wrapped, at any depth, when they are read. */
function reactive<T extends object>(target: T): T {
  return new Proxy(target, {
    get(from, key, receiver) {
      const value: unknown = Reflect.get(from, key, receiver);
      const tag = Object.prototype.toString.call(value);
      return tag === '[object Object]' || tag === '[object Array]' ? reactive(value as object) : value;
    },
  });
}

test('tensors in reactive state stay as they are', () => {
  const state = reactive({ model: { weight: variable(tensor([1, 2])) }, history: [tensor([3, 4])] });
  expect(state.history[0]!.add(state.model.weight).toArray()).toEqual([4, 6]);
  state.model.weight.assign(tensor([5, 6]));
  expect(gradients(state.model.weight.sum(), state.model.weight).toArray()).toEqual([1, 1]);
  expect(compile((x: Tensor) => x.mul(state.model.weight), wasm)(state.history[0]!).toArray()).toEqual([15, 24]);
});

describe('a Proxy around a tensor is refused with the way out, by', () => {
  const x = watch(tensor([1, 2])) as Tensor;
  const w = variable(tensor([1, 2]), { name: 'weight' });
  const proxies: readonly (readonly [string, <T extends object>(of: T) => T])[] = [
    ['plain', (of) => new Proxy(of, {})],
    ['deep', (of) => reactive(of)],
  ];
  const uses: Readonly<Record<string, (p: Tensor, v: typeof w) => unknown>> = {
    'a method': (p) => p.add(1),
    'a method of a variable': (_, v) => v.add(1),
    'an operand': (p) => tensor([1, 2]).add(p),
    'a view': (p) => p.T.reshape([1, 2]),
    where: (p) => where(p.greater(0), 1, 2),
    data: (p) => p.data,
    'data of a variable': (_, v) => v.data,
    toArray: (p) => p.toArray(),
    text: (p) => String(p),
    JSON: (p) => JSON.stringify(p),
    symbolic: (p) => p.symbolic,
    numbers: (p) => p.numbers(),
    'symbolic of a variable': (_, v) => v.symbolic,
    assign: (_, v) => v.assign(tensor([3, 4])),
    'assigning it': (p) => w.assign(p),
    gradients: (p) => gradients(p.sum(), x),
    'targets of gradients': (p) => gradients(x.sum(), p),
    'a list of targets': (p) => gradients(x.sum(), [p]),
    'a compiled function': (p) => compile((one: Tensor) => one, wasm)(p),
    'a variable in a compiled function': (_, v) => compile((one: Tensor) => one.mul(v), wasm)(tensor([1, 2])),
    'a result of a compiled function': (_, v) => compile(() => v as unknown as Tensor, wasm)(),
    'an assignment in a compiled function': (_, v) => compile((one: Tensor) => v.assign(one), wasm)(tensor([1, 2])),
  };
  describe.each(proxies)('%s:', (_, wrap) => {
    test.each(Object.entries(uses))('%s', (_name, use) => {
      expect(() => use(wrap(x), wrap(w))).toThrow(DTypeError);
      expect(() => use(wrap(x), wrap(w))).toThrow(
        'expected a tensor, got a Proxy around one, as reactive state makes it. ' +
          'Unwrap it with toRaw(x), or keep tensors out of the reactive state with markRaw(x).',
      );
      expect(w.toArray()).toEqual([1, 2]);
    });
  });
});

/** All names on a tensor and its prototypes, but those of every object. */
function namesOf(x: object): readonly string[] {
  const prototype: unknown = Object.getPrototypeOf(x);
  const above = typeof prototype === 'object' && prototype && prototype !== Object.prototype ? namesOf(prototype) : [];
  return [...new Set([...Object.getOwnPropertyNames(x), ...above])].sort();
}

describe('a Proxy around a tensor works or is refused with the way out, by', () => {
  // Only compiled programs call these, on variables that they have checked.
  const internal = new Set(['attach', 'isStoredIn']);
  const names = namesOf(variable(tensor(1))).filter((name) => !internal.has(name));
  const refusal =
    'expected a tensor, got a Proxy around one, as reactive state makes it. ' +
    'Unwrap it with toRaw(x), or keep tensors out of the reactive state with markRaw(x).';

  /** What a property is, or what a method gives, as text; or the error. */
  function outcome(of: Tensor, name: string, argument: unknown): string | undefined {
    try {
      const value: unknown = Reflect.get(of, name, of);
      const called = typeof value === 'function' && name !== 'constructor';
      return JSON.stringify(called ? Reflect.apply(value, of, [argument]) : value);
    } catch (error) {
      return String(error);
    }
  }

  test.each(names)('%s', (name) => {
    for (const make of [() => tensor([[1, 2]]), () => variable(tensor([[1, 2]]))]) {
      for (const argument of [0, tensor([[1], [2]])]) {
        const got = outcome(new Proxy(make(), {}) as Tensor, name, argument);
        const expected = [refusal, outcome(make() as Tensor, name, argument)];
        expect(expected).toContain(got?.replace(/^DTypeError: .*: (?=expected a tensor, got a Proxy)/, ''));
      }
    }
  });
});
