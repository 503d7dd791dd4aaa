/** Formats numbers in English, whatever the locale of the machine. */
const grouped = new Intl.NumberFormat('en');

/** 10000 → 10,000 */
export const integer = (value: number): string => grouped.format(value);

/** Four significant digits: 0.051234 → 0.05123, 1.0986 → 1.099; three for very small and large numbers: 1.23e-7. */
export function significant(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e6) return value.toExponential(2);
  return value.toPrecision(4);
}

/** 0.98333 → 98.3 % */
export const percent = (fraction: number): string => `${(fraction * 100).toFixed(1)} %`;

/** 7.6 → 8 s, 125 → 2 min 5 s */
export function duration(seconds: number): string {
  const rounded = Math.max(Math.round(seconds), 0);
  return rounded < 60 ? `${rounded} s` : `${Math.floor(rounded / 60)} min ${rounded % 60} s`;
}

/** 1930 → 1.9 kB, 4506200 → 4.5 MB */
export function bytes(count: number): string {
  if (count < 1000) return `${count} bytes`;
  const power = Math.min(Math.floor(Math.log10(count) / 3), 3);
  return `${(count / 1000 ** power).toFixed(1)} ${['kB', 'MB', 'GB'][power - 1]!}`;
}
