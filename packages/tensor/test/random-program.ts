import { array, type Arbitrary, constant, constantFrom, nat, oneof, record, tuple } from 'fast-check';
import { concat, type DType, pad, type Tensor, type Variable, variable } from '../src/index.ts';
import type { Operation, WindowSettings } from '../src/operation.ts';
import { slidingWindows } from '../src/operations/window.ts';
import { operations } from '../src/operations/index.ts';
import { type Shape, sizeOf } from '../src/shape.ts';
import { apply } from '../src/tensor.ts';
import { integerTensor } from './integers.ts';

type Name = keyof typeof operations;

// These map integers to integers. Quotients are rounded to integers.
const exactOperations: ReadonlySet<string> = new Set<Name>([
  ...(['add', 'sub', 'mul', 'div', 'maximum', 'minimum', 'neg', 'abs', 'sign', 'floor', 'ceil', 'round'] as const),
  ...(['equal', 'notEqual', 'less', 'lessEqual', 'greater', 'greaterEqual'] as const),
  ...(['logicalAnd', 'logicalOr', 'logicalXor', 'logicalNot', 'where', 'clip', 'cast'] as const),
  ...(['trunc', 'bitwiseAnd', 'bitwiseOr', 'bitwiseXor', 'bitwiseNot', 'leftShift', 'rightShift'] as const),
]);

/** Whether results are rounded. Rounded results are compared with a tolerance, and are not used further. */
const isRounded = (name: Name): boolean => operations[name].kind === 'elementwise' && !exactOperations.has(name);

/** One step: an operation, the tensors that it takes, and four numbers that determine its settings. */
type Choice = readonly [name: Name, first: number, second: number, third: number, settings: readonly number[]];

/** A description of a program. All numbers give a valid program, so that a failing one can be shrunk. */
interface Recipe {
  readonly shapes: readonly Shape[];
  /** The largest number of elements of a tensor. */
  readonly largest: number;
  readonly choices: readonly Choice[];
}

// All kinds have equal weight except elementwise, which has many operations.
const names = Object.keys(operations) as Name[];
const kinds = [...new Set(names.map((name) => operations[name].kind))];
const ofKinds = kinds.map((kind) => ({
  weight: kind === 'elementwise' ? 6 : 1,
  arbitrary: constantFrom(...names.filter((name) => operations[name].kind === kind)),
}));
const choice: Arbitrary<Choice> = tuple(
  oneof(...ofKinds),
  nat(30),
  nat(30),
  nat(30),
  array(nat(60), { minLength: 4, maxLength: 4 }),
);

const recipesOf = (lengths: readonly number[], axes: number, largest: number): Arbitrary<Recipe> =>
  record({
    shapes: array(array(constantFrom(...lengths), { maxLength: axes }), { minLength: 8, maxLength: 8 }),
    largest: constant(largest),
    choices: array(choice, { minLength: 1, maxLength: 20 }),
  });

/** Programs on small and empty tensors. */
export const programs: Arbitrary<Drawn> = drawn(
  recipesOf([0, 1, 1, 2, 3, 3, 4, 4, 5, 7, 8, 17], 4, 2000),
  randomProgram,
);

/** Programs on tensors that are computed in several row blocks. */
export const largePrograms: Arbitrary<Drawn> = drawn(
  recipesOf([1, 2, 16, 33, 97, 97, 130, 200], 2, 40_000),
  randomProgram,
);

/** Products of batches among other kinds: elementwise operations before and after them, and what changes their layout. */
const batchedChoice: Arbitrary<Choice> = tuple(
  oneof(
    { weight: 4, arbitrary: constantFrom<Name>('add', 'mul', 'sub', 'maximum', 'where', 'cast') },
    { weight: 3, arbitrary: constant<Name>('matmul') },
    { weight: 2, arbitrary: constantFrom<Name>('permute', 'slice', 'expand', 'reshape') },
    { weight: 2, arbitrary: oneof(...ofKinds) },
  ),
  nat(30),
  nat(30),
  nat(30),
  array(nat(60), { minLength: 4, maxLength: 4 }),
);

