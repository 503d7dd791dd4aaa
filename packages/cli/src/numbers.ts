/** Numbers as the command prints them: always with a point, whatever the language of the machine. */
const grouped = new Intl.NumberFormat('en');

/** 10000 → 10,000 */
export const whole = (value: number): string => grouped.format(value);

/** Four digits that matter: 0.05123 → 0.0512, 1.0986 → 1.099, and 1.2e-7. */
export function significant(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e6) return value.toExponential(2);
  return value.toPrecision(4);
}

/** 0.98333 → 98.3 % */
export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** Seconds as people say them: 8 s, 2 min 5 s. */
export function duration(seconds: number): string {
  const rounded = Math.max(Math.round(seconds), 0);
  return rounded < 60 ? `${rounded} s` : `${Math.floor(rounded / 60)} min ${rounded % 60} s`;
}

/** 1930 → 1.9 kB */
export const bytes = (count: number): string => (count < 1000 ? `${count} bytes` : `${(count / 1000).toFixed(1)} kB`);
