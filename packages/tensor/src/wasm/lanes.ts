import { type DType, promote } from '../dtype.ts';
import type { Expression, Law, Reading } from '../loops/kernel.ts';
import type { Context } from './context.ts';
import type { FunctionBody } from './function-body.ts';
import { comparisons, type Held, instructions, onBool, onFloat32, onInt32 } from './laws.ts';
import { Formula } from './math/formula.ts';
import { knownPower } from './math/pow.ts';
import * as op from './opcode.ts';

/** What four lanes hold: float32, int32, or bool as all ones and all zeros. */
type LaneType = Exclude<DType, 'float64'>;

const held: Readonly<Record<LaneType, Held>> = { float32: onFloat32, int32: onInt32, bool: onBool };

/** Puts what lies in memory as a word on the stack as lanes: booleans become masks. */
export function toLanes(f: FunctionBody, context: Context, dtype: DType): void {
  if (dtype !== 'bool') return;
  context.constant(f, 'i32', 0);
  f.do(op.i32x4_ne);
}

/** The way back: masks become words of 0 and 1. */
export function toWords(f: FunctionBody, dtype: DType): void {
  if (dtype === 'bool') f.i32(31).do(op.i32x4_shr_u);
}

/** Converts the lanes on the stack. */
function convert(f: FunctionBody, context: Context, from: LaneType, to: LaneType): void {
  if (from === to) return;
  if (to === 'bool') {
    context.constant(f, 'i32', 0);
    f.do(from === 'float32' ? op.f32x4_ne : op.i32x4_ne);
  } else if (from === 'bool') {
    context.constant(f, to === 'float32' ? 'f32' : 'i32', 1);
    f.do(op.v128_and);
  } else f.do(to === 'float32' ? op.f32x4_convert_i32x4_s : op.i32x4_trunc_sat_f32x4_s);
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
  if (value.kind === 'reading') return load(value);
  if (value.kind === 'constant') {
    if (value.dtype === 'float32') context.constant(f, 'f32', value.value);
    else context.constant(f, 'i32', value.dtype === 'bool' ? -value.value : value.value);
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
    f.do(op.v128_bitselect);
    return;
  }
  if (name === 'clip' && dtype !== 'bool') {
    put(0, dtype);
    put(1, dtype);
    f.do(dtype === 'float32' ? op.f32x4_max : op.i32x4_max_s);
    put(2, dtype);
    f.do(dtype === 'float32' ? op.f32x4_min : op.i32x4_min_s);
    return;
  }
  if (name === 'sign') return writeSign(f, context, dtype, () => put(0, dtype));
  if (dtype === 'float32' && writeMultiplyAdd(f, context, value, put, load)) return;
  // The plain choice between two numbers is one instruction; it keeps a NaN on the left, and none can be on the right.
  const right = inputs[1];
  if (
    (name === 'maximum' || name === 'minimum') &&
    dtype === 'float32' &&
    right?.kind === 'constant' &&
    !Number.isNaN(right.value)
  ) {
    put(0, 'float32');
    put(1, 'float32');
    f.do(name === 'maximum' ? op.f32x4_pmax : op.f32x4_pmin);
    return;
  }
  const worked = workedIn(value);
  const instruction = instructions[name]?.[held[worked]];
  if (instruction) {
    for (let at = 0; at < inputs.length; at++) put(at, worked);
    f.do(instruction);
    return;
  }
  if (dtype === 'float32') {
    const exponent = name === 'pow' && right?.kind === 'constant' ? right.value : undefined;
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
  f.do(operation.name === 'add' ? op.f32x4_relaxed_madd : op.f32x4_relaxed_nmadd);
  return true;
}

/** 1 or −1 by the sign of a; 0 and NaN stay as they are. */
function writeSign(f: FunctionBody, context: Context, dtype: LaneType, put: () => void): void {
  const a = f.local('v128');
  const [type, greater, less] =
    dtype === 'float32'
      ? (['f32', op.f32x4_gt, op.f32x4_lt] as const)
      : (['i32', op.i32x4_gt_s, op.i32x4_lt_s] as const);
  const chooseWhere = (compare: number): void => {
    f.get(a);
    context.constant(f, type, 0);
    f.do(compare).do(op.v128_bitselect);
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
  const lanes = [0, 1, 2, 3].map((lane) => {
    context.scalarLaw(f, operation, dtype, () =>
      operands.forEach((local, at) => {
        const whole = inputs[at]!.dtype !== 'float32';
        f.get(local)
          .lane(whole ? op.i32x4_extract_lane : op.f32x4_extract_lane, lane)
          .do(whole ? op.f64_convert_i32_s : op.f64_promote_f32);
      }),
    );
    const result = f.local('f64');
    f.set(result);
    return result;
  });
  lanes.forEach((result, lane) => {
    f.get(result);
    if (dtype === 'float32') {
      f.do(op.f32_demote_f64);
      if (lane === 0) f.do(op.f32x4_splat);
      else f.lane(op.f32x4_replace_lane, lane);
    } else {
      f.do(op.i32_trunc_sat_f64_s);
      if (lane === 0) f.do(op.i32x4_splat);
      else f.lane(op.i32x4_replace_lane, lane);
    }
  });
  if (dtype === 'bool') {
    context.constant(f, 'i32', 0);
    f.do(op.i32x4_ne);
  }
  f.release(...operands, ...lanes);
}