/** Programs on batches of small matrices, whose outermost axis is long enough for kernels to be grouped by its rows. */
export const batchedPrograms: Arbitrary<Drawn> = drawn(
  constantFrom(97, 100, 128, 129, 160, 161).chain((outer) => {
    const inner = array(constantFrom(1, 2, 2, 3, 3, 4, 5), { minLength: 1, maxLength: 4 });
    return record({
      shapes: array(
        oneof({ weight: 5, arbitrary: inner.map((lengths) => [outer, ...lengths]) }, { weight: 1, arbitrary: inner }),
        { minLength: 8, maxLength: 8 },
      ),
      largest: constant(60_000),
      choices: array(batchedChoice, { minLength: 1, maxLength: 20 }),
    });
  }),
  randomProgram,
);

const argumentDTypes = ['float32', 'float64', 'int32', 'bool', 'int8', 'float16'] as const satisfies DType[];
const castDTypes = [...argumentDTypes, 'uint8', 'int16', 'float32'] as const satisfies DType[];
const variableDTypes = ['float32', 'int32'] as const satisfies DType[];

/** A tensor of integers of magnitude at most `bound`, so that sums and products are exact in every order. */
interface Exact {
  readonly x: Tensor;
  readonly bound: number;
}

/** A random function of tensors, with variables of its own. */
export interface RandomProgram {
  /** Returns results that must be bit-identical, and results that may be rounded differently. */
  step(...args: Tensor[]): { readonly exact: readonly Tensor[]; readonly rounded: readonly Tensor[] };
  readonly variables: readonly Variable[];
  /** Arguments of the function; each seed `from` gives others. */
  args(from: number): readonly Tensor[];
}

/** A random program that can be made several times. */
export interface Drawn {
  /** The description that is shown when it fails. */
  readonly recipe: unknown;
  /** Makes the program, each time with new variables. */
  make(): RandomProgram;
}

/** Random programs from random descriptions. */
export function drawn<Recipe>(recipes: Arbitrary<Recipe>, make: (recipe: Recipe) => RandomProgram): Arbitrary<Drawn> {
  return recipes.map((recipe) => ({ recipe, make: () => make(recipe) }));
}

function randomProgram({ shapes, largest, choices }: Recipe): RandomProgram {
  const variables = variableDTypes.map(
    (dtype, at) => variable(integerTensor(shapes[argumentDTypes.length + at]!, at, dtype)) as Variable,
  );
  return {
    variables,
    args: (from) => [
      ...argumentDTypes.map((dtype, at) => integerTensor(shapes[at]!, from + at, dtype)),
      integerTensor([2], from, 'int32'),
    ],
    step(...args) {
      const pool: Exact[] = [...args, ...(variables as Tensor[])].map((x) => ({ x, bound: 5 }));
      const ends: Tensor[] = [];
      for (const [name, first, second, third, settings] of choices) {
        // Recent results are taken more often.
        const away = (at: number): number => Math.floor((at / 31) ** 2 * pool.length);
        const taken = [first, second, third].map((at) => bounded(pool[pool.length - 1 - away(at)]!));
        const made = applyChoice(name, taken as [Exact, Exact, Exact], settings, args.at(-1)!);
        if (!made || made.x.size > largest) continue;
        if (isRounded(name)) ends.push(made.x);
        else pool.push(made);
      }
      for (const one of variables) {
        const like = pool.findLast(({ x }) => x.dtype === one.dtype && String(x.shape) === String(one.shape));
        if (like) one.assign(like.x.clip(-5, 5));
      }
      return { exact: pool.slice(-3).map(({ x }) => x), rounded: ends.slice(-3) };
    },
  };
}

/** Clips large numbers: they grow with every step. */
function bounded({ x, bound }: Exact): Exact {
  return bound > 64 ? { x: x.clip(-7, 7), bound: 7 } : { x, bound };
}

