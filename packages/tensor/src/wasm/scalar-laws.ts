import { allocate, type DType } from '../dtype.ts';
import type { Expression, Kernel } from '../loops/kernel.ts';
import type { Elementwise, Operation } from '../operation.ts';

interface ScalarLaw {
  readonly name: string;
  readonly arity: number;
  readonly law: (...values: number[]) => number;
}

/** Laws that go through JavaScript, number by number: the reference’s own loops, run once. */
export class ScalarLaws {
  readonly #laws = new Map<string, ScalarLaw>();
  readonly #places = new Map<string, number>();

  constructor(kernels: readonly Kernel[]) {
    const add = (operation: Elementwise<never>, dtype: DType): void => {
      const name = `${operation.name} ${dtype}`;
      if (!this.#laws.has(name)) this.#laws.set(name, { name, arity: operation.arity, law: lawOf(operation, dtype) });
    };
    const addAll = (value: Expression): void => {
      if (value.kind === 'reading') return;
      add(value.operation, value.dtype);
      value.inputs.forEach(addAll);
    };
    for (const kernel of kernels) {
      const map = kernel.kind === 'matmul' ? kernel.epilogue : kernel;
      if (map?.kind === 'map') map.stores.forEach(({ value }) => addAll(value));
      if (kernel.kind === 'reduce') {
        addAll(kernel.value);
        add(kernel.operation.combine as Elementwise<never>, kernel.to.dtype);
      }
    }
  }

  get all(): Iterable<ScalarLaw> {
    return this.#laws.values();
  }

  place(name: string, index: number): void {
    this.#places.set(name, index);
  }

  indexOf(operation: Operation, dtype: DType): number {
    return this.#places.get(`${operation.name} ${dtype}`)!;
  }
}

function lawOf(operation: Elementwise<never>, dtype: DType): (...values: number[]) => number {
  const loop = operation.loopFor?.[dtype] ?? operation.loop;
  const [a, b, c] = [new Float64Array(1), new Float64Array(1), new Float64Array(1)] as const;
  const y = allocate(dtype, 1);
  return (first, second = 0, third = 0) => {
    a[0] = first!;
    b[0] = second;
    c[0] = third;
    loop(1, y, 0, a, 0, 0, b, 0, 0, c, 0, 0);
    return y[0]!;
  };
}
