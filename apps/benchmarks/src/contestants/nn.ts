import { relu, softmax, tanh } from '@nn/activations';
import { conv2d, dense, flatten, type LayerFunction, maxPool2d, sequential } from '@nn/layers';
import { sigmoidCrossentropy, softmaxCrossentropy } from '@nn/losses';
import { adam, sgd } from '@nn/optimizers';
import {
  type Backend,
  compile,
  fromTypedArray,
  gradients,
  randomState,
  type Returned,
  runSteps,
  type Tensor,
  variable,
  zeros,
} from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';
import { threads } from '@nn/tensor/wasm/threads';
import { type Contestant, digest, type Job } from '../contestant.ts';
import { programOf, resultOf } from '../patterns/index.ts';
import { adamSettings, type ConvolutionalTask, type LayerStart, type Numbers, type TrainingTask } from '../task.ts';

/** What carries the same functions out; without a backend each operation runs at once. */
const backends: Readonly<Record<string, Backend | undefined>> = {
  eager: undefined,
  compiled: wasm,
  deterministic: wasm({ deterministic: true }),
  threads: wasm({ threads: threads(2) }),
};

/** This library: step by step, compiled, or compiled with many training steps in each call (`runSteps`). */
export function contestant(variant: string): Contestant {
  if (variant === 'repeat') {
    return {
      training: (task) => training(task, manySteps),
      convolutional: (task) => convolutional(task, manySteps),
    };
  }
  if (!Object.hasOwn(backends, variant)) throw new Error(`this library has no "${variant}"`);
  const backend = backends[variant];
  const prepare: Prepare = (step) => (backend ? compile(step, backend) : step);
  return {
    matmul({ a, b }) {
      const kept = variable(zeros([a.shape[0]!, b.shape[1]!]));
      const product = prepare((left: Tensor, right: Tensor) => kept.assign(left.matmul(right)));
      const [left, right] = [tensorOf(a), tensorOf(b)];
      return jobOf(
        () => product(left, right),
        () => kept,
      );
    },
    chain({ x, w, b }) {
      const total = prepare((rows: Tensor, factor: Tensor, shift: Tensor) => relu(rows.mul(factor).add(shift)).sum());
      const [rows, factor, shift] = [tensorOf(x), tensorOf(w), tensorOf(b)];
      return jobOf(
        () => total(rows, factor, shift),
        (sum) => sum,
      );
    },
    softmax({ x }) {
      const kept = variable(zeros(x.shape));
      const probabilities = prepare((rows: Tensor) => kept.assign(softmax(rows)));
      const rows = tensorOf(x);
      return jobOf(
        () => probabilities(rows),
        () => kept,
      );
    },
    pattern({ pattern, dtype }) {
      const { inputs, tensors } = programOf(pattern, dtype);
      if (!backend)
        return wholeJobOf(
          () => tensors(...inputs),
          (result) => result,
        );
      const like = resultOf(pattern, dtype);
      const kept = variable(zeros(like.shape, { dtype: like.dtype }));
      const program = compile((...given: Tensor[]) => kept.assign(tensors(...given)), backend);
      return wholeJobOf(
        () => program(...inputs),
        () => kept,
      );
    },
    training: (task) => training(task, (step) => oneByOne(prepare(step))),
    convolutional: (task) => convolutional(task, (step) => oneByOne(prepare(step))),
    inference({ x, layers }) {
      const model = modelOf(layers, relu);
      const logits = prepare((row: Tensor) => model(row));
      const [count, columns] = x.shape as [number, number];
      const rows = Array.from({ length: count }, (_, row) =>
        fromTypedArray(x.data.slice(row * columns, (row + 1) * columns), [1, columns]),
      );
      let call = 0;
      const next = () => logits(rows[call++ % count]!).data;
      return {
        result: () => rows.flatMap(() => Array.from(next())),
        run(times) {
          for (let time = 0; time < times; time++) next();
        },
      };
    },
  };
}

/** Prepares a function to be run: compiles it, or leaves it as it is. */
type Prepare = <Args extends readonly Tensor[], Result extends Returned>(
  step: (...args: Args) => Result,
) => (...args: Args) => Result;

