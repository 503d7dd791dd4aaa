import { ModuleAssembler } from './assembler.ts';
import * as op from './opcode.ts';
import { v128 } from './value-type.ts';

let known: boolean | undefined;

/** Does this engine have fused multiply-add on vectors? Asked once, by showing it a function that uses it. */
export function hasRelaxedSimd(): boolean {
  if (known === undefined) {
    const module = new ModuleAssembler();
    const f = module.function([v128], [v128]);
    const x = f.parameters[0]!;
    f.get(x).get(x).get(x).do(op.f32x4_relaxed_madd);
    known = WebAssembly.validate(module.bytes(1));
  }
  return known;
}
