import type { DType } from '../dtype.ts';
import { ShapeError } from '../error.ts';
import type { Schedule } from '../loops/fuse.ts';
import {
  type GatherKernel,
  type Kernel,
  mapped,
  type MatMulKernel,
  type ScatterKernel,
  type Touched,
} from '../loops/kernel.ts';
import { type Place, whole } from '../loops/lens.ts';
import { type Layout, layOut } from '../loops/memory.ts';
import type { Pass } from '../loops/passes.ts';
import type { Operation } from '../operation.ts';
import type { Program } from '../program.ts';
import { ModuleAssembler } from './assembler.ts';
import type { Threads } from './backend.ts';
import { ConstantPool } from './constants.ts';
import { type Context, widthOf } from './context.ts';
import type { FunctionBody, Local, ValueType } from './function-body.ts';
import type { AddressOf, Share } from './machine.ts';
import { packedPlace } from './matmul/panels.ts';
import { panelRows, writePanels } from './matmul/product.ts';
import * as op from './opcode.ts';
import { type Parts, writerOf } from './parts.ts';
import { ScalarLaws } from './scalar-laws.ts';
import { stripOf } from './strips.ts';

/** The module that carries out a schedule: a function for each pass, and one, `run`, that calls them in order. */
export class ProgramModule implements Context {
  readonly assembler: ModuleAssembler = new ModuleAssembler();
  readonly constants: ConstantPool;
  readonly relaxed: boolean;
  readonly parts: Parts;
  readonly layout: Layout;
  /** Functions of JavaScript that the module calls. */
  readonly imports: WebAssembly.ModuleImports;
  /** Loop N of those that threads share is the export `shareN`; `run` calls the import `share` with N. */
  readonly shares: Share[] = [];
  readonly #team: Threads | undefined;
  readonly #share: number;
  readonly #law: number;
  readonly #refuse: number;
  /** The laws that it calls through JavaScript. */
  readonly laws: ScalarLaws = new ScalarLaws();
  readonly #passes: readonly Pass[];
  readonly #kernels: readonly Kernel[];
  /** Where products copy their second matrices to. */
  readonly #packed: Map<Kernel, Place>;
  readonly #shared = new Map<string, number>();
  #addressOf!: AddressOf;

  /**
   * @param team   threads that share its passes
   * @param first  another module for the same program, whose memory this one works on, too
   */
  constructor(
    schedule: Schedule,
    program: Program,
    parts: Parts,
    relaxed: boolean,
    team?: Threads,
    first?: ProgramModule,
  ) {
    this.parts = parts;
    this.relaxed = relaxed;
    this.#team = team;
    this.#passes = schedule.passes;
    this.#kernels = schedule.passes.flatMap(({ parts }) => parts.map(({ kernel }) => kernel));
    this.constants = first?.constants ?? new ConstantPool();
    this.#packed = first ? first.#packed : packedPlaces(this.#kernels, relaxed);
    this.layout =
      first?.layout ??
      layOut(
        schedule,
        // Threads write what is carried beside the old values, so that these are whole should a worker be lost.
        team ? { ...program, carried: [] } : program,
        this.constants.bytes,
        ({ size, dtype }) => size * widthOf(dtype),
        (kernel) => this.#packed.get(kernel),
      );
    this.imports = {
      refuse: (kernel: number, index: number) => refuseIndex(this.#kernels[kernel]!, index),
      law: this.laws.run,
    };
    this.#refuse = this.assembler.import('refuse', ['i32', 'i32']);
    this.#law = this.assembler.import('law', ['i32', 'f64', 'f64', 'f64'], ['f64']);
    this.#share = team ? this.assembler.import('share', ['i32']) : 0;
  }

  /**
   * Writes everything.
   *
   * @param addressOf  where places lie, if not where they were laid out
   */
  write(addressOf: AddressOf = this.layout.addressOf): this {
    this.#addressOf = addressOf;
    const run = this.assembler.function([], [], 'run');
    for (const pass of this.#passes) this.#writePass(run, pass);
    for (const { from, to } of this.layout.copies) {
      const copy = copyOf(from, to);
      this.#writePass(run, { rows: copy.rows, parts: [copy] });
    }
    return this;
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
        const count = panelRows(kernel, this.relaxed, rows);
        this.#callOver(run, panels.index, count, this.#team?.panelsOf(kernel, count));
      }
      const f = this.#overRows();
      writerOf(this.parts, kernel)(f, this, kernel, rows);
      written.push(f.index);
    }
    const strip = stripOf(pass, this.relaxed);
    const portion = this.#team?.portionOf(pass, this.relaxed);
    if (strip >= rows && written.length === 1) this.#callOver(run, written[0]!, rows, portion);
    else {
      const strips = this.#overRows();
      writeStrips(strips, strip, written);
      this.#callOver(run, strips.index, rows, portion);
    }
  }

  /** Calls a function over all rows, or lets threads take portions of them. */
  #callOver(run: FunctionBody, index: number, rows: number, portion = rows): void {
    if (portion >= rows) {
      run.i32(0).i32(rows).call(index);
      return;
    }
    const at = this.shares.push({ rows, portion }) - 1;
    const f = this.assembler.function(['i32', 'i32'], [], `share${at}`);
    for (const parameter of f.parameters) f.get(parameter);
    f.call(index);
    run.i32(at).call(this.#share);
  }

  /** A function of the rows that it carries out, from its first parameter up to below its second. */
  #overRows(): FunctionBody {
    return this.assembler.function(['i32', 'i32']);
  }

  packedPlace(kernel: MatMulKernel): Place | undefined {
    return this.#packed.get(kernel);
  }

  refuse(f: FunctionBody, kernel: GatherKernel | ScatterKernel, index: Local): void {
    f.i32(this.#kernels.indexOf(kernel)).get(index).call(this.#refuse);
  }

  addressOf(place: Place): number {
    return this.#addressOf(place);
  }

  constant(f: FunctionBody, type: 'f32' | 'f64' | 'i32', value: number): void {
    this.constants.write(f, type, value);
  }

  scalarLaw(f: FunctionBody, operation: Operation, dtype: DType, operands: () => void): void {
    this.laws.write(f, this.#law, operation, dtype, operands);
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

/** Where products copy their second matrices to, if they do. */
function packedPlaces(kernels: readonly Kernel[], relaxed: boolean): Map<Kernel, Place> {
  const packed = new Map<Kernel, Place>();
  for (const kernel of kernels) {
    const place = kernel.kind === 'matmul' ? packedPlace(kernel, relaxed) : undefined;
    if (place) packed.set(kernel, place);
  }
  return packed;
}

function copyOf(from: Place, to: Place): Touched {
  const shape = [from.size];
  return mapped(whole(to, shape), shape, { kind: 'reading', dtype: from.dtype, lens: whole(from, shape) });
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
  const { operation, axis, length } = kernel as GatherKernel | ScatterKernel;
  throw new ShapeError(
    `${operation.name}: an index is ${index}, but axis ${axis} has places 0 … ${length - 1}. ` +
      `Check the indices against the length of that axis; without compile the error says where it is.`,
  );
}
