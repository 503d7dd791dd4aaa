import { type Arbitrary, constantFrom, nat, record } from 'fast-check';
import { scan, stack, type Tensor } from '../src/index.ts';
import type { Drawn, RandomProgram } from './random-program.ts';

/** How each argument of a program is given to it in the steps of a loop. */
interface Loop {
  readonly length: number;
  readonly reverse: boolean;
  /** Two bits for each argument: whether it is carried on, given entry by entry, or the same in all steps. */
  readonly roles: number;
  /** Whether the loop stands in a loop of two steps. */
  readonly nested: boolean;
}

const descriptions: Arbitrary<Loop> = record({
  length: constantFrom(0, 1, 2, 3, 5),
  reverse: constantFrom(false, true),
  roles: nat(2 ** 14 - 1),
  nested: constantFrom(false, false, true),
});

const roles = ['carried', 'entries', 'carried', 'shared'] as const;

/** Random programs that are repeated by a loop. Most numbers are carried on to the next step. */
export const loopsOf = (programs: Arbitrary<Drawn>): Arbitrary<Drawn> =>
  programs.chain((program) =>
    descriptions.map((description) => ({
      recipe: { loop: description, of: program.recipe },
      make: () => randomLoop(program.make(), description),
    })),
  );

function randomLoop(program: RandomProgram, description: Loop): RandomProgram {
  const { length, reverse, nested } = description;
  const roleOf = (at: number): (typeof roles)[number] => roles[(description.roles >> (2 * at)) & 3]!;
  const repeated = (args: readonly Tensor[]) => {
    const start = args.map((x, at) => (roleOf(at) === 'carried' ? x : undefined));
    const xs = args.map((x, at) => (roleOf(at) === 'entries' ? x : undefined));
    return scan(
      (carry: readonly (Tensor | undefined)[], entries: readonly (Tensor | undefined)[]) => {
        const given = args.map((x, at) => carry[at] ?? entries[at] ?? x);
        const { exact, rounded } = program.step(...given);
        return [carry.map((x, at) => x && next(x, exact, carry[at + 2])), { exact, rounded }] as const;
      },
      start,
      xs as never,
      { length, reverse },
    );
  };
  return {
    variables: program.variables,
    args(from) {
      const steps = Array.from({ length: Math.max(length, 1) }, (_, t) => program.args(from + 10 * t));
      return steps[0]!.map((x, at) => {
        if (roleOf(at) !== 'entries') return x;
        return stack(steps.map((args) => args[at]!)).slice([0, length]) as Tensor;
      });
    },
    step(...args) {
      if (!nested) {
        const [carry, { exact, rounded }] = repeated(args);
        return { exact: [...exact, ...carry.flatMap((x) => x ?? [])], rounded };
      }
      const start = args.map((x, at) => (roleOf(at) === 'carried' ? x : undefined));
      const [carry, { exact, rounded }] = scan(
        (own: readonly (Tensor | undefined)[]) => repeated(args.map((x, at) => own[at] ?? x)),
        start,
        undefined,
        { length: 2, reverse },
      );
      return { exact: [...exact, ...carry.flatMap((x) => x ?? [])], rounded };
    },
  };
}

/** What a value is followed by: another of its shape and dtype, or one that depends on a result of the step. */
function next(x: Tensor, exact: readonly Tensor[], other: Tensor | undefined): Tensor {
  const fits = (y: Tensor | undefined): boolean =>
    y !== undefined && y.dtype === x.dtype && String(y.shape) === String(x.shape);
  if (fits(other)) return other!;
  const like = exact.find(fits);
  const changed = like ?? x.cast('float32').add(exact[0]!.cast('float32').clip(-1, 1).sum());
  return changed
    .cast('float32')
    .clip(x.dtype === 'uint8' ? 0 : -5, 5)
    .cast(x.dtype) as Tensor;
}
