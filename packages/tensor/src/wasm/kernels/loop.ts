import { type Buffer, type LoopKernel, type StepPart, type StridedView, whole } from '../../loops/ir.ts';
import type { FunctionBody, Local } from '../assembler/function-body.ts';
import * as op from '../assembler/opcode.ts';
import { i32 } from '../assembler/opcode.ts';
import { type Context, widthOf } from '../context.ts';

/** Writes a loop that runs the kernels of a body once per step, and copies the parts of each step in and out. */
export function writeLoop(f: FunctionBody, context: Context, kernel: LoopKernel): void {
  const { length, reverse, body, carried, slices, stacks } = kernel;
  const bytesOf = ({ size, dtype }: Buffer): number => size * widthOf(dtype);
  const addressOf = ({ buffer, offset }: StridedView): number =>
    context.addressOf(buffer) + offset * widthOf(buffer.dtype);
  const addressOfWhole = (buffer: Buffer): number => addressOf(whole(buffer, []));
  /** Copies as many bytes as a buffer has; the addresses are on the stack. */
  const copy = (buffer: Buffer): void => {
    f.i32(bytesOf(buffer)).do(op.memory_copy).with(0, 0);
  };
  const step = f.local(i32);
  /** Pushes the address of the part of this step. */
  const pushPart = ({ step: part, all }: StepPart, at: Local): void => {
    f.do(op.i32_mul, at, bytesOf(part)).plus(addressOf(all));
  };
  for (const { from, to } of carried) {
    f.i32(addressOfWhole(to)).i32(addressOf(from));
    copy(to);
  }
  f.i32(reverse ? length - 1 : 0).set(step);
  const left = f.times(length);
  for (const part of slices) {
    f.i32(addressOfWhole(part.step));
    pushPart(part, step);
    copy(part.step);
  }
  for (const group of body.groups) context.runGroup(f, group);
  for (const part of stacks) {
    pushPart(part, step);
    f.i32(addressOfWhole(part.step));
    copy(part.step);
  }
  context.copyCarried(f, kernel);
  f.move(step, reverse ? -1 : 1);
  f.next(left);
  for (const { to, final } of carried) {
    if (!final) continue;
    f.i32(addressOfWhole(final)).i32(addressOfWhole(to));
    copy(to);
  }
}
