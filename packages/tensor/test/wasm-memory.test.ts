import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Program } from '../src/compile/program.ts';
import { trace } from '../src/compile/trace.ts';
import {
  compile,
  runSteps,
  ShapeError,
  runBatches,
  type Tensor,
  tensor,
  variable,
  type Variable,
} from '../src/index.ts';
import { wasm } from '../src/wasm/index.ts';

const page = 65_536;
const mostPages = 65_536;

/** A program that reads `size` float32 numbers. No tensor of that size is allocated. */
const reading = (size: number): Program =>
  trace((x: Tensor) => x.slice([0, 1]).neg(), [{ shape: [size], dtype: 'float32' }]).program;

const Memory = WebAssembly.Memory;
const asked: number[] = [];

/** Records the requested memory and allocates it, unless `refusing`. */
function watchMemory(refusing = false): void {
  asked.length = 0;
  vi.spyOn(WebAssembly, 'Memory').mockImplementation(function (descriptor: WebAssembly.MemoryDescriptor) {
    asked.push(descriptor.initial);
    if (refusing) throw new RangeError('WebAssembly.Memory(): could not allocate memory');
    return new Memory(descriptor);
  } as never);
}

/** Makes the nth allocation of an array or a memory from now on fail. */
function failAllocation(nth: number): void {
  let count = 0;
  const counted = (): void => {
    if (++count === nth) throw new RangeError('Array buffer allocation failed');
  };
  for (const name of ['Uint8Array', 'Int32Array', 'Float32Array', 'Float64Array'] as const) {
    const real = globalThis[name] as unknown as new (...given: unknown[]) => object;
    const failing = class extends real {
      constructor(...given: unknown[]) {
        // A view of an existing buffer is not an allocation.
        if (!(given[0] instanceof ArrayBuffer)) counted();
        super(...given);
      }
    };
    vi.stubGlobal(name, failing);
  }
  vi.spyOn(WebAssembly, 'Memory').mockImplementation(function (descriptor: WebAssembly.MemoryDescriptor) {
    counted();
    return new Memory(descriptor);
  } as never);
}

afterEach(() => vi.restoreAllMocks());

describe('the memory of a module', () => {
  test('is refused above 4 GiB before it is requested, and not at 4 GiB', () => {
    watchMemory();
    wasm(reading(1));
    // Everything but the input.
    const numbers = (pages: number): number => ((pages - asked[0]!) * page) / 4;
    wasm(reading(numbers(mostPages - 1)));
    wasm(reading(numbers(mostPages)));
    expect(() => wasm(reading(numbers(mostPages + 1)))).toThrow(ShapeError);
    expect(asked).toEqual([asked[0], mostPages - 1, mostPages, mostPages + 1]);
    expect(() => wasm(reading(2 ** 31 - 1))).toThrow(
      /^There is no memory for the 8590\d+ bytes of the program: a module has at most 4 GiB\. Work in smaller batches or without compile\.$/,
    );
  });

  test('if it cannot be allocated the call is refused, no variable changes, and the next call works', () => {
    const w = variable(tensor([1, 2])) as Variable;
    const step = compile((a: Tensor) => {
      w.assign(w.add(a));
      return w.sum();
    }, wasm);
    watchMemory(true);
    const x = tensor([1, 1]);
    for (const call of [() => step(x), () => runSteps(step, 2, x), () => runBatches(step, tensor([[1, 1]]))]) {
      expect(call).toThrow(ShapeError);
      expect(call).toThrow(/^There is no memory for the \d+ bytes/);
    }
    expect(String(w)).toBe('[1. 2.]');
    vi.restoreAllMocks();
    expect(step(x).item()).toBe(5);
  });

  test('if results cannot be allocated nothing runs', () => {
    const w = variable(tensor(0)) as Variable;
    const step = compile((a: Tensor) => {
      w.assign(w.add(1));
      return a.expand([2 ** 20]);
    }, wasm);
    step(tensor(1) as Tensor);
    const real = globalThis.Float32Array;
    const failing = vi.fn<(size: number) => Float32Array>(function (size) {
      if (size === 2 ** 20) throw new RangeError('Array buffer allocation failed');
      return new real(size);
    });
    vi.stubGlobal('Float32Array', failing);
    try {
      expect(() => step(tensor(1) as Tensor)).toThrow(ShapeError);
      expect(() => runSteps(step, 3, tensor(1) as Tensor)).toThrow(
        'There is no memory for 1048576 numbers of float32.',
      );
    } finally {
      vi.unstubAllGlobals();
    }
    expect(failing).toHaveBeenCalled();
    expect(w.item()).toBe(1);
  });

  // Every allocation of the first call, of a later one, of many steps and of reading a variable fails in turn.
  test('any allocation that fails ends the call with a RangeError and changes no variable', () => {
    const made = () => {
      const w = variable(tensor([1, 2])) as Variable;
      const step = compile((a: Tensor) => {
        w.assign(w.add(a));
        return [w.mul(2), a.sum()] as const;
      }, wasm);
      return { w, step };
    };
    const x = tensor([1, 1]);
    const xs = tensor([
      [1, 1],
      [1, 1],
    ]).T as Tensor;
    const { w, step } = made();
    let value = 1;
    let failures = 0;
    const sweep = (call: () => unknown, steps: number): void => {
      let failed = true;
      for (let nth = 1; failed; nth++) {
        failed = false;
        failAllocation(nth);
        try {
          call();
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
          failed = true;
          failures++;
        }
        vi.unstubAllGlobals();
        vi.restoreAllMocks();
        if (!failed) value += steps;
        expect(w.toArray()).toEqual([value, value + 1]);
      }
    };
    sweep(() => step(x), 1);
    expect(failures).toBeGreaterThan(3);
    sweep(() => step(x), 1);
    sweep(() => runSteps(step, 3, x), 3);
    sweep(() => runBatches(step, xs), 2);
    step(x);
    value++;
    sweep(() => w.data, 0);
    expect(step(x)[0].toArray()).toEqual([2 * (value + 1), 2 * (value + 2)]);
  });

  test('is allocated once: further calls allocate none', () => {
    watchMemory();
    const w = variable(tensor([1, 2])) as Variable;
    const step = compile((a: Tensor) => w.assign(w.mul(a)), wasm);
    for (let call = 0; call < 100; call++) {
      step(tensor([1, 1]));
      runSteps(step, 10, tensor([1, 1]));
      runBatches(step, tensor([[1, 1]]).expand([1000, 2]) as Tensor);
      w.assign(tensor([3, 4]));
    }
    expect(asked).toHaveLength(1);
  });
});
