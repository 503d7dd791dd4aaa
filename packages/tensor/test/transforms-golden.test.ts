import { describe, expect, test } from 'vitest';
import { compile } from '../src/compile/compile.ts';
import type { Backend } from '../src/compile/program.ts';
import {
  concat,
  gradients,
  hessian,
  hessianVector,
  jacobian,
  jacobianVector,
  logSumExp,
  oneHot,
  type Tensor,
  tensor,
  valueAndGradients,
  vectorJacobian,
  vmap,
  watch,
} from '../src/index.ts';
import { reference } from '../src/reference/interpreter.ts';
import { wasm } from '../src/wasm/index.ts';
import { expectClose } from './expect-close.ts';
import { readGolden, recorded } from './golden.ts';

const golden = readGolden('transforms.json');

type Name =
  | 'X'
  | 'Y'
  | 'x'
  | 'w'
  | 'b'
  | 'w1'
  | 'b1'
  | 'w2'
  | 'b2'
  | 'vector'
  | 'tangent'
  | 'cotangent'
  | 'combination';

/** The inputs of a case by name. */
type Inputs = { readonly [N in Name]?: Tensor };

interface Config {
  readonly function: string;
  readonly activation: string;
  readonly loss: string;
  readonly steps: number;
  readonly momentum: number;
  readonly data: 'shared' | 'own';
  readonly lr: number | readonly number[];
}

/** The functions of `config.function`, with the parameters that they have besides x. */
const functions: Readonly<Record<string, (x: Tensor, inputs: Inputs) => Tensor>> = {
  tanh_layer: (x, { w, b }) => w!.matmul(x).add(b!).tanh(),
  rosenbrock(x) {
    const [before, after] = [x.slice([0, -1]), x.slice([1])];
    return after.sub(before.mul(before)).pow(2).mul(100).add(before.sub(1).neg().pow(2)).sum();
  },
  softmax(x) {
    const powers = x.sub(x.max()).exp();
    return powers.div(powers.sum());
  },
  scaled_by_square: (x) => x.mul(x.mul(x).sum()),
  log_sum_exp: (x, { w }) => logSumExp(w!.matmul(x)),
  outer_sin: (x) =>
    x
      .sin()
      .expandDims(1)
      .mul(x.slice([0, 2]).pow(3)),
};

const activations: Readonly<Record<string, (x: Tensor) => Tensor>> = {
  tanh: (x) => x.tanh(),
  relu: (x) => x.maximum(0),
  sigmoid: (x) => x.neg().exp().add(1).pow(-1),
};

const losses: Readonly<Record<string, (output: Tensor, y: Tensor) => Tensor>> = {
  mse: (output, y) => output.sub(y).pow(2).mean(),
  cross_entropy: (output, y) =>
    logSumExp(output, 1)
      .sub(output.mul(oneHot(y, output.shape[1]!, { dtype: output.dtype })).sum(1))
      .mean(),
  // ln(1 + e⁻|x|) + max(x, 0) − x·y
  bce_with_logits: (output, y) => output.abs().neg().exp().log1p().add(output.maximum(0)).sub(output.mul(y)).mean(),
};

const names = ['w1', 'b1', 'w2', 'b2'] as const;
type Network = Readonly<Record<(typeof names)[number], Tensor>>;

const lossOf = ({ w1, b1, w2, b2 }: Network, x: Tensor, y: Tensor, config: Config): Tensor =>
  losses[config.loss]!(activations[config.activation]!(x.matmul(w1.T).add(b1)).matmul(w2.T).add(b2), y);

const networkOf = (inputs: Inputs): Network => ({
  w1: inputs.w1!,
  b1: inputs.b1!,
  w2: inputs.w2!,
  b2: inputs.b2!,
});

/** The gradient of each parameter of one network, and the loss. */
const lossAndGradients = (network: Network, x: Tensor, y: Tensor, config: Config): readonly [Tensor, Network] =>
  valueAndGradients((parameters: Network) => lossOf(parameters, x, y, config), network);