/** The result of one operation; undefined if the shapes do not fit. */
function applyChoice(
  name: Name,
  [a, b, c]: readonly [Exact, Exact, Exact],
  [s, t, u, v]: readonly number[],
  counter: Tensor,
): Exact | undefined {
  const operation: Operation = operations[name];
  const { x } = a;
  const { shape, rank } = x;
  const axis = rank > 0 ? s! % rank : 0;
  const run = (inputs: readonly Tensor[], settings?: unknown): Tensor => apply(operation, inputs, settings as never);
  const exact = (made: Tensor, bound: number): Exact => ({ x: made, bound: made.dtype === 'bool' ? 1 : bound });
  switch (operation.kind) {
    case 'elementwise': {
      if (name === 'cast') {
        const dtype = castDTypes[s! % castDTypes.length]!;
        // Negative numbers wrap in uint8.
        return exact(run([x], { dtype }), dtype === 'uint8' ? 255 : a.bound);
      }
      const others = [b.x, c.x].slice(0, operation.arity - 1);
      const together = [shape, ...others.map((other) => other.shape)];
      if (!together.every((one) => together.every((other) => broadcast(one, other)))) return undefined;
      if (name === 'where') return exact(run([x.cast('bool'), ...others]), Math.max(b.bound, c.bound));
      if (name.startsWith('logical')) return exact(run([x, ...others].map((one) => one.cast('bool'))), 1);
      if (name.startsWith('bitwise')) {
        const bits = run([x, ...others].map((one) => one.cast('int32').clip(-8, 7)));
        return exact(bits, 8);
      }
      if (name.endsWith('Shift'))
        return exact(run([x.cast('int32').clip(-8, 7), b.x.cast('int32').abs().clip(0, 2)]), 32);
      if (name === 'div') return exact(run([x, b.x.abs().add(1)]).round(), a.bound);
      // Integers have no negative powers.
      if (isRounded(name)) return { x: run([x.cast(s! % 2 ? 'float32' : 'float64'), ...others]), bound: 0 };
      return exact(run([x, ...others]), name === 'mul' ? a.bound * b.bound : a.bound + b.bound);
    }
    case 'reduce': {
      const axes = shape.flatMap((_, at) => ((s! >> at) & 1 ? [at] : []));
      const count = axes.reduce((product, at) => product * shape[at]!, 1);
      if (count === 0 && operation.refusesEmpty) return undefined;
      const settings = { axes, keepdims: t! % 2 === 1 };
      if (name === 'prod') return exact(run([x.cast('float32').clip(-1, 1)], settings), 1);
      return exact(run([x], settings), name === 'sum' ? a.bound * count : a.bound);
    }
    case 'search':
      if (rank === 0 || shape[axis] === 0) return undefined;
      return exact(run([x], { axis, keepdims: t! % 2 === 1 }), shape[axis]!);
    case 'overlap': {
      if (rank === 0 || shape[axis]! < 2) return undefined;
      // Windows of up to three elements, and what they overlap to.
      const window = windowSettings(shape, axis, [t!, u!, v!]);
      const windows = x.apply(slidingWindows, [x], window);
      return exact(run([windows], { ...window, shape }), 3 * a.bound);
    }
    case 'convolution': {
      // A window of x as a filter of several kinds: x is one sample of one channel, or of some groups.
      if (rank === 0 || rank > 4 || x.size === 0) return undefined;
      const lead = rank > 2 && s! % 2 === 1 ? 1 : 0;
      const space = shape.slice(lead);
      const strides = space.map((_, at) => 1 + ((t! >> at) % 2));
      const dilations = space.map((_, at) => 1 + ((u! >> at) % 2));
      const padding = space.map((_, at) => [(v! >> at) % 3, (v! >> (at + 1)) % 2] as const);
      const sizes = space.map((length, at) => Math.min(length, 1 + ((s! >> (at + 1)) % 3)));
      if (sizes.some((size, at) => (size - 1) * dilations[at]! >= space[at]!)) return undefined;
      const groups = lead ? shape[0]! : 1;
      const part = x.slice(
        ...shape.map((length, at) => [0, at < lead ? length : sizes[at - lead]!] as const),
      ) as Tensor;
      const filters = concat(
        [part, x.dtype === 'bool' ? part : part.neg()].map((one) => one.reshape([groups, 1, 1, ...sizes])) as Tensor[],
        1,
      ) as Tensor;
      const y = run([x.reshape([1, groups, 1, ...space]), filters], { strides, dilations, padding });
      return exact(y, a.bound * a.bound * sizes.reduce((product, size) => product * size, 1));
    }
    case 'view':
      if (name === 'slidingWindows') {
        if (rank === 0 || shape[axis]! < 2) return undefined;
        return exact(run([x], windowSettings(shape, axis, [t!, u!, v!])), a.bound);
      }
      return exact(run([x], viewSettings(name, shape, [s!, t!, u!, v!])), a.bound);
    case 'pad': {
      const width = (by: number, at: number): number => (by >> at) % 3;
      const widths = shape.map((_, at) => [width(s!, at), width(t!, at)] as const);
      const between = shape.map((_, at) => width(u!, at));
      return exact(pad(x, widths, { between, value: v! % 2 }), a.bound);
    }
    case 'concat': {
      if (rank === 0) return undefined;
      const others = [b, c].filter(
        (one) =>
          one.x.rank === rank &&
          one.x.shape.every((length, at) => at === axis || length === shape[at]) &&
          (one.x.dtype === 'bool') === (x.dtype === 'bool'),
      );
      return exact(run([x, ...others.map((one) => one.x), x], { axis }), Math.max(a.bound, b.bound, c.bound));
    }
    case 'matmul': {
      if (rank < 2) return undefined;
      const fits =
        b.x.rank >= 2 && b.x.shape.at(-2) === shape.at(-1) && broadcast(shape.slice(0, -2), b.x.shape.slice(0, -2));
      const right = fits ? b : { x: x.mT as Tensor, bound: a.bound };
      return exact(run([x, right.x]), Math.max(1, shape.at(-1)!) * a.bound * right.bound);
    }
    case 'gather':
    case 'scatter': {
      if (rank === 0 || shape[axis] === 0) return undefined;
      // Indices along the axis, for all elements or for those after a start.
      const part = x.slice(
        ...shape.map((length, at) => (at === axis ? ([t! % length, null] as const) : ([] as const))),
      );
      const index = part
        .cast('int32')
        .add(u!)
        .abs()
        .minimum(shape[axis]! - 1);
      if (operation.kind === 'gather') return exact(run([x, index], { axis }), a.bound);
      return exact(run([x, index, part], { axis }), a.bound * (1 + shape[axis]!));
    }
    case 'identity':
      return exact(run([x, b.x], { derivative: () => [] }), a.bound);
    case 'random': {
      const drawn = run([counter], { shape: [s! % 5, t! % 7].slice(u! % 3) });
      return exact(drawn.mul(9).floor().sub(4), 9);
    }
  }
}

