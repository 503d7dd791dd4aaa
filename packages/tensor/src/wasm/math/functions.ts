import type { Elementwise } from '../../operation.ts';
import type { ModuleAssembler } from '../assembler.ts';
import type { FunctionBody, Local } from '../function-body.ts';
import { erf } from './erf.ts';
import { exp, expm1 } from './exp.ts';
import { Formula, type Surroundings } from './formula.ts';
import { log, log1p } from './log.ts';
import { pow } from './pow.ts';
import { tanh } from './tanh.ts';
import { cos, sin } from './trigonometry.ts';

/** Calls a law of one operand as JavaScript has it, on a float64 that `operand` puts on the stack. */
export type CallLaw = (f: FunctionBody, operand: () => void) => void;

/** Writes a law on four float32 lanes, within 2 units in the last place. */
type Write = (l: Formula, a: Local, b: Local | undefined, law: CallLaw) => Local;

const laws: Readonly<Record<string, Write>> = { cos, erf, exp, expm1, log, log1p, pow, sin, tanh };

/** The functions on four float32 lanes that a module holds: each is written when it is first asked for. */
export class VectorFunctions {
  readonly #module: ModuleAssembler;
  readonly #surroundings: Surroundings;
  readonly #known = new Map<string, number>();

  constructor(module: ModuleAssembler, surroundings: Surroundings) {
    this.#module = module;
    this.#surroundings = surroundings;
  }

  /** The index of the function that carries out an operation, `undefined` where there is none. */
  indexOf({ name, arity }: Elementwise<never>, law: CallLaw): number | undefined {
    const write = laws[name];
    if (!write || this.#known.has(name)) return this.#known.get(name);
    const lanes = Array.from({ length: arity }, () => 'v128' as const);
    const index = this.#module.function(lanes, ['v128'], (f) => {
      const [a, b] = f.parameters;
      f.get(write(new Formula(f, this.#surroundings), a!, b, law));
    });
    this.#known.set(name, index);
    return index;
  }
}