/** Takes so many steps on a batch, and gives the last loss. */
type Steps = (times: number, x: Tensor, y: Tensor) => Tensor;
type Step = (x: Tensor, y: Tensor) => Tensor;

function oneByOne(step: Step): Steps {
  return (times, x, y) => {
    for (let time = 1; time < times; time++) step(x, y);
    return step(x, y);
  };
}

function manySteps(step: Step): Steps {
  const compiled = compile(step, wasm);
  return (times, x, y) => runSteps(compiled, times, x, y);
}

function training(task: TrainingTask, stepping: (step: Step) => Steps): Job {
  const { layers, labels, activation, learningRate, compared } = task;
  const model = modelOf(layers, activation === 'tanh' ? tanh : relu);
  const optimizer =
    task.optimizer === 'adam'
      ? adam(model.parameters, { learningRate, ...adamSettings })
      : sgd(model.parameters, { learningRate });
  const oneOutput = layers.at(-1)!.bias.data.length === 1;
  const steps = stepping((x, y) => {
    const loss = oneOutput ? sigmoidCrossentropy(model(x), y) : softmaxCrossentropy(model(x), y);
    optimizer.step(gradients(loss, model.parameters));
    return loss;
  });
  const x = tensorOf(task.x);
  const y = oneOutput
    ? fromTypedArray(Float32Array.from(labels), [labels.length, 1])
    : fromTypedArray(labels, [labels.length]);
  return {
    result: () => Array.from({ length: compared }, () => steps(1, x, y).item()),
    run: (times) => void steps(times, x, y),
  };
}

function convolutional(task: ConvolutionalTask, stepping: (step: Step) => Steps): Job {
  const { convolutions, classifier, learningRate, compared } = task;
  const random = randomState(0);
  const startOf = ({ weight, bias }: LayerStart) => ({
    random,
    weight: () => tensorOf(weight),
    bias: () => tensorOf(bias),
  });
  const layers: LayerFunction[] = convolutions.flatMap(({ groups, pool, ...start }) => {
    const [outputs, depth] = start.weight.shape as [number, number];
    const layer: LayerFunction = conv2d(depth * groups, outputs, 3, { ...startOf(start), padding: 1, groups });
    return pool ? [layer, relu, maxPool2d(2)] : [layer, relu];
  });
  if (classifier) {
    const [inputs, neurons] = classifier.layer.weight.shape as [number, number];
    layers.push(flatten, dense(inputs, neurons, startOf(classifier.layer)));
  }
  const model = sequential(...layers);
  const images = variable(tensorOf(task.x));
  const parameters = classifier ? model.parameters : { ...model.parameters, images };
  const optimizer = sgd(parameters, { learningRate });
  const steps = stepping((x, y) => {
    const logits = model(classifier ? x : images);
    const loss = classifier ? softmaxCrossentropy(logits, y) : logits.mul(logits).mean();
    optimizer.step(gradients(loss, parameters));
    return loss;
  });
  const labels = classifier?.labels ?? new Int32Array(1);
  const [x, y] = [tensorOf(task.x), fromTypedArray(labels, [labels.length])];
  return {
    result: () => Array.from({ length: compared }, () => steps(1, x, y).item()),
    run: (times) => void steps(times, x, y),
  };
}

function tensorOf({ data, shape }: Numbers): Tensor {
  return fromTypedArray(data, shape);
}

function modelOf(starts: readonly LayerStart[], activation: (x: Tensor) => Tensor) {
  const random = randomState(0);
  const layers = starts.map(({ weight, bias }) =>
    dense(weight.shape[0]!, weight.shape[1]!, { random, weight: () => tensorOf(weight), bias: () => tensorOf(bias) }),
  );
  return sequential(...layers.flatMap((layer, at) => (at === 0 ? [layer] : [activation, layer])));
}

/** A unit, and where its result is found: a large one stays in the memory of the module until it is read. */
function jobOf<Result>(unit: () => Result, read: (result: Result) => Tensor): Job {
  return { ...wholeJobOf(unit, read), result: () => digest(read(unit()).data) };
}

/** The same, compared number by number. */
function wholeJobOf<Result>(unit: () => Result, read: (result: Result) => Tensor): Job {
  return {
    result: () => read(unit()).data,
    run(times) {
      for (let time = 0; time < times; time++) unit();
    },
  };
}
