import type { TypedArray } from '../dtype.ts';
import { ShapeError } from '../errors.ts';
import type { FusionGroup } from '../loops/group.ts';
import {
  type Buffer,
  type CheckKernel,
  type GatherKernel,
  mapped,
  type MatrixKernel,
  type ScatterKernel,
  type ScheduledKernel,
  type StoredValue,
  whole,
} from '../loops/ir.ts';

import { refuseFirstFalse } from '../reference/check.ts';
import type { Numbers } from '../reference/kernel.ts';
import type { FunctionBody } from './assembler/function-body.ts';
import { ModuleAssembler } from './assembler/module.ts';
import * as op from './assembler/opcode.ts';
import { f64, i32 } from './assembler/opcode.ts';
import { ConstantPool, type Context, type RefusingKernel } from './context.ts';
import type { AddressOf } from './instance.ts';
import { type JsCalls, type JsFunction, jsFunctionOf } from './js-calls.ts';
import { writerOf } from './kernels.ts';
import type { WriteFormula } from './math/vector.ts';
import { type Plan, rowBlockOf } from './plan.ts';

/** The elements of a buffer, as a view of the memory. */
type NumbersOf = (buffer: Buffer) => TypedArray;

/** An assembled module and its imports. */
export interface ProgramModule {
  readonly assembler: ModuleAssembler;
  readonly constants: ConstantPool;
  /** The operations that it calls in JavaScript. */
  readonly jsCalls: JsCalls;
  /**
   * The JavaScript functions that it imports.
   *
   * @param numbersOf  returns the elements of a buffer, for error messages
   */
  imports(numbersOf: NumbersOf): WebAssembly.ModuleImports;
}

/** Writes the call of a function over all rows of a group. */
export type CallOver = (run: FunctionBody, index: number, group: FusionGroup) => void;

const callOver: CallOver = (run, index, { rows }) => {
  run.i32(0).i32(rows).call(index);
};

/**
 * The module of a plan: a function for each fusion group, and `run`, which calls them in order.
 *
 * @param addressOf  the addresses of buffers, by default those of the plan
 * @param callIn     how the module calls a function over rows, by default over all rows at once
 */
export function programModule(
  plan: Plan,
  addressOf: AddressOf = plan.memoryPlan.addressOf,
  callIn: (assembler: ModuleAssembler) => CallOver = () => callOver,
): ProgramModule {
  const { schedule, memoryPlan, relaxed } = plan;
  const assembler = new ModuleAssembler();
  const constants = new ConstantPool();
  const refusing: RefusingKernel[] = [];
  const matrices: MatrixKernel[] = [];
  const shared = new Map<WriteFormula | string, number>();
  const refuse = assembler.import('refuse', [i32, i32]);
  const jsCalls: JsCalls = { index: assembler.import('callJs', [i32, f64, f64, f64], [f64]), calls: [] };
  const matrix = assembler.import('computeMatrix', [i32]);
  const jsFunctions: JsFunction[] = [];
  const imports = (numbersOf: NumbersOf): WebAssembly.ModuleImports => ({
    refuse(at: number, index: number) {
      const kernel = refusing[at]!;
      if (kernel.kind === 'check') refuseValues(kernel, numbersOf);
      else refuseIndex(kernel, index);
    },
    computeMatrix: (at: number) => computeMatrix(matrices[at]!, numbersOf),
    callJs: (at: number, a: number, b: number, c: number) =>
      (jsFunctions[at] ??= jsFunctionOf(jsCalls.calls[at]!))(a, b, c),
  });
  const call = callIn(assembler);
  const context: Context = {
    relaxed,
    addressOf,
    constants,
    jsCalls,
    refuse(f, kernel, index) {
      f.i32(refusing.push(kernel) - 1)
        .get(index)
        .call(refuse);
    },
    computeMatrix: (f, kernel) => f.i32(matrices.push(kernel) - 1).call(matrix),
    runGroup: (f, group) => writeGroup(f, group),
    copyCarried(f, kernel) {
      for (const { from, to } of memoryPlan.copiesIn(kernel)!) writeGroup(f, groupOf(copyOf(from, to)));
    },
    once(key, parameters, results, write) {
      const known = shared.get(key);
      if (known !== undefined) return known;
      const f = assembler.function(parameters, results);
      shared.set(key, f.index);
      write(f);
      return f.index;
    },
  };
  const run = assembler.function([i32], [], 'run').loop();
  /** A function with two parameters that runs the rows `begin` … `end` − 1. */
  const overRows = (write: (f: FunctionBody) => void): number => {
    const f = assembler.function([i32, i32]);
    write(f);
    return f.index;
  };
  const writeGroup = (caller: FunctionBody, group: FusionGroup): void => {
    const { rows } = group;
    const written = group.parts.map(({ kernel }) => overRows((f) => writerOf(kernel)(f, context, kernel, rows)));
    const rowBlock = rowBlockOf(group, relaxed);
    const whole = rowBlock >= rows && written.length === 1;
    call(caller, whole ? written[0]! : overRows((f) => writeRowBlocks(f, rowBlock, written)), group);
  };
  for (const group of schedule.groups) writeGroup(run, group);
  for (const { from, to } of memoryPlan.copies) writeGroup(run, groupOf(copyOf(from, to)));
  const left = run.parameters[0]!;
  run.move(left, -1).get(left).again();
  return { assembler, constants, jsCalls, imports };
}

/** A fusion group of one kernel. */
function groupOf(part: ScheduledKernel): FusionGroup {
  return { rows: part.rows, parts: [part] };
}

/** A kernel that copies a buffer to another. */
function copyOf(from: Buffer, to: Buffer): ScheduledKernel {
  const shape = [from.size];
  return mapped(whole(to, shape), shape, { kind: 'load', dtype: from.dtype, view: whole(from, shape) });
}

/** Writes a loop over row blocks that runs the kernels of a group one after the other in each block. */
function writeRowBlocks(f: FunctionBody, rowBlock: number, parts: readonly number[]): void {
  const begin = f.parameters[0]!;
  const end = f.parameters[1]!;
  const until = f.local(i32);
  f.loop().get(begin).plus(rowBlock).tee(until).get(end).do(op.i32_lt_s, until, end).do(op.select).set(until);
  for (const part of parts) f.get(begin).get(until).call(part);
  f.get(until).tee(begin).do(op.i32_lt_s, end).again();
}

/** Throws the error of a check that failed, from the numbers in memory. */
function refuseValues({ settings, condition, shape, values }: CheckKernel, numbersOf: NumbersOf): void {
  refuseFirstFalse(
    settings,
    seen({ view: condition, shape }, numbersOf),
    values.map((value) => seen(value, numbersOf)),
  );
}

/** A value in memory, as the reference reads it. */
function seen({ view: { buffer, strides, offset }, shape }: StoredValue, numbersOf: NumbersOf): Numbers {
  return { array: numbersOf(buffer), strides, offset, shape, dtype: buffer.dtype };
}

/** Computes a function of matrices by its reference kernel. */
function computeMatrix({ operation, inputs, settings, shape, to }: MatrixKernel, numbersOf: NumbersOf): void {
  const values = inputs.map((input) => seen(input, numbersOf));
  numbersOf(to).set(operation.forward(operation, values, settings, shape, to.dtype).array);
}

function refuseIndex({ operation, axis, length }: GatherKernel | ScatterKernel, index: number): never {
  throw new ShapeError(
    `${operation.name}: index ${index} is out of bounds for axis ${axis} with size ${length}. ` +
      `Check x.shape; without compile the error says where.`,
  );
}
