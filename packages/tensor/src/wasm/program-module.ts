import type { DType } from '../dtype.ts';
import { ShapeError } from '../error.ts';
import { type GatherKernel, type Kernel, mapped, type MatMulKernel, type ScatterKernel } from '../loops/kernel.ts';
import { type Place, whole } from '../loops/lens.ts';
import type { Pass } from '../loops/passes.ts';
import type { Operation } from '../operation.ts';
import { ModuleAssembler } from './assembler.ts';
import { ConstantPool } from './constants.ts';
import type { Context } from './context.ts';
import type { FunctionBody, Local, ValueType } from './function-body.ts';
import type { AddressOf } from './machine.ts';
import { panelRows, writePanels } from './matmul/product.ts';
import * as op from './opcode.ts';
import { type Parts, writerOf } from './parts.ts';
import type { Plan } from './plan.ts';
import { ScalarLaws } from './scalar-laws.ts';
import { stripOf } from './strips.ts';

/** The module that carries out a plan: a function for each pass, and one, `run`, that calls them in order. */
export class ProgramModule implements Context {
  readonly assembler: ModuleAssembler = new ModuleAssembler();
  readonly constants: ConstantPool = new ConstantPool();
  /** The laws that it calls through JavaScript. */
  readonly laws: ScalarLaws = new ScalarLaws();
  readonly addressOf: AddressOf;
  /** Functions of JavaScript that it calls. */
  readonly imports: WebAssembly.ModuleImports;
  readonly #plan: Plan;
  /** The kernels that may refuse an index. */
  readonly #refusing: (GatherKernel | ScatterKernel)[] = [];
  readonly #refuse: number;
  readonly #law: number;
  readonly #shared = new Map<string, number>();

  /** @param addressOf  where places lie, if not where they were laid out */
  constructor(plan: Plan, addressOf: AddressOf = plan.layout.addressOf) {
    this.#plan = plan;
    this.addressOf = addressOf;
    this.imports = {
      refuse: (at: number, index: number) => refuseIndex(this.#refusing[at]!, index),
      law: this.laws.run,
    };
    this.#refuse = this.assembler.import('refuse', ['i32', 'i32']);
    this.#law = this.assembler.import('law', ['i32', 'f64', 'f64', 'f64'], ['f64']);
  }

  /** Writes everything. */
  write(): this {
    const { schedule, layout } = this.#plan;
    const run = this.assembler.function([], [], 'run');
    for (const pass of schedule.passes) this.#writePass(run, pass);
    for (const { from, to } of layout.copies) this.#writePass(run, copyOf(from, to));
    return this;
  }

  /** Writes the functions of a pass, and their calls. */
  #writePass(run: FunctionBody, pass: Pass): void {
    const { rows, parts } = pass;
    const { relaxed } = this;
    const written: number[] = [];
    for (const { kernel } of parts) {
      const packed = this.packedPlace(kernel);
      if (packed) {
        const product = kernel as MatMulKernel;
        const panels = this.#overRows();
        writePanels(panels, this, product, packed, rows);
        this.callOver(run, panels.index, panelRows(product, relaxed, rows), product);
      }
      const f = this.#overRows();
      writerOf(this.parts, kernel)(f, this, kernel, rows);
      written.push(f.index);
    }
    const strip = stripOf(pass, relaxed);
    let whole = written[0]!;
    if (strip < rows || written.length > 1) {
      const strips = this.#overRows();
      writeStrips(strips, strip, written);
      whole = strips.index;
    }
    this.callOver(run, whole, rows, pass);
  }

  /** Calls a function over all rows of a pass, or of the copying of a product's second matrix. */
  protected callOver(run: FunctionBody, index: number, rows: number, _work: Pass | MatMulKernel): void {
    run.i32(0).i32(rows).call(index);
  }

  /** A function of the rows that it carries out, from its first parameter up to below its second. */
  #overRows(): FunctionBody {
    return this.assembler.function(['i32', 'i32']);
  }

  get relaxed(): boolean {
    return this.#plan.relaxed;
  }

  get parts(): Parts {
    return this.#plan.parts;
  }

  packedPlace(kernel: Kernel): Place | undefined {
    return this.#plan.packed.get(kernel);
  }

  constant(f: FunctionBody, type: 'f32' | 'f64' | 'i32', value: number): void {
    this.constants.write(f, type, value);
  }

  scalarLaw(f: FunctionBody, operation: Operation, dtype: DType, operands: () => void): void {
    this.laws.write(f, this.#law, operation, dtype, operands);
  }

  refuse(f: FunctionBody, kernel: GatherKernel | ScatterKernel, index: Local): void {
    f.i32(this.#refusing.push(kernel) - 1)
      .get(index)
      .call(this.#refuse);
  }

  once(
    key: string,
    parameters: readonly ValueType[],
    results: readonly ValueType[],
    write: (f: FunctionBody) => void,
  ): number {
    const known = this.#shared.get(key);
    if (known !== undefined) return known;
    const f = this.assembler.function(parameters, results);
    this.#shared.set(key, f.index);
    write(f);
    return f.index;
  }
}

/** A pass that copies a place to another. */
function copyOf(from: Place, to: Place): Pass {
  const shape = [from.size];
  const copy = mapped(whole(to, shape), shape, { kind: 'reading', dtype: from.dtype, lens: whole(from, shape) });
  return { rows: copy.rows, parts: [copy] };
}

/** Carries the parts of a pass out one after the other for each strip of rows. */
function writeStrips(f: FunctionBody, strip: number, parts: readonly number[]): void {
  const begin = f.parameters[0]!;
  const end = f.parameters[1]!;
  const until = f.local('i32');
  f.loop().get(begin).plus(strip).tee(until).get(end).get(until).get(end).do(op.i32_lt_s).do(op.select).set(until);
  for (const part of parts) f.get(begin).get(until).call(part);
  f.get(until).tee(begin).get(end).do(op.i32_lt_s).again();
}

function refuseIndex({ operation, axis, length }: GatherKernel | ScatterKernel, index: number): never {
  throw new ShapeError(
    `${operation.name}: an index is ${index}, but axis ${axis} has places 0 … ${length - 1}. ` +
      `Check the indices against the length of that axis; without compile the error says where it is.`,
  );
}
