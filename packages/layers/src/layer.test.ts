import {
  compile,
  DTypeError,
  gradients,
  type LayerCall,
  ones,
  randomState,
  type Shape,
  ShapeError,
  tensor,
  type Tensor,
  Variable,
  variable,
  version,
  where,
  zeros,
} from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';
import { describe, expect, test, vi } from 'vitest';
import { dense } from './dense.ts';
import { layer, type LayerParts } from './layer.ts';
import { sequential } from './sequential.ts';
import { summary } from './summary.ts';

/** Subtracts the mean of the batch while training, and the running mean otherwise. */
function centring(features: number, name?: string) {
  const mean = variable(zeros([features]));
  const shift = variable(zeros([features]));
  return layer({
    title: 'centring',
    name,
    parameters: { shift },
    buffers: { mean },
    call(x, { training }) {
      const batchMean = x.mean(0);
      if (training) mean.assign(mean.add(batchMean).mul(0.5));
      return x.sub(training ? batchMean : mean).add(shift);
    },
  });
}

/** relu with a gradient of its own below 0. */
function parametricRelu() {
  const factor = variable(tensor(0.25));
  return layer({ title: 'parametricRelu', parameters: { factor }, call: (x) => where(x.less(0), x.mul(factor), x) });
}

const batch = tensor([
  [1, 10],
  [3, 30],
]);

describe('layer', () => {
  test('computes what call computes', () => {
    expect(parametricRelu()(tensor([-4, 2])).toArray()).toEqual([-1, 2]);
  });

  // Means of the batch: 2, 20. Running mean after one step: (0 + 2) / 2 = 1, (0 + 20) / 2 = 10.
  test('tells call whether the model is trained, and keeps what call assigns to buffers', () => {
    const centred = centring(2);
    expect(centred(batch).toArray()).toEqual(batch.toArray());
    expect(centred(batch, { training: true }).toArray()).toEqual([
      [-1, -10],
      [1, 10],
    ]);
    expect(centred.buffers['mean']!.toArray()).toEqual([1, 10]);
    expect(centred(batch, { training: false }).toArray()).toEqual([
      [0, 0],
      [2, 20],
    ]);
  });

  test('has gradients for its parameters: Σx below 0', () => {
    const bent = parametricRelu();
    expect(gradients(bent(tensor([-4, 2, -1])).sum(), bent.parameters)['factor']!.item()).toBe(-5);
  });

  test('gives the same compiled, buffers included', () => {
    const [eager, compiled] = [centring(2), centring(2)];
    const step = compile((x: Tensor) => compiled(x, { training: true }), wasm);
    for (const x of [batch, batch.mul(3)]) {
      expect(step(x).toArray()).toEqual(eager(x, { training: true }).toArray());
      expect(compiled.buffers['mean']!.toArray()).toEqual(eager.buffers['mean']!.toArray());
    }
    expect(compile((x: Tensor) => compiled(x), wasm)(batch).toArray()).toEqual(eager(batch).toArray());
  });

  test('may change the rank: images to features', () => {
    const pooling = layer({ title: 'pooling', call: (x: Tensor<[number, 3, number, number]>) => x.mean([2, 3]) });
    const model = sequential(pooling, dense(3, 2, { random: randomState(0) }));
    expect(pooling(ones([5, 3, 4, 4])).shape).toEqual([5, 3]);
    expect(model(ones([5, 3, 4, 4])).shape).toEqual([5, 2]);
  });

  test('needs neither parameters nor buffers nor a title', () => {
    const flat = layer({ call: (x) => x.reshape([x.shape[0]!, -1]) });
    expect([flat.parameters, flat.buffers, flat.title, flat.label, flat.input]).toEqual([
      {},
      {},
      'layer',
      undefined,
      undefined,
    ]);
  });

  test('keeps the type of a function that keeps shapes', () => {
    const doubled = layer({ call: <S extends Shape>(x: Tensor<S>) => x.add(x) as Tensor<S> });
    const y: Tensor<readonly [2, 3]> = doubled(zeros([2, 3]));
    expect(y.shape).toEqual([2, 3]);
  });

  test('states the shape of a sample to summary', () => {
    const flat = layer({ title: 'flatten', input: [3, 3], call: (x) => x.reshape([-1, 9]) });
    expect(summary(flat)).toContain('flatten   [*, 9]');
  });
});

describe('layer tells call', () => {
  test('what its options name, and refuses other names', () => {
    const scaled = layer({
      title: 'scaled',
      options: ['factor'],
      call: (x: Tensor, { factor = 1 }: LayerCall & { readonly factor?: number }) => x.mul(factor),
    }) as (x: Tensor, call?: object) => Tensor;
    expect(scaled(ones([2]), { factor: 3 }).toArray()).toEqual([3, 3]);
    expect(() => scaled(ones([2]), { factors: 3 })).toThrow(
      "Unknown option 'factors' of scaled. It takes training, factor. Did you mean factor?",
    );
  });
});

