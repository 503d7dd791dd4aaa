import type { DType } from '../dtype.ts';
import { ShapeError } from '../error.ts';
import type { Schedule } from '../loops/fuse.ts';
import { type Kernel, type MapKernel, touched } from '../loops/kernel.ts';
import { type Place, whole } from '../loops/lens.ts';
import { type Layout, layOut } from '../loops/memory.ts';
import type { Pass } from '../loops/passes.ts';
import type { Operation } from '../operation.ts';
import type { Program } from '../program.ts';
import { ModuleAssembler } from './assembler.ts';
import { ConstantPool } from './constants.ts';
import { type Context, widthOf } from './context.ts';
import type { FunctionBody, ValueType } from './function-body.ts';
import { writeGather } from './gather.ts';
import { writeMap } from './map.ts';
import { packedPlace } from './matmul/panels.ts';
import { writeMatMul, writePanels } from './matmul/product.ts';
import * as op from './opcode.ts';
import { writeRandom } from './random.ts';
import { writeReduce } from './reduce.ts';
import { ScalarLaws } from './scalar-laws.ts';
import { writeScatter } from './scatter.ts';
import { writeSearch } from './search.ts';
import { stripOf } from './strips.ts';

/** The module that carries out a schedule: a function for each pass, and one, `run`, that calls them in order. */
export class ProgramModule implements Context {
  readonly assembler: ModuleAssembler = new ModuleAssembler();
  readonly constants: ConstantPool = new ConstantPool();
  readonly relaxed: boolean;
  readonly layout: Layout;
  /** Functions of JavaScript that the module calls. */
  readonly imports: WebAssembly.ModuleImports;
  readonly refuse: number;
  readonly #law: number;
  readonly #laws = new ScalarLaws();
  readonly #passes: readonly Pass[];
  readonly #kernels: readonly Kernel[];
  /** Where products copy their second matrices to. */
  readonly #packed = new Map<Kernel, Place>();
  readonly #shared = new Map<string, number>();

  constructor(schedule: Schedule, program: Program, relaxed: boolean) {
    this.relaxed = relaxed;
    this.#passes = schedule.passes;
    this.#kernels = schedule.passes.flatMap(({ parts }) => parts.map(({ kernel }) => kernel));
    for (const kernel of this.#kernels) {
      const place = kernel.kind === 'matmul' ? packedPlace(kernel, relaxed) : undefined;
      if (place) this.#packed.set(kernel, place);
    }
    this.layout = layOut(
      schedule,
      program,
      this.constants.bytes,
      ({ size, dtype }) => size * widthOf(dtype),
      (kernel) => this.#packed.get(kernel),
    );
    this.imports = {
      refuse: (kernel: number, index: number) => refuseIndex(this.#kernels[kernel]!, index),
      law: this.#laws.run,
    };
    this.refuse = this.assembler.import('refuse', ['i32', 'i32']);
    this.#law = this.assembler.import('law', ['i32', 'f64', 'f64', 'f64'], ['f64']);
  }

  /** Writes everything. */
  write(): void {
    const run = this.assembler.function([], [], 'run');
    for (const pass of this.#passes) this.#writePass(run, pass);
    for (const { from, to } of this.layout.copies) {
      const copy = touched(copyOf(from, to));
      this.#writePass(run, { rows: copy.rows, parts: [copy] });
    }
  }

  /** Writes the functions of a pass, and their calls. */
  #writePass(run: FunctionBody, pass: Pass): void {
    const { rows, parts } = pass;
    const written: number[] = [];
    for (const { kernel } of parts) {
      const packed = this.#packed.get(kernel);
      if (packed && kernel.kind === 'matmul') {
        const panels = this.#overRows();
        writePanels(panels, this, kernel, packed, rows);
        run.i32(0).i32(rows).call(panels.index);
      }
      const f = this.#overRows();
      this.#writeKernel(f, kernel, rows);
      written.push(f.index);
    }
    const strip = stripOf(pass, this.relaxed);
    run.i32(0).i32(rows);
    if (strip >= rows && written.length === 1) run.call(written[0]!);
    else {
      const strips = this.#overRows();
      writeStrips(strips, strip, written);
      run.call(strips.index);
    }
  }

  /** A function of the rows that it carries out, from its first parameter up to below its second. */
  #overRows(): FunctionBody {
    return this.assembler.function(['i32', 'i32']);
  }

  #writeKernel(f: FunctionBody, kernel: Kernel, rows: number): void {
    switch (kernel.kind) {
      case 'map':
        return writeMap(f, this, kernel, rows);
      case 'reduce':
        return writeReduce(f, this, kernel, rows);
      case 'search':
        return writeSearch(f, this, kernel, rows);
      case 'matmul':
        return writeMatMul(f, this, kernel, rows, this.#packed.get(kernel));
      case 'gather':
        return writeGather(f, this, kernel, rows, this.#kernels.indexOf(kernel));
      case 'scatter':
        return writeScatter(f, this, kernel, rows, this.#kernels.indexOf(kernel));
      case 'random':
        return writeRandom(f, this, kernel);
    }
  }

  addressOf(place: Place): number {
    return this.layout.addressOf(place);
  }

  constant(f: FunctionBody, type: 'f32' | 'f64' | 'i32', value: number): void {
    this.constants.write(f, type, value);
  }

  scalarLaw(f: FunctionBody, operation: Operation, dtype: DType, operands: () => void): void {
    this.#laws.write(f, this.#law, operation, dtype, operands);
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

function copyOf(from: Place, to: Place): MapKernel {
  const shape = [from.size];
  const value = { kind: 'reading', dtype: from.dtype, lens: whole(from, shape) } as const;
  return { kind: 'map', shape, stores: [{ to: whole(to, shape), value, reads: [value] }] };
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

function refuseIndex(kernel: Kernel, index: number): never {
  const { operation, axis, length } = kernel as Kernel & { kind: 'gather' };
  throw new ShapeError(
    `${operation.name}: an index is ${index}, but axis ${axis} has places 0 … ${length - 1}. ` +
      `Check the indices against the length of that axis; without compile the error says where it is.`,
  );
}
