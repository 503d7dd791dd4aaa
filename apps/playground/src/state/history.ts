import type { NetworkMetrics, Report } from '../protocol.ts';

/** Metrics over the epochs. Keeps a bounded number of reports, equally spaced over the whole run. */
export class History {
  readonly reports: Report[] = [];
  readonly #capacity: number;
  /** One report of this many is kept. */
  #every = 1;
  #skipped = 0;

  constructor(capacity = 600) {
    this.#capacity = capacity;
  }

  /** The latest report, kept or not. */
  latest: Report | undefined;

  add(report: Report): void {
    this.latest = report;
    if (report.epoch === this.reports.at(-1)?.epoch) return;
    if (++this.#skipped < this.#every) return;
    this.#skipped = 0;
    this.reports.push(report);
    if (this.reports.length <= this.#capacity) return;
    // When full, drop every second report and double the interval.
    const kept = this.reports.filter((_, at) => at % 2 === 0);
    this.reports.splice(0, this.reports.length, ...kept);
    this.#every *= 2;
  }

  /** Removes the reports after an epoch, when training went back to it. */
  cutAfter(epoch: number): void {
    while ((this.reports.at(-1)?.epoch ?? -1) > epoch) this.reports.pop();
    if (this.reports.length === 0) this.#every = 1;
    this.#skipped = 0;
    this.latest = this.reports.at(-1);
  }

  /** The kept reports and the latest one. */
  get shown(): readonly Report[] {
    const { latest, reports } = this;
    return latest && latest !== reports.at(-1) && latest.epoch > (reports.at(-1)?.epoch ?? -1)
      ? [...reports, latest]
      : reports;
  }
}

/** The name of a metric of a network. */
export type MetricName = keyof NetworkMetrics;
