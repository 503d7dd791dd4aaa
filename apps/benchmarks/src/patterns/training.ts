import { adam, rmsprop, sgd } from '@nn/optimizers';
import { concat, full, gradients, type TypedArray, variable, type Variable, watch, zeros } from '@nn/tensor';
import { type Draw, floats, type Pattern, sumUlps } from './pattern.ts';

/** How many numbers the frozen parameters have. */
const frozen = 10_000;

/**
 * A parameter whose gradient is 0 in every step, with running means as they are when nothing makes them 0: after many
 * steps they stay at the smallest denormals, because 0.9 · 4 · 2⁻¹⁴⁹ is rounded to 4 · 2⁻¹⁴⁹.
 */
function frozenParameter({ dtype }: Draw): { readonly w: Variable; readonly denormal: number } {
  return { w: variable(full([frozen], 1, { dtype })), denormal: 4 * (dtype === 'float32' ? 2 ** -149 : 2 ** -1074) };
}

function fill(state: Readonly<Record<string, Variable>>, value: number): void {
  for (const kept of Object.values(state)) {
    if (kept.rank > 0) kept.assign(full(kept.shape, value, { dtype: kept.dtype }));
  }
}

/** Adding this to a running mean and subtracting it again leaves 0 of one that is too small to matter. */
const flushing = (array: TypedArray): number => (array instanceof Float32Array ? 1e-30 : 1e-290);

/** Whole training steps, and the updates of optimizers. */
export const training: readonly Pattern[] = [
  {
    name: 'regression-step',
    dtypes: floats,
    program: (draw) => ({
      inputs: [draw.numbers([1000, 20]), draw.numbers([1000, 1], 20, 30), draw.numbers([20, 1])],
      tensors(x, y, weight) {
        const w = watch(weight);
        const loss = x.matmul(w).sub(y).pow(2).mean();
        return weight.sub(gradients(loss, w).mul(0.001));
      },
      loops(out, x, y, w) {
        const sums = new Float64Array(20);
        for (let i = 0; i < 1000; i++) {
          let error = -y[i]!;
          for (let j = 0; j < 20; j++) error += x[i * 20 + j]! * w[j]!;
          for (let j = 0; j < 20; j++) sums[j]! += x[i * 20 + j]! * error;
        }
        for (let j = 0; j < 20; j++) out[j] = w[j]! - 0.001 * ((2 * sums[j]!) / 1000);
      },
    }),
    ulps: sumUlps,
  },
  {
    name: 'hidden-layer-step',
    dtypes: floats,
    program: (draw) => ({
      inputs: [
        draw.numbers([128, 64], 0, 0.1),
        draw.numbers([128, 1], 10, 20),
        draw.numbers([64, 64], 0, 0.5),
        draw.numbers([64, 1], 0, 0.5),
      ],
      tensors(x, y, first, second) {
        const [w1, w2] = [watch(first), watch(second)];
        const loss = x.matmul(w1).tanh().matmul(w2).sub(y).pow(2).mean();
        const [gradient1, gradient2] = gradients(loss, [w1, w2]);
        return concat([first.sub(gradient1!.mul(0.01)), second.sub(gradient2!.mul(0.01)).T]);
      },
      loops: hiddenLayerStep(128, 64),
    }),
    ulps: sumUlps,
  },
  {
    name: 'softmax-gradient',
    dtypes: floats,
    program: (draw) => ({
      inputs: [draw.numbers([2000, 10], 1, 3), draw.numbers([2000, 10], 1, 3)],
      tensors(x, y) {
        const logits = watch(x);
        const powers = logits.exp();
        const loss = powers.sum(1).log().sub(logits.mul(y).sum(1)).sum();
        return gradients(loss, logits);
      },
      loops(out, x, y) {
        for (let i = 0; i < x.length; i += 10) {
          let sum = 0;
          for (let j = 0; j < 10; j++) sum += Math.exp(x[i + j]!);
          for (let j = 0; j < 10; j++) out[i + j] = Math.exp(x[i + j]!) / sum - y[i + j]!;
        }
      },
    }),
  },
  {
    name: 'adam-frozen',
    dtypes: floats,
    program(draw) {
      const { w, denormal } = frozenParameter(draw);
      const optimizer = adam({ w });
      fill(optimizer.state, denormal);
      let momentum: TypedArray | undefined;
      let cache: TypedArray | undefined;
      let step = 0;
      return {
        inputs: [zeros([frozen], { dtype: draw.dtype })],
        tensors(gradient) {
          optimizer.step({ w: gradient });
          return w;
        },
        loops(out, gradient) {
          if (!momentum || !cache) {
            momentum = out.slice().fill(denormal);
            cache = out.slice().fill(denormal);
            out.fill(1);
          }
          step++;
          const [correction1, correction2] = [1 - 0.9 ** step, 1 - 0.999 ** step];
          const tiny = flushing(out);
          for (let i = 0; i < out.length; i++) {
            const g = gradient[i]!;
            const m = (momentum[i] = 0.9 * momentum[i]! + 0.1 * g + tiny - tiny);
            const c = (cache[i] = 0.999 * cache[i]! + 0.001 * g * g + tiny - tiny);
            out[i]! -= (0.001 * (m / correction1)) / (Math.sqrt(c / correction2) + 1e-7);
          }
        },
      };
    },
  },
  {
    name: 'rmsprop-frozen',
    dtypes: floats,
    program(draw) {
      const { w, denormal } = frozenParameter(draw);
      const optimizer = rmsprop({ w });
      fill(optimizer.state, denormal);
      let cache: TypedArray | undefined;
      return {
        inputs: [zeros([frozen], { dtype: draw.dtype })],
        tensors(gradient) {
          optimizer.step({ w: gradient });
          return w;
        },
        loops(out, gradient) {
          if (!cache) {
            cache = out.slice().fill(denormal);
            out.fill(1);
          }
          const tiny = flushing(out);
          for (let i = 0; i < out.length; i++) {
            const g = gradient[i]!;
            const c = (cache[i] = 0.9 * cache[i]! + 0.1 * g * g + tiny - tiny);
            out[i]! -= (0.001 * g) / (Math.sqrt(c) + 1e-7);
          }
        },
      };
    },
  },
  {
    name: 'momentum-frozen',
    dtypes: floats,
    program(draw) {
      const { w, denormal } = frozenParameter(draw);
      const optimizer = sgd({ w }, { learningRate: 0.1, momentum: 0.9 });
      fill(optimizer.state, denormal);
      let momentum: TypedArray | undefined;
      return {
        inputs: [zeros([frozen], { dtype: draw.dtype })],
        tensors(gradient) {
          optimizer.step({ w: gradient });
          return w;
        },
        loops(out, gradient) {
          if (!momentum) {
            momentum = out.slice().fill(denormal);
            out.fill(1);
          }
          const tiny = flushing(out);
          for (let i = 0; i < out.length; i++) {
            const v = (momentum[i] = 0.9 * momentum[i]! + 0.1 * gradient[i]! + tiny - tiny);
            out[i]! -= v;
          }
        },
      };
    },
  },
];

