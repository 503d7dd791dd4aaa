import {
  blobs,
  type Dataset,
  disk,
  xor,
  moons,
  type Parted,
  plane,
  rings,
  sine,
  spiral,
  trainTestSplit,
} from '@nn/datasets';
import { type Random, type RandomState, randomState } from '@nn/tensor';
import { classCount, testSize, sampleCount } from '../state/data-kinds.ts';
import type { DataKind, DataSettings } from '../state/schema.ts';

/** Points to learn from, and points to be judged by, if any are held back. */
export interface DataSplit {
  readonly train: Dataset;
  readonly test: Dataset | undefined;
  /** The stream after the points were drawn: the notebook draws its weights from here. */
  readonly random: RandomState;
}

interface GeneratorOptions {
  readonly samples: number;
  readonly classes: number;
  readonly noise: number;
  readonly random: Random;
}

const draw: Readonly<Record<DataKind, (asked: GeneratorOptions) => Dataset>> = {
  spiral: ({ samples, classes, noise, random }) => spiral({ samples: samples / classes, classes, noise, random }),
  disk: ({ samples, noise, random }) => disk({ samples, noise, random }),
  xor: ({ samples, noise, random }) => xor({ samples, noise, random }),
  moons: ({ samples, noise, random }) => moons({ samples, noise, random, shuffle: false }),
  rings,
  blobs: ({ samples, classes, noise, random }) =>
    blobs({ samples, centers: corners(classes), standardDeviation: noise, shuffle: false, random }),
  sine: ({ samples, noise, random }) => sine({ samples, noise, random }),
  plane: ({ samples, noise, random }) => plane({ samples, noise, random }),
};

/** Points on the circle, evenly apart. */
function corners(count: number): [number, number][] {
  return Array.from({ length: count }, (_, at) => {
    const angle = Math.PI * ((2 * at) / count + 0.25);
    return [0.8 * Math.cos(angle), 0.8 * Math.sin(angle)];
  });
}

/** Draws the points that the settings describe: equal settings give equal points. */
export function generateData(data: DataSettings): DataSplit {
  const random = randomState(data.seed);
  const all = draw[data.kind]({ samples: sampleCount(data), classes: classCount(data), noise: data.noise, random });
  const test = testSize(data);
  if (test === 0) return { train: all, test: undefined, random };
  // A stream of its own, so that holding points back moves neither them nor the weights.
  const parted: Parted = trainTestSplit(all, {
    test,
    random: randomState(data.seed),
    stratify: all.y.dtype === 'int32',
  });
  return { ...parted, random };
}
