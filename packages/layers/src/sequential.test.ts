import { DTypeError, gradients, type LayerCall, randomState, ShapeError, tensor, type Tensor, zeros } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { constant } from './constant.ts';
import { dense } from './dense.ts';
import { type Layer, layer } from './layer.ts';
import { sequential } from './sequential.ts';

const random = randomState(0);
const relu = (x: Tensor): Tensor => x.maximum(0);

/** A layer that doubles in training. */
const doubling = (heard: LayerCall[]): Layer =>
  layer({
    title: 'doubling',
    call(x, call) {
      heard.push(call);
      return call.training ? x.mul(2) : x;
    },
  });

describe('sequential', () => {
  test('feeds each layer with what the one before gives', () => {
    const model = sequential(
      (x) => x.add(1),
      relu,
      (x) => x.mul(10),
    );
    expect(String(model(tensor([-3, 2])))).toBe('[ 0. 30.]');
  });

  test('of nothing gives back what it gets', () => {
    const x = tensor([1, 2]);
    expect(sequential()(x)).toBe(x);
    expect(sequential().parameters).toEqual({});
  });

  test('names parameters after the place of their layer, and after its name if it has one', () => {
    const named = dense(2, 2, { random, name: 'last' });
    const model = sequential(dense(2, 64, { random }), relu, dense(64, 2, { random, bias: false }), named);
    expect(Object.keys(model.parameters)).toEqual(['0.weight', '0.bias', '2.weight', 'last.weight', 'last.bias']);
    expect(model.parameters['last.bias']).toBe(named.bias);
  });

  test('may stand inside another, and names go along', () => {
    const block = sequential(dense(2, 2, { random }), relu);
    const model = sequential(block, sequential(relu, dense(2, 2, { random, name: 'out', bias: false })));
    expect(Object.keys(model.parameters)).toEqual(['0.0.weight', '0.0.bias', '1.out.weight']);
  });

  test('takes a layer that occurs twice for one, with its first name', () => {
    const shared = dense(2, 2, { random, weight: constant(1) });
    const model = sequential(shared, shared);
    expect(Object.keys(model.parameters)).toEqual(['0.weight', '0.bias']);
    // y = x W W with all ones in x and W: ∂Σy/∂W = xᵀ(1 Wᵀ) + (x W)ᵀ 1 = 2 + 2
    const found = gradients(model(tensor([[1, 1]])).sum(), model.parameters);
    expect(String(found['0.weight'])).toBe('[[4. 4.]\n [4. 4.]]');
  });

  test('tells layers and functions whether the model is trained', () => {
    const heard: LayerCall[] = [];
    const tripling = (x: Tensor, call?: LayerCall): Tensor => (call?.training ? x.mul(3) : x);
    const model = sequential(tripling, sequential(doubling(heard)));
    expect(model(tensor(5)).item()).toBe(5);
    expect(model(tensor(5), { training: true }).item()).toBe(30);
    expect(heard.map(({ training }) => training)).toEqual([undefined, true]);
  });

  test('shows what it was put together from', () => {
    const layers = [dense(2, 3, { random }), relu];
    expect(sequential(...layers).layers).toEqual(layers);
  });

  test('lets the layer say what is wrong', () => {
    const model = sequential(dense(2, 64, { random }), relu, dense(65, 3, { random }));
    expect(() => model(zeros([300, 2]))).toThrow(
      new ShapeError(
        'dense(65, 3) expects rows of length 65, got [300, 64]. Reshape x, or make a layer for such rows.',
      ),
    );
  });
});

describe('sequential refuses', () => {
  test('what is no function', () => {
    expect(() => sequential(relu, tensor([1]) as unknown as Layer)).toThrow(
      new TypeError('sequential: every layer must be a function, but layer 1 is [1.]. Pass relu itself, not relu(x).'),
    );
  });

  test('layers in an array', () => {
    expect(() => sequential([relu, relu] as unknown as Layer)).toThrow(
      new TypeError(
        'sequential takes layers one by one, not in an array. Write sequential(a, b), or sequential(...layers).',
      ),
    );
  });

  test('what makes layers, in the place of a layer', () => {
    const x = zeros([1, 2]);
    expect(() => sequential(dense as unknown as Layer)(x)).toThrow(
      new TypeError('dense takes sizes, not a tensor. Make a layer first: dense(2, 64, { random: randomState(0) }).'),
    );
    const makeLayer = (() => layer({ call: relu })) as unknown as Layer;
    expect(() => sequential(relu, makeLayer)(x)).toThrow(
      new TypeError(
        'sequential: layer 1, makeLayer: expected a tensor, got a function. ' +
          'What makes layers must be called: dense(2, 64, { random }), not dense.',
      ),
    );
  });

  test('to be told what it does not know', () => {
    expect(() => sequential(relu)(zeros([2]), { train: true } as LayerCall)).toThrow(
      new TypeError("Unknown option 'train' of a model. It takes training. Did you mean training?"),
    );
  });

  test('two variables of one name', () => {
    const twice = () => dense(2, 2, { random, name: 'hidden' });
    expect(() => sequential(twice(), twice())).toThrow(
      new TypeError("sequential: two variables would be called 'hidden.weight'. Give each layer a name of its own."),
    );
    expect(() => sequential(dense(2, 2, { random, name: '1' }), dense(2, 2, { random }))).toThrow("'1.weight'");
  });

  test('a layer that gives no tensor, naming it', () => {
    const forgetful = (() => undefined) as unknown as (x: Tensor) => Tensor;
    expect(() => sequential(relu, forgetful)(tensor(1))).toThrow(DTypeError);
    expect(() => sequential(relu, forgetful)(tensor(1))).toThrow('sequential: layer 1, forgetful: expected a tensor');
  });
});