/** One step of gradient descent on mean((tanh(x · w1) · w2 − y)²), x [rows, n], w1 [n, n], w2 [n, 1]. */
function hiddenLayerStep(rows: number, n: number) {
  const hidden = new Float64Array(n);
  const gradient1 = new Float64Array(n * n);
  const gradient2 = new Float64Array(n);
  return (out: TypedArray, x: TypedArray, y: TypedArray, w1: TypedArray, w2: TypedArray): void => {
    gradient1.fill(0);
    gradient2.fill(0);
    for (let row = 0; row < rows; row++) {
      hidden.fill(0);
      for (let k = 0; k < n; k++) {
        const value = x[row * n + k]!;
        for (let j = 0; j < n; j++) hidden[j]! += value * w1[k * n + j]!;
      }
      let error = -y[row]!;
      for (let j = 0; j < n; j++) error += (hidden[j] = Math.tanh(hidden[j]!)) * w2[j]!;
      const errorGradient = (2 * error) / rows;
      for (let j = 0; j < n; j++) {
        gradient2[j]! += errorGradient * hidden[j]!;
        hidden[j] = errorGradient * w2[j]! * (1 - hidden[j]! ** 2);
      }
      for (let k = 0; k < n; k++) {
        const value = x[row * n + k]!;
        for (let j = 0; j < n; j++) gradient1[k * n + j]! += value * hidden[j]!;
      }
    }
    for (let i = 0; i < n * n; i++) out[i] = w1[i]! - 0.01 * gradient1[i]!;
    for (let j = 0; j < n; j++) out[n * n + j] = w2[j]! - 0.01 * gradient2[j]!;
  };
}
