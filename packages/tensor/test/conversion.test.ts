import { describe, expect, test } from 'vitest';
import { compile, type DType, DTypeError, ShapeError, type Tensor, tensor, variable, watch } from '../src/index.ts';
import { wasm } from '../src/wasm/index.ts';

const throughText = (x: Tensor): Tensor => tensor(JSON.parse(JSON.stringify(x)) as never) as Tensor;

describe('JSON', () => {
  test('of a tensor is its shape, dtype and elements', () => {
    expect(JSON.stringify(tensor([[1, 0.5]]))).toBe('{"shape":[1,2],"dtype":"float32","data":[1,0.5]}');
    expect(JSON.stringify({ flags: tensor([true, false]) })).toBe(
      '{"flags":{"shape":[2],"dtype":"bool","data":[1,0]}}',
    );
  });

  const samples: Readonly<Record<DType, number[]>> = {
    bool: [1, 0],
    int8: [-128, 127],
    uint8: [0, 255],
    int16: [-32768, 32767],
    int32: [-(2 ** 31), 2 ** 31 - 1],
    float16: [-0, NaN, Infinity, -Infinity, 0.0999755859375, 2 ** -24],
    float32: [-0, NaN, Infinity, -Infinity, Math.fround(0.1), 2 ** -149],
    float64: [-0, NaN, Infinity, -Infinity, 0.1, 5e-324, Number.MAX_VALUE],
  };
  test.each(Object.entries(samples) as [DType, number[]][])('keeps every %s', (dtype, numbers) => {
    const x = tensor([numbers, numbers], { dtype }) as Tensor;
    const back = throughText(x);
    expect([back.dtype, back.shape]).toEqual([dtype, x.shape]);
    expect(back.data).toEqual(x.data);
    expect([...back.data].map((value) => Object.is(value, -0))).toEqual(
      [...x.data].map((value) => Object.is(value, -0)),
    );
  });

  test.each([[[]], [[0]], [[2, 0, 3]], [[1, 1]]])('keeps the shape %j', (shape) => {
    const x = tensor(Array(shape.reduce((size: number, length: number) => size * length, 1)).fill(3)) as Tensor;
    expect(throughText(x.reshape(shape) as Tensor).shape).toEqual(shape);
  });

  test('has the elements of a view in row-major order, and the value of a variable', () => {
    expect(
      tensor([
        [1, 2],
        [3, 4],
      ]).T.toJSON().data,
    ).toEqual([1, 3, 2, 4]);
    const w = variable(tensor([1, 2]));
    w.assign(tensor([3, 4]));
    expect(throughText(w as unknown as Tensor).toArray()).toEqual([3, 4]);
  });

  test('is read into another dtype when one is named', () => {
    expect(tensor(tensor([0.5, 0]).toJSON(), { dtype: 'bool' }).toArray()).toEqual([true, false]);
  });

  const json = (changes: object): never => ({ shape: [2], dtype: 'float32', data: [1, 2], ...changes }) as never;
  test.each([
    [json({ shape: [3] }), ShapeError, 'tensor: 2 elements do not fit shape [3].'],
    [json({ shape: undefined }), ShapeError, 'tensor: expected an array, got undefined.'],
    [json({ dtype: 'bfloat16' }), DTypeError, 'tensor: there is no dtype bfloat16.'],
    [json({ data: [1, null] }), DTypeError, 'tensor: expected numbers, got null at [1].'],
    [json({ data: [1, '2'] }), DTypeError, 'tensor: expected numbers, got 2 at [1].'],
    [json({ data: [1, 2 ** 31], dtype: 'int32' }), DTypeError, 'tensor: 2147483648 lies outside int32.'],
  ])('that does not fit is refused: %j', (values, kind, message) => {
    expect(() => tensor(values)).toThrow(kind);
    expect(() => tensor(values)).toThrow(message);
  });

  test('of what has no numbers yet is refused', () => {
    expect(() => compile((x: Tensor) => (JSON.stringify(x), x), wasm)(tensor([1]))).toThrow('while compile traces');
  });

  test('is no way to lose a gradient: a tensor of a tensor is refused', () => {
    expect(() => tensor(tensor([1]) as never)).toThrow('tensor: expected numbers, got [1.] at []');
  });
});

test.each([
  ['a tensor', tensor([1])],
  ['a variable', variable(tensor([1]))],
  ['a result with a gradient', watch(tensor([1])).mul(2)],
])('structuredClone and postMessage refuse %s, with the way out', (_, x) => {
  const message = 'Symbol(tensor: send x.toJSON() instead) could not be cloned.';
  expect(() => structuredClone({ x })).toThrow(message);
  const { port1 } = new MessageChannel();
  expect(() => port1.postMessage(x)).toThrow(message);
  port1.close();
});

describe('operators', () => {
  // The compiler refuses the operators too, so they are tried on what it takes for a number.
  const x = tensor([1]) as unknown as number;
  test.each([
    ['x + 1', () => x + 1],
    ["'' + x", () => '' + x],
    ['x * 2', () => x * 2],
    ['x < 3', () => x < 3],
    ['+x', () => +x],
    ['Math.max(x)', () => Math.max(x)],
  ])('refuse a tensor in %s', (_, compute) => {
    expect(compute).toThrow(
      new DTypeError(
        'Operators such as + and < do not work with a tensor, shape [1]. ' +
          'Write x.add(1), x.less(1), …; x.item() gives a number, String(x) gives text.',
      ),
    );
  });

  test('leave text as it is', () => {
    expect([String(x), `${x}`, [x, x].join(' ')]).toEqual(['[1.]', '[1.]', '[1.] [1.]']);
  });
});
