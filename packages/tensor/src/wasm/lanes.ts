import { type DType, promote } from '../dtype.ts';
import type { Expression, Law, Reading } from '../loops/kernel.ts';
import type { FunctionBody } from './assembler.ts';
import type { Context } from './context.ts';
import { Formula } from './math/formula.ts';
import { knownPower } from './math/pow.ts';
import type { Instruction } from './opcode.ts';

/** What four lanes hold: float32, int32, or bool as all ones and all zeros. */
type LaneType = Exclude<DType, 'float64'>;

const float: Readonly<Record<string, readonly Instruction[]>> = {
  add: ['f32x4.add'],
  sub: ['f32x4.sub'],
  mul: ['f32x4.mul'],
  div: ['f32x4.div'],
  neg: ['f32x4.neg'],
  abs: ['f32x4.abs'],
  sqrt: ['f32x4.sqrt'],
  floor: ['f32x4.floor'],
  ceil: ['f32x4.ceil'],
  round: ['f32x4.nearest'],
  maximum: ['f32x4.max'],
  minimum: ['f32x4.min'],
  equal: ['f32x4.eq'],
  notEqual: ['f32x4.ne'],
  less: ['f32x4.lt'],
  lessEqual: ['f32x4.le'],
  greater: ['f32x4.gt'],
  greaterEqual: ['f32x4.ge'],
};

const integer: Readonly<Record<string, readonly Instruction[]>> = {
  add: ['i32x4.add'],
  sub: ['i32x4.sub'],
  mul: ['i32x4.mul'],
  neg: ['i32x4.neg'],
  abs: ['i32x4.abs'],
  floor: [],
  ceil: [],
  round: [],
  maximum: ['i32x4.max_s'],
  minimum: ['i32x4.min_s'],
  equal: ['i32x4.eq'],
  notEqual: ['i32x4.ne'],
  less: ['i32x4.lt_s'],
  lessEqual: ['i32x4.le_s'],
  greater: ['i32x4.gt_s'],
  greaterEqual: ['i32x4.ge_s'],
};

const logical: Readonly<Record<string, readonly Instruction[]>> = {
  logicalAnd: ['v128.and'],
  logicalOr: ['v128.or'],
  logicalXor: ['v128.xor'],
  logicalNot: ['v128.not'],
  equal: ['v128.xor', 'v128.not'],
  notEqual: ['v128.xor'],
  maximum: ['v128.or'],
  minimum: ['v128.and'],
};

const comparisons: ReadonlySet<string> = new Set(['equal', 'notEqual', 'less', 'lessEqual', 'greater', 'greaterEqual']);

/** Puts what lies in memory as a word on the stack as lanes: booleans become masks. */
export function toLanes(f: FunctionBody, context: Context, dtype: DType): void {
  if (dtype !== 'bool') return;
  context.constant(f, 'i32', 0);
  f.do('i32x4.ne');
}

/** The way back: masks become words of 0 and 1. */
export function toWords(f: FunctionBody, dtype: DType): void {
  if (dtype === 'bool') f.i32(31).do('i32x4.shr_u');
}

/** Converts the lanes on the stack. */
function convert(f: FunctionBody, context: Context, from: LaneType, to: LaneType): void {
  if (from === to) return;
  if (to === 'bool') {
    context.constant(f, 'i32', 0);
    f.do(from === 'float32' ? 'f32x4.ne' : 'i32x4.ne');
  } else if (from === 'bool') {
    context.constant(f, to === 'float32' ? 'f32' : 'i32', 1);
    f.do('v128.and');
  } else f.do(to === 'float32' ? 'f32x4.convert_i32x4_s' : 'i32x4.trunc_sat_f32x4_s');
}

/**
 * Writes an expression on four lanes; its value is left on the stack.
 *
 * @param load  puts the lanes of a reading on the stack, booleans as masks
 */