describe('layer refuses', () => {
  const broken = (parts: unknown) => () => layer(parts as LayerParts<(x: Tensor) => Tensor>);
  const call = (x: Tensor): Tensor => x;

  test('unknown parts', () => {
    expect(broken({ call, params: {} })).toThrow(
      new TypeError(
        "Unknown option 'params' of layer. It takes call, parameters, buffers, name, title, input, options. " +
          'Did you mean parameters?',
      ),
    );
  });

  test('a call that is no function', () => {
    expect(broken({ title: 'mine' })).toThrow(
      new TypeError('mine: call must be a function, got undefined. Write call: (x) => x, with your own steps.'),
    );
  });

  test('parameters and buffers that are no variables, or no record of them', () => {
    expect(broken({ title: 'mine', call, parameters: { weight: zeros([2]) } })).toThrow(
      new TypeError("mine: the parameter 'weight' must be a variable. Write variable(tensor(value))."),
    );
    expect(broken({ title: 'mine', call, buffers: { mean: 0 } })).toThrow(
      "mine: the buffer 'mean' must be a variable.",
    );
  });

  test('variables of another copy of @nn/tensor, with both versions', async () => {
    vi.resetModules();
    const theirs = await import('@nn/tensor');
    expect(theirs.Variable).not.toBe(Variable);
    const weight = theirs.variable(theirs.zeros([2]));
    const message = (caller: string): string =>
      `${caller}: this tensor was made by another copy of @nn/tensor (version ${theirs.version}) than this one ` +
      `(version ${version}). Run "npm ls @nn/tensor" and align them.`;
    expect(broken({ title: 'mine', call, parameters: { weight } })).toThrow(
      new DTypeError(message("mine: the parameter 'weight'")),
    );
    expect(broken({ title: 'mine', call, buffers: { weight } })).toThrow(
      new DTypeError(message("mine: the buffer 'weight'")),
    );
    expect(() => centring(2)(theirs.zeros([1, 2]) as unknown as Tensor)).toThrow(new DTypeError(message('centring')));
  });

  test('a Proxy around a variable, with the way out', () => {
    const weight = new Proxy(variable(zeros([2])), {});
    expect(broken({ title: 'mine', call, parameters: { weight } })).toThrow(
      "mine: the parameter 'weight': expected a tensor, got a Proxy around one, as reactive state makes it. " +
        'Unwrap it with toRaw(x), or keep tensors out of the reactive state with markRaw(x).',
    );
  });

  test('one name for a parameter and a buffer', () => {
    const mean = variable(zeros([2]));
    expect(broken({ title: 'mine', call, parameters: { mean }, buffers: { mean } })).toThrow(
      new TypeError("mine: 'mean' is both a parameter and a buffer. A variable that is trained is a parameter."),
    );
  });

  test('when called: what is no tensor, and unknown options', () => {
    expect(() => centring(2)([[1, 2]] as unknown as Tensor)).toThrow(
      new DTypeError('centring: expected a tensor, got an array. Write tensor(value).'),
    );
    expect(() => centring(2)(batch, { trainig: true } as LayerCall)).toThrow(
      new TypeError("Unknown option 'trainig' of centring. It takes training. Did you mean training?"),
    );
  });

  test('when called: shapes that do not fit, in the words of the operation', () => {
    expect(() => centring(2)(zeros([4, 3]))).toThrow(ShapeError);
  });
});

describe('a model with layers of one’s own', () => {
  const random = randomState(0);
  const model = sequential(dense(2, 2, { random }), centring(2), parametricRelu(), sequential(centring(2, 'last')));

  test('gathers parameters and buffers by name', () => {
    expect(Object.keys(model.parameters)).toEqual(['0.weight', '0.bias', '1.shift', '2.factor', '3.last.shift']);
    expect(Object.keys(model.buffers)).toEqual(['1.mean', '3.last.mean']);
  });

  test('tells every layer that it is trained', () => {
    model(batch, { training: true });
    for (const mean of Object.values(model.buffers)) expect(mean.abs().max().item()).toBeGreaterThan(0);
  });

  test('shows buffers in its summary', () => {
    const lines = [
      'layer              output   parameters   buffers',
      '────────────────────────────────────────────────',
      'dense(2, 2)        [*, 2]            6         0',
      'centring           [*, 2]            2         2',
      'parametricRelu     [*, 2]            1         0',
      'sequential',
      '  last: centring   [*, 2]            2         2',
      '────────────────────────────────────────────────',
      'total                               11         4',
    ];
    expect(summary(model)).toBe(lines.join('\n'));
  });

  test('refuses a buffer that would have the name of a parameter', () => {
    const value = variable(zeros([2]));
    const trained = layer({ name: 'x', parameters: { value: variable(zeros([2])) }, call: (x) => x });
    const kept = layer({ name: 'x', buffers: { value }, call: (x) => x });
    expect(() => sequential(trained, kept)).toThrow(
      new TypeError("sequential: two variables would be called 'x.value'. Give each layer a name of its own."),
    );
  });
});
