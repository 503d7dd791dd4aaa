import { checkOptions, type Tensor } from '@nn/tensor';

/** The option that every metric takes. */
export interface MetricOptions {
  /** How much each row counts, shape [N]; 1 unless given. */
  readonly weights?: Tensor | undefined;
}

/** How good a prediction is: a function of (prediction, target), and the same over batches. */
export interface Metric<Options extends MetricOptions, Result = Tensor> {
  (prediction: Tensor, target: Tensor, options?: Options): Result;

  /**
   * The metric over batches: its result is that of all rows together, whatever the batches were, up to rounding.
   *
   * @param options  as for all rows at once, apart from `weights`, which `update` takes
   * @throws TypeError when an option is unknown
   */
  overBatches(options?: Omit<Options, 'weights'>): Accumulator<Result>;
}

/** A metric over batches. */
export interface Accumulator<Result = Tensor> {
  /**
   * Adds a batch.
   *
   * @throws as the metric does for this batch
   * @throws TypeError within a compiled function, which would add its batch once, while it is traced
   */
  update(prediction: Tensor, target: Tensor, options?: MetricOptions): void;

  /**
   * The metric of all rows since the beginning, or since `reset`.
   *
   * @throws RangeError before the first batch
   */
  result(): Result;

  /** Forgets all batches. */
  reset(): void;
}

/** How a metric is computed: what is kept of a batch, how that of two batches becomes one, and the result. */
export interface MetricParts<Options extends MetricOptions, Kept, Result> {
  readonly name: string;
  /** The names of the options besides `weights`. */
  readonly options?: readonly string[];
  /** What the metric depends on, of a batch: sums where they suffice, and the rows themselves otherwise. */
  measure(prediction: Tensor, target: Tensor, options: Options): Kept;
  /** What would have been measured of the rows of both. */
  merge(first: Kept, second: Kept): Kept;
  result(kept: Kept, options: Options): Result;
}

/**
 * A metric from its parts. All rows at once are one batch, so that both ways are the same computation.
 */
/* @__NO_SIDE_EFFECTS__ */
export function metric<Options extends MetricOptions, Kept, Result = Tensor>({
  name,
  options: known = [],
  measure,
  merge,
  result,
}: MetricParts<Options, Kept, Result>): Metric<Options, Result> {
  const ofAll = (prediction: Tensor, target: Tensor, options: Options = {} as Options): Result => {
    checkOptions(name, options, [...known, 'weights']);
    return result(measure(prediction, target, options), options);
  };
  const overBatches = (options: Omit<Options, 'weights'> = {} as Options): Accumulator<Result> => {
    const hints = { weights: 'Give them to update, with their batch.' };
    const settings = checkOptions(`${name}.overBatches`, options, known, hints) as Options;
    let kept: { readonly of: Kept } | undefined;
    return {
      update(prediction, target, { weights } = {}) {
        if (prediction.symbolic || target.symbolic) {
          throw new TypeError(
            `${name}.overBatches: update is called within compile, which would run it once, while it traces the function. ` +
              `Return the prediction from the compiled function, and update outside of it.`,
          );
        }
        const batch = measure(prediction.detach(), target.detach(), { ...settings, weights });
        kept = { of: kept ? merge(kept.of, batch) : batch };
      },
      result() {
        if (kept) return result(kept.of, settings);
        throw new RangeError(`${name}.overBatches: there is no result without a batch. Call update first.`);
      },
      reset() {
        kept = undefined;
      },
    };
  };
  return Object.assign(ofAll, { overBatches });
}

/** Tensors by name, each added to that of the same name: how sums are merged. */
export function addSums<Sums extends Readonly<Record<string, Tensor>>>(first: Sums, second: Sums): Sums {
  const added = Object.entries(first).map(([name, sum]) => [name, sum.add(second[name]!)]);
  return Object.fromEntries(added) as Sums;
}