/** Whether two shapes broadcast. */
function broadcast(a: Shape, b: Shape): boolean {
  const shorter = Math.min(a.length, b.length);
  return Array.from({ length: shorter }, (_, at) => [a.at(-1 - at)!, b.at(-1 - at)!]).every(
    ([one, other]) => one === other || one === 1 || other === 1,
  );
}

/** A window along one axis: its size, step and dilation, as far as the axis is long enough. */
function windowSettings(shape: Shape, axis: number, [s, t, u]: readonly [number, number, number]): WindowSettings {
  const length = shape[axis]!;
  const size = Math.min(1 + (s % 3), length);
  const dilation = size > 1 ? Math.min(1 + (u % 2), Math.floor((length - 1) / (size - 1))) : 1;
  return { axes: [axis], sizes: [size], steps: [1 + (t % 2)], dilations: [dilation] };
}

function viewSettings(name: string, shape: Shape, [s, t, u, v]: readonly [number, number, number, number]): unknown {
  const size = sizeOf(shape);
  switch (name) {
    case 'reshape': {
      const divisors = [1, 2, 3, 4, 5, 6, 7].filter((divisor) => size % divisor === 0);
      const rows = divisors[s % divisors.length]!;
      return { shape: [[size], [rows, size / rows], [size / rows, 1, rows], [1, rows, size / rows]][t % 4]! };
    }
    case 'permute': {
      const rotated = shape.map((_, at) => (at + s) % shape.length);
      return { axes: t % 2 ? rotated.toReversed() : rotated };
    }
    case 'expand': {
      const stretched = shape.map((length, at) => (length === 1 && (s >> at) & 1 ? 1 + (t % 4) : length));
      return { shape: u % 3 === 0 ? [v % 4, ...stretched] : stretched };
    }
    case 'slice': {
      // On each axis a random start, a step from −3 to 3, and all elements or fewer.
      const axes = shape.map((length, at) => {
        const backwards = (s >> at) % 2 === 1;
        const step = Math.max(1, ((t + at) % 5) - 1);
        const start = length === 0 ? 0 : (u + at) % length;
        const reach = length === 0 ? 0 : Math.floor((backwards ? start : length - 1 - start) / step) + 1;
        return { start, step: backwards ? -step : step, count: Math.max(0, reach - Math.floor(((v + at) % 4) / 3)) };
      });
      return {
        starts: axes.map(({ start }) => start),
        steps: axes.map(({ step }) => step),
        counts: axes.map(({ count }) => count),
      };
    }
    default:
      return undefined;
  }
}