export function writeLanes(
  f: FunctionBody,
  context: Context,
  value: Expression,
  load: (reading: Reading) => void,
): void {
  if (value.kind === 'reading') {
    if (value.constant === undefined || value.dtype === 'bool') load(value);
    else context.constant(f, value.dtype === 'float32' ? 'f32' : 'i32', value.constant);
    return;
  }
  const { operation, inputs } = value;
  const { name } = operation;
  const dtype = value.dtype as LaneType;
  /** Puts an input on the stack, converted. */
  const put = (at: number, to: LaneType): void => {
    writeLanes(f, context, inputs[at]!, load);
    convert(f, context, inputs[at]!.dtype as LaneType, to);
  };

  if (name === 'cast') return put(0, dtype);
  if (name === 'where') {
    put(1, dtype);
    put(2, dtype);
    put(0, 'bool');
    f.do('v128.bitselect');
    return;
  }
  if (name === 'clip' && dtype !== 'bool') {
    put(0, dtype);
    put(1, dtype);
    f.do(dtype === 'float32' ? 'f32x4.max' : 'i32x4.max_s');
    put(2, dtype);
    f.do(dtype === 'float32' ? 'f32x4.min' : 'i32x4.min_s');
    return;
  }
  if (name === 'sign') return writeSign(f, context, dtype, () => put(0, dtype));
  if (dtype === 'float32' && writeMultiplyAdd(f, context, value, put, load)) return;
  // The plain choice between two numbers is one instruction; it keeps a NaN on the left, and none can be on the right.
  const right = inputs[1];
  if (
    (name === 'maximum' || name === 'minimum') &&
    dtype === 'float32' &&
    right?.kind === 'reading' &&
    right.constant !== undefined &&
    !Number.isNaN(right.constant)
  ) {
    put(0, 'float32');
    put(1, 'float32');
    f.do(name === 'maximum' ? 'f32x4.pmax' : 'f32x4.pmin');
    return;
  }
  const worked = workedIn(value);
  const table = worked === 'float32' ? float : worked === 'int32' ? integer : logical;
  const instructions = table[name];
  if (instructions) {
    inputs.forEach((_, at) => put(at, worked));
    f.do(...instructions);
    return;
  }
  if (dtype === 'float32') {
    const exponent = name === 'pow' && right?.kind === 'reading' ? right.constant : undefined;
    const known = exponent === undefined ? undefined : knownPower(exponent);
    if (known) {
      put(0, 'float32');
      const formula = new Formula(f, context);
      const base = formula.keep();
      f.get(known(formula, base));
      return;
    }
    const index = context.vectorFunction(operation);
    if (index !== undefined) {
      inputs.forEach((_, at) => put(at, 'float32'));
      f.call(index);
      return;
    }
  }
  writeLaneByLane(f, context, value, (at) =>
    put(at, inputs[at]!.dtype === 'bool' ? 'int32' : (inputs[at]!.dtype as LaneType)),
  );
}

/** The type of lane that a law works in: that of its result, or where the answer is yes or no, that of its inputs. */
function workedIn({ operation, inputs, dtype }: Law): LaneType {
  if (dtype !== 'bool') return dtype as LaneType;
  return comparisons.has(operation.name) ? (inputs.map((input) => input.dtype).reduce(promote) as LaneType) : 'bool';
}

/** a·b + c in one instruction, where the engine has it. */
function writeMultiplyAdd(
  f: FunctionBody,
  context: Context,
  { operation, inputs }: Law,
  put: (at: number, to: LaneType) => void,
  load: (reading: Reading) => void,
): boolean {
  if (!context.relaxed || (operation.name !== 'add' && operation.name !== 'sub')) return false;
  const isProduct = (at: number): boolean => {
    const input = inputs[at]!;
    return input.kind === 'law' && input.operation.name === 'mul' && input.dtype === 'float32';
  };
  // a·b + c, c + a·b and c − a·b
  const product = isProduct(1) ? 1 : operation.name === 'add' && isProduct(0) ? 0 : -1;
  if (product < 0) return false;
  const factors = (inputs[product] as Law).inputs;
  for (const factor of factors) {
    writeLanes(f, context, factor, load);
    convert(f, context, factor.dtype as LaneType, 'float32');
  }
  put(1 - product, 'float32');
  f.do(operation.name === 'add' ? 'f32x4.relaxed_madd' : 'f32x4.relaxed_nmadd');
  return true;
}

/** 1 or −1 by the sign of a; 0 and NaN stay as they are. */
function writeSign(f: FunctionBody, context: Context, dtype: LaneType, put: () => void): void {
  const a = f.local('v128');
  const [type, greater, less] =
    dtype === 'float32' ? (['f32', 'f32x4.gt', 'f32x4.lt'] as const) : (['i32', 'i32x4.gt_s', 'i32x4.lt_s'] as const);
  const chooseWhere = (compare: Instruction): void => {
    f.get(a);
    context.constant(f, type, 0);
    f.do(compare, 'v128.bitselect');
  };
  put();
  f.set(a);
  // bitselect takes what is chosen, what is not, and the mask
  context.constant(f, type, 1);
  context.constant(f, type, -1);
  f.get(a);
  chooseWhere(less);
  chooseWhere(greater);
  f.release(a);
}

/** Laws without vector instructions: each lane goes through JavaScript, as doubles. */
function writeLaneByLane(
  f: FunctionBody,
  context: Context,
  { operation, inputs, dtype }: Law,
  put: (at: number) => void,
): void {
  const operands = inputs.map((_, at) => {
    const local = f.local('v128');
    put(at);
    f.set(local);
    return local;
  });
  const law = context.scalarLaw(operation, dtype);
  const lanes = [0, 1, 2, 3].map((lane) => {
    operands.forEach((local, at) => {
      const whole = inputs[at]!.dtype !== 'float32';
      f.get(local)
        .extract(whole ? 'i32x4' : 'f32x4', lane)
        .do(whole ? 'f64.convert_i32_s' : 'f64.promote_f32');
    });
    f.call(law);
    const result = f.local('f64');
    f.set(result);
    return result;
  });
  lanes.forEach((result, lane) => {
    f.get(result);
    if (dtype === 'float32') {
      f.do('f32.demote_f64');
      if (lane === 0) f.do('f32x4.splat');
      else f.replace('f32x4', lane);
    } else {
      f.do('i32.trunc_sat_f64_s');
      if (lane === 0) f.do('i32x4.splat');
      else f.replace('i32x4', lane);
    }
  });
  if (dtype === 'bool') {
    context.constant(f, 'i32', 0);
    f.do('i32x4.ne');
  }
  f.release(...operands, ...lanes);
}
