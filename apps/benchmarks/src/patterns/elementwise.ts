import { all, floats, matrix, numbers, type Pattern } from './pattern.ts';

/** One result for each element, without rearranging anything. */
export const elementwise: readonly Pattern[] = [
  {
    name: 'add',
    dtypes: numbers,
    program: (draw) => ({
      inputs: [draw.numbers(matrix), draw.numbers(matrix)],
      tensors: (x, y) => x.add(y),
      loops(out, x, y) {
        for (let i = 0; i < out.length; i++) out[i] = x[i]! + y[i]!;
      },
    }),
  },
  {
    name: 'multiply-add',
    dtypes: numbers,
    program: (draw) => ({
      inputs: [draw.numbers(matrix), draw.numbers(matrix), draw.numbers(matrix)],
      tensors: (x, y, z) => x.mul(y).add(z),
      loops(out, x, y, z) {
        for (let i = 0; i < out.length; i++) out[i] = x[i]! * y[i]! + z[i]!;
      },
    }),
  },
  {
    name: 'chain',
    dtypes: numbers,
    program: (draw) => ({
      inputs: [draw.numbers(matrix), draw.numbers(matrix)],
      tensors: (x, y) => x.add(y).mul(3).add(1).mul(x).maximum(y).add(x).mul(2).add(y),
      loops(out, x, y) {
        for (let i = 0; i < out.length; i++) {
          const [a, b] = [x[i]!, y[i]!];
          out[i] = (Math.max(((a + b) * 3 + 1) * a, b) + a) * 2 + b;
        }
      },
    }),
  },
  {
    name: 'divide',
    dtypes: floats,
    program: (draw) => ({
      inputs: [draw.numbers(matrix), draw.numbers(matrix)],
      tensors: (x, y) => x.div(y),
      loops(out, x, y) {
        for (let i = 0; i < out.length; i++) out[i] = x[i]! / y[i]!;
      },
    }),
  },
  {
    name: 'exp',
    dtypes: floats,
    program: (draw) => ({
      inputs: [draw.numbers(matrix, -10, 10)],
      tensors: (x) => x.exp(),
      loops(out, x) {
        for (let i = 0; i < out.length; i++) out[i] = Math.exp(x[i]!);
      },
    }),
  },
  {
    name: 'log',
    dtypes: floats,
    program: (draw) => ({
      inputs: [draw.numbers(matrix, 1, 1000)],
      tensors: (x) => x.log(),
      loops(out, x) {
        for (let i = 0; i < out.length; i++) out[i] = Math.log(x[i]!);
      },
    }),
  },
  {
    name: 'tanh',
    dtypes: floats,
    program: (draw) => ({
      inputs: [draw.numbers(matrix, -4, 4)],
      tensors: (x) => x.tanh(),
      loops(out, x) {
        for (let i = 0; i < out.length; i++) out[i] = Math.tanh(x[i]!);
      },
    }),
  },
  {
    name: 'sigmoid',
    dtypes: floats,
    program: (draw) => ({
      inputs: [draw.numbers(matrix, -4, 4)],
      tensors: (x) => x.neg().exp().add(1).pow(-1),
      loops(out, x) {
        for (let i = 0; i < out.length; i++) out[i] = 1 / (1 + Math.exp(-x[i]!));
      },
    }),
  },
  {
    name: 'gelu',
    dtypes: floats,
    program: (draw) => ({
      inputs: [draw.numbers(matrix, 0, 4)],
      tensors: (x) =>
        x
          .mul(x)
          .mul(x)
          .mul(0.044715)
          .add(x)
          .mul(Math.sqrt(2 / Math.PI))
          .tanh()
          .add(1)
          .mul(x)
          .mul(0.5),
      loops(out, x) {
        const scale = Math.sqrt(2 / Math.PI);
        for (let i = 0; i < out.length; i++) {
          const value = x[i]!;
          out[i] = 0.5 * value * (1 + Math.tanh(scale * (value + 0.044715 * value * value * value)));
        }
      },
    }),
  },
  {
    name: 'sin',
    dtypes: floats,
    program: (draw) => ({
      inputs: [draw.numbers(matrix, 0.1, 3)],
      tensors: (x) => x.sin(),
      loops(out, x) {
        for (let i = 0; i < out.length; i++) out[i] = Math.sin(x[i]!);
      },
    }),
  },
  {
    name: 'square-root',
    dtypes: floats,
    program: (draw) => ({
      inputs: [draw.numbers(matrix)],
      tensors: (x) => x.sqrt(),
      loops(out, x) {
        for (let i = 0; i < out.length; i++) out[i] = Math.sqrt(x[i]!);
      },
    }),
  },
  {
    name: 'square',
    dtypes: numbers,
    program: (draw) => ({
      inputs: [draw.numbers(matrix)],
      tensors: (x) => x.pow(2),
      loops(out, x) {
        for (let i = 0; i < out.length; i++) out[i] = x[i]! ** 2;
      },
    }),
  },
  {
    name: 'cube',
    dtypes: numbers,
    program: (draw) => ({
      inputs: [draw.numbers(matrix)],
      tensors: (x) => x.pow(3),
      loops(out, x) {
        for (let i = 0; i < out.length; i++) out[i] = x[i]! ** 3;
      },
    }),
  },
  {
    name: 'reciprocal-root',
    dtypes: floats,
    program: (draw) => ({
      inputs: [draw.numbers(matrix)],
      tensors: (x) => x.pow(-0.5),
      loops(out, x) {
        for (let i = 0; i < out.length; i++) out[i] = 1 / Math.sqrt(x[i]!);
      },
    }),
  },
  {
    name: 'power',
    dtypes: numbers,
    program: (draw) => ({
      inputs: [draw.numbers(matrix), draw.numbers(matrix, 0, 5)],
      tensors: (x, y) => x.pow(y),
      loops(out, x, y) {
        for (let i = 0; i < out.length; i++) out[i] = x[i]! ** y[i]!;
      },
    }),
    reasons: {
      float64: 'the logarithm of a power is computed in two parts, as many steps as the engine takes for one lane',
    },
  },
  {
    name: 'relu',
    dtypes: numbers,
    program: (draw) => ({
      inputs: [draw.numbers(matrix, -5, 5)],
      tensors: (x) => x.maximum(0),
      loops(out, x) {
        for (let i = 0; i < out.length; i++) out[i] = Math.max(x[i]!, 0);
      },
    }),
  },
  {
    name: 'clamp',
    dtypes: numbers,
    program: (draw) => ({
      inputs: [draw.numbers(matrix, -5, 5)],
      tensors: (x) => x.maximum(-2).minimum(2),
      loops(out, x) {
        for (let i = 0; i < out.length; i++) out[i] = Math.min(Math.max(x[i]!, -2), 2);
      },
    }),
  },
  {
    name: 'absolute',
    dtypes: floats,
    program: (draw) => ({
      inputs: [draw.numbers(matrix, -5, 5)],
      tensors: (x) => x.abs(),
      loops(out, x) {
        for (let i = 0; i < out.length; i++) out[i] = Math.abs(x[i]!);
      },
    }),
  },
  {
    name: 'floor',
    dtypes: floats,
    program: (draw) => ({
      inputs: [draw.numbers(matrix, -5, 5)],
      tensors: (x) => x.floor(),
      loops(out, x) {
        for (let i = 0; i < out.length; i++) out[i] = Math.floor(x[i]!);
      },
    }),
  },
  {
    name: 'less',
    dtypes: numbers,
    program: (draw) => ({
      inputs: [draw.numbers(matrix), draw.numbers(matrix)],
      tensors: (x, y) => x.less(y),
      loops(out, x, y) {
        for (let i = 0; i < out.length; i++) out[i] = x[i]! < y[i]! ? 1 : 0;
      },
    }),
  },
  {
    name: 'where',
    dtypes: numbers,
    program: (draw) => ({
      inputs: [draw.numbers(matrix), draw.numbers(matrix)],
      tensors: (x, y) => x.less(y).where(x, y.mul(2)),
      loops(out, x, y) {
        for (let i = 0; i < out.length; i++) out[i] = x[i]! < y[i]! ? x[i]! : y[i]! * 2;
      },
    }),
  },
  {
    name: 'logic',
    dtypes: ['bool'],
    program: (draw) => ({
      inputs: [draw.numbers(matrix), draw.numbers(matrix), draw.numbers(matrix)],
      tensors: (x, y, z) => x.logicalAnd(y).logicalOr(z.logicalNot()),
      loops(out, x, y, z) {
        for (let i = 0; i < out.length; i++) out[i] = (x[i]! & y[i]!) | (z[i]! ^ 1);
      },
    }),
  },
  {
    name: 'to-float32',
    dtypes: ['float64', 'int32', 'bool'],
    program: (draw) => ({
      inputs: [draw.numbers(matrix)],
      tensors: (x) => x.cast('float32'),
      loops(out, x) {
        for (let i = 0; i < out.length; i++) out[i] = x[i]!;
      },
    }),
    ulps: { float32: 1, float64: 2 ** 29 },
  },
  {
    name: 'row-added',
    dtypes: floats,
    program: (draw) => ({
      inputs: [draw.numbers(matrix), draw.numbers([matrix[1]])],
      tensors: (x, row) => x.add(row),
      loops(out, x, row) {
        for (let i = 0; i < out.length; i += row.length)
          for (let j = 0; j < row.length; j++) out[i + j] = x[i + j]! + row[j]!;
      },
    }),
  },
  {
    name: 'column-multiplied',
    dtypes: numbers,
    program: (draw) => ({
      inputs: [draw.numbers(matrix), draw.numbers([matrix[0], 1])],
      tensors: (x, column) => x.mul(column),
      loops(out, x, column) {
        const columns = out.length / column.length;
        for (let row = 0; row < column.length; row++)
          for (let j = 0; j < columns; j++) out[row * columns + j] = x[row * columns + j]! * column[row]!;
      },
    }),
  },
  {
    name: 'outer-less',
    dtypes: floats,
    program: (draw) => ({
      inputs: [draw.numbers([matrix[0], 1]), draw.numbers([matrix[1]])],
      tensors: (column, row) => column.lessEqual(row),
      loops(out, column, row) {
        for (let i = 0; i < column.length; i++)
          for (let j = 0; j < row.length; j++) out[i * row.length + j] = column[i]! <= row[j]! ? 1 : 0;
      },
    }),
  },
  {
    name: 'outer-equal',
    dtypes: all,
    program: (draw) => ({
      inputs: [draw.numbers([matrix[0], 1]), draw.numbers([matrix[1]])],
      tensors: (column, row) => column.equal(row),
      loops(out, column, row) {
        for (let i = 0; i < column.length; i++)
          for (let j = 0; j < row.length; j++) out[i * row.length + j] = column[i] === row[j] ? 1 : 0;
      },
    }),
  },
  {
    name: 'denormal-average',
    dtypes: floats,
    program: (draw) => {
      const tiny = draw.dtype === 'float32' ? 2 ** -130 : 2 ** -1030;
      return {
        inputs: [draw.numbers(matrix, tiny, 2 * tiny), draw.numbers(matrix, tiny, 2 * tiny)],
        tensors: (x, y) => x.mul(0.5).add(y.mul(0.5)),
        loops(out, x, y) {
          for (let i = 0; i < out.length; i++) out[i] = x[i]! * 0.5 + y[i]! * 0.5;
        },
      };
    },
  },
  {
    name: 'denormal-exp',
    dtypes: floats,
    program: (draw) => {
      const [low, high] = draw.dtype === 'float32' ? [-100, -88] : [-740, -709];
      return {
        inputs: [draw.numbers(matrix, low, high)],
        tensors: (x) => x.exp(),
        loops(out, x) {
          for (let i = 0; i < out.length; i++) out[i] = Math.exp(x[i]!);
        },
      };
    },
  },
];
