import { availableParallelism, cpus, loadavg } from 'node:os';
import { peakModule } from './peak-module.ts';

/** What the figures depend on, as it is before the first of them is taken. */
export function machineFacts(): Readonly<Record<string, string>> {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: String(availableParallelism()),
    system: `${process.platform} ${process.arch}`,
    node: process.version,
    v8: process.versions.v8,
    // How many other programs wanted the processor: the ratios bear it, the times do not.
    'load before': loadavg()[0]!.toFixed(1),
    'wasm multiply-add': peakModule().fused ? 'fused' : 'apart',
    date: new Date().toISOString().slice(0, 10),
  };
}