/** Our expression for each transform: its results in the order of the file. */
const ours: Readonly<Record<string, (inputs: Inputs, config: Config) => readonly Tensor[]>> = {
  jacobian(inputs, config) {
    const f = (x: Tensor): Tensor => functions[config.function]!(x, inputs);
    return [f(inputs.x!), jacobian(f, inputs.x!)];
  },
  jvp: (inputs, config) =>
    jacobianVector((x: Tensor) => functions[config.function]!(x, inputs), inputs.x!, inputs.tangent!),
  vjp: (inputs, config) =>
    vectorJacobian((x: Tensor) => functions[config.function]!(x, inputs), inputs.x!, inputs.cotangent!),
  hessian(inputs, config) {
    const f = scalarOf(inputs, config);
    return [valueAndGradients(f, inputs.x!)[1], hessian(f, inputs.x!)];
  },
  hvp: (inputs, config) => [hessianVector(scalarOf(inputs, config), inputs.x!, inputs.vector!)],
  per_sample_gradients(inputs, config) {
    const ofSample = (x: Tensor, y: Tensor): readonly [Tensor, Network] =>
      lossAndGradients(networkOf(inputs), x.expandDims(0), y.expandDims(0), config);
    const [loss, found] = vmap(ofSample)(inputs.X!, inputs.Y!);
    const all = names.map((name) => found[name]);
    const squares = all.map((one) => one.pow(2).reshape([one.shape[0]!, -1]).sum(1));
    return [loss, ...all, squares.reduce((sum, one) => sum.add(one))];
  },
  ensemble_training(inputs, config) {
    const data = config.data === 'own' ? 0 : null;
    const { X: x, Y: y } = inputs;
    const rate = (rank: number): Tensor =>
      typeof config.lr === 'number'
        ? tensor(config.lr, { dtype: 'float64' })
        : tensor(config.lr as readonly number[], { dtype: 'float64' }).reshape([-1, ...Array(rank - 1).fill(1)]);
    let networks = networkOf(inputs);
    let velocities: Network | undefined;
    const history: Tensor[] = [];
    for (let step = 0; step < config.steps; step++) {
      const [loss, found] = vmap(
        (network: Network, ownX: Tensor, ownY: Tensor) => lossAndGradients(network, ownX, ownY, config),
        [0, data, data],
      )(networks, x!, y!);
      history.push(loss);
      const before = velocities;
      velocities = each((name) => (before ? before[name].mul(config.momentum).add(found[name]) : found[name]));
      const [now, by] = [networks, velocities];
      networks = each((name) => now[name].sub(by[name].mul(rate(now[name].rank).cast(now[name].dtype))));
    }
    history.push(
      vmap((network: Network, ownX: Tensor, ownY: Tensor) => lossOf(network, ownX, ownY, config), [0, data, data])(
        networks,
        x!,
        y!,
      ),
    );
    return [
      concat(
        history.map((loss) => loss.expandDims(1)),
        1,
      ) as Tensor,
      ...names.map((name) => networks[name]),
    ];
  },
};

const each = (make: (name: (typeof names)[number]) => Tensor): Network =>
  Object.fromEntries(names.map((name) => [name, make(name)])) as unknown as Network;

function scalarOf(inputs: Inputs, config: Config): (x: Tensor) => Tensor<[]> {
  return (x) => {
    const value = functions[config.function]!(x, inputs);
    return (inputs.combination ? inputs.combination.mul(value).sum() : value) as Tensor as Tensor<[]>;
  };
}

/** Operations in the complete file that are replayed elsewhere. */
const elsewhere = new Set(['fixed_iteration', 'gru_scan', 'linear_recurrence', 'matrix_recurrence']);

/** The ways to run a function of tensors. */
const ways: Readonly<Record<string, Backend | undefined>> = {
  'step by step': undefined,
  'traced, by the reference': reference,
  'compiled to wasm': wasm,
  'compiled to deterministic wasm': wasm({ deterministic: true }),
};

const cases = Object.entries(ways).flatMap(([way, backend]) =>
  (['float64', 'float32'] as const).map((precision) => ({ way, backend, precision })),
);

describe.each(cases)('transforms in $precision, $way', ({ backend, precision }) => {
  const titled = golden.cases.map((one, index) => ({ ...one, title: `${one.op} ${one.name ?? ''}, case ${index}` }));

  test.each(titled)('$title', (one) => {
    const inputNames = Object.keys(one.inputs);
    const step = (...args: Tensor[]): readonly Tensor[] =>
      ours[one.op]!(
        Object.fromEntries(inputNames.map((name, at) => [name, args[at]!])),
        one.config as unknown as Config,
      );
    const args = inputNames.map((name) => recorded(one.inputs[name]!, precision));
    const outputs = (backend ? compile(step, backend) : step)(...args);
    const wanted = Object.values(one.outputs);
    expect(outputs).toHaveLength(wanted.length);
    for (const [at, want] of wanted.entries()) {
      expect(outputs[at]!.dtype).toBe(precision);
      expectClose(outputs[at]!, want, one, precision);
    }
  });
});

test('every transform of the complete file is replayed, with every case', () => {
  const counts: Record<string, number> = {};
  for (const { op } of golden.cases) counts[op] = (counts[op] ?? 0) + 1;
  expect(counts).toEqual(Object.fromEntries(Object.entries(golden.all).filter(([op]) => !elsewhere.has(op))));
  expect(Object.keys(ours).toSorted()).toEqual(Object.keys(counts).toSorted());
});

test('gradients of a function over entries flow back to the tensors with all entries', () => {
  const w = watch(
    tensor([
      [1, 2],
      [3, 4],
    ]),
  );
  const total = vmap((one: Tensor, x: Tensor) => one.mul(x).sum().pow(2), [0, null])(w, tensor([1, 10]));
  // 2·(w·x)·x
  expect(gradients(total.sum(), w).toArray()).toEqual([
    [42, 420],
    [86, 860],
  ]);
});
