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

/** Training data, and test data if a test split is set. */
export interface DataSplit {
  readonly train: Dataset;
  readonly test: Dataset | undefined;
  /** The generator after drawing the data. The notebook draws its weights from it. */
  readonly random: RandomState;
}

interface GeneratorOptions {
  readonly samples: number;
  readonly classes: number;
  readonly noise: number;
  readonly random: Random;
}

const draw: Readonly<Record<DataKind, (options: GeneratorOptions) => Dataset>> = {
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

/** Equally spaced points on a circle. */
function corners(count: number): [number, number][] {
  return Array.from({ length: count }, (_, at) => {
    const angle = Math.PI * ((2 * at) / count + 0.25);
    return [0.8 * Math.cos(angle), 0.8 * Math.sin(angle)];
  });
}

/** Generates the data set of the settings. Equal settings give equal data. */
export function generateData(data: DataSettings): DataSplit {
  const random = randomState(data.seed);
  const all = draw[data.kind]({ samples: sampleCount(data), classes: classCount(data), noise: data.noise, random });
  const test = testSize(data);
  if (test === 0) return { train: all, test: undefined, random };
  // A separate generator, so that the test split changes neither the data nor the weights.
  const parted: Parted = trainTestSplit(all, {
    test,
    random: randomState(data.seed),
    stratify: all.y.dtype === 'int32',
  });
  return { ...parted, random };
}
