import type { NetworkMetrics, Report } from '../protocol.ts';

/** Scores over the epochs. However long training lasts, only so many are kept, evenly over the whole time. */
export class History {
  readonly reports: Report[] = [];
  readonly #capacity: number;
  /** Of how many reports one is kept. */
  #every = 1;
  #skipped = 0;

  constructor(capacity = 600) {
    this.#capacity = capacity;
  }

  /** The latest report, though it may not be among those that are kept. */
  latest: Report | undefined;

  add(report: Report): void {
    this.latest = report;
    if (report.epoch === this.reports.at(-1)?.epoch) return;
    if (++this.#skipped < this.#every) return;
    this.#skipped = 0;
    this.reports.push(report);
    if (this.reports.length <= this.#capacity) return;
    // Every other one goes, and from now on every other one comes.
    const kept = this.reports.filter((_, at) => at % 2 === 0);
    this.reports.splice(0, this.reports.length, ...kept);
    this.#every *= 2;
  }

  /** Forgets what came after an epoch: training went back there. */
  cutAfter(epoch: number): void {
    while ((this.reports.at(-1)?.epoch ?? -1) > epoch) this.reports.pop();
    if (this.reports.length === 0) this.#every = 1;
    this.#skipped = 0;
    this.latest = this.reports.at(-1);
  }

  /** What is kept, and the latest if it is not. */
  get shown(): readonly Report[] {
    const { latest, reports } = this;
    return latest && latest !== reports.at(-1) && latest.epoch > (reports.at(-1)?.epoch ?? -1)
      ? [...reports, latest]
      : reports;
  }
}

/** One of the numbers of a metrics, as a curve shows it. */
export type MetricName = keyof NetworkMetrics;
