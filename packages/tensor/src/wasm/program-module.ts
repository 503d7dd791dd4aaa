import { ShapeError } from '../error.ts';
import { type GatherKernel, mapped, type MatMulKernel, type ScatterKernel, type Touched } from '../loops/kernel.ts';
import { type Place, whole } from '../loops/lens.ts';
import type { Pass } from '../loops/passes.ts';
import { ModuleAssembler } from './assembler.ts';
import { ConstantPool } from './constants.ts';
import type { Context } from './context.ts';
import type { FunctionBody } from './function-body.ts';
import { writerOf } from './kernels.ts';
import type { AddressOf } from './machine.ts';
import { copiesInto } from './matmul/panels.ts';
import * as op from './opcode.ts';
import type { Plan } from './plan.ts';
import type { ScalarLaws } from './scalar-laws.ts';
import { stripOf } from './strips.ts';
import { f64, i32 } from './value-type.ts';

/** A module that is written, and what it needs to run. */
export interface ProgramModule {
  readonly assembler: ModuleAssembler;
  readonly constants: ConstantPool;
  /** The laws that it calls through JavaScript. */
  readonly laws: ScalarLaws;
  /** Functions of JavaScript that it calls. */
  readonly imports: WebAssembly.ModuleImports;
}

/** Writes the call of a function over all rows of a pass. */
export type CallOver = (run: FunctionBody, index: number, pass: Pass) => void;

const callOver: CallOver = (run, index, { rows }) => {
  run.i32(0).i32(rows).call(index);
};

/**
 * The module that carries out a plan: a function for each pass, and one, `run`, that calls them in order.
 *
 * @param addressOf  where places lie, if not where they were laid out
 * @param callIn     how a module calls functions over rows, if not over all at once
 */
export function programModule(
  plan: Plan,
  addressOf: AddressOf = plan.layout.addressOf,
  callIn: (assembler: ModuleAssembler) => CallOver = () => callOver,
): ProgramModule {
  const { schedule, layout, packed, relaxed } = plan;
  const assembler = new ModuleAssembler();
  const constants = new ConstantPool();
  const refusing: (GatherKernel | ScatterKernel)[] = [];
  const shared = new Map<string, number>();
  const refuse = assembler.import('refuse', [i32, i32]);
  const laws: ScalarLaws = { index: assembler.import('law', [i32, f64, f64, f64], [f64]), names: [], laws: [] };
  const imports = {
    refuse: (at: number, index: number) => refuseIndex(refusing[at]!, index),
    law: (at: number, a: number, b: number, c: number) => laws.laws[at]!(a, b, c),
  };
  const call = callIn(assembler);
  const context: Context = {
    relaxed,
    packed,
    addressOf,
    constants,
    laws,
    refuse(f, kernel, index) {
      f.i32(refusing.push(kernel) - 1)
        .get(index)
        .call(refuse);
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
  /** A function of the rows that it carries out, from its first parameter up to below its second. */
  const overRows = (write: (f: FunctionBody) => void): number => {
    const f = assembler.function([i32, i32]);
    write(f);
    return f.index;
  };
  const writePass = (pass: Pass): void => {
    const { rows } = pass;
    const written = pass.parts.map(({ kernel }) => {
      const panels = packed.get(kernel);
      if (panels) {
        for (const copy of copiesInto(panels, kernel as MatMulKernel, relaxed)) writePass(passOf(copy));
      }
      return overRows((f) => writerOf(kernel)(f, context, kernel, rows));
    });
    const strip = stripOf(pass, relaxed);
    const whole = strip >= rows && written.length === 1;
    call(run, whole ? written[0]! : overRows((f) => writeStrips(f, strip, written)), pass);
  };
  for (const pass of schedule.passes) writePass(pass);
  for (const { from, to } of layout.copies) writePass(passOf(copyOf(from, to)));
  const left = run.parameters[0]!;
  run.move(left, -1).get(left).again();
  return { assembler, constants, laws, imports };
}

/** A kernel alone as a pass. */
function passOf(part: Touched): Pass {
  return { rows: part.rows, parts: [part] };
}

/** The copying of a place to another. */
function copyOf(from: Place, to: Place): Touched {
  const shape = [from.size];
  return mapped(whole(to, shape), shape, { kind: 'reading', dtype: from.dtype, lens: whole(from, shape) });
}

/** Carries the parts of a pass out one after the other for each strip of rows. */
function writeStrips(f: FunctionBody, strip: number, parts: readonly number[]): void {
  const begin = f.parameters[0]!;
  const end = f.parameters[1]!;
  const until = f.local(i32);
  f.loop().get(begin).plus(strip).tee(until).get(end).do(op.i32_lt_s, until, end).do(op.select).set(until);
  for (const part of parts) f.get(begin).get(until).call(part);
  f.get(until).tee(begin).do(op.i32_lt_s, end).again();
}

function refuseIndex({ operation, axis, length }: GatherKernel | ScatterKernel, index: number): never {
  throw new ShapeError(
    `${operation.name}: an index is ${index}, but axis ${axis} has places 0 … ${length - 1}. ` +
      `Check x.shape; without compile the error says where.`,
  );
}
