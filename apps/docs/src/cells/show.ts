/** The text of `console.log`: values separated by spaces, strings unchanged, tensors as NumPy prints them. */
export function show(...values: readonly unknown[]): string {
  return values.map((value) => (typeof value === 'string' ? value : inspect(value))).join(' ');
}

/** Formats a value as Node's console does, for the kinds of values that cells print. */
function inspect(value: unknown, depth = 0): string {
  if (typeof value === 'string') return `'${value}'`;
  if (Object.is(value, -0)) return '-0';
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return value.name === '' ? '[Function (anonymous)]' : `[Function: ${value.name}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  // Tensors and other objects with their own toString.
  if (value.toString !== Object.prototype.toString && !Array.isArray(value)) return String(value);
  if (depth > 2) return Array.isArray(value) ? '[Array]' : '[Object]';
  const parts = Array.isArray(value)
    ? value.map((each) => inspect(each, depth + 1))
    : Object.entries(value).map(([name, each]) => `${name}: ${inspect(each, depth + 1)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return parts.length === 0 ? `${open}${close}` : `${open} ${parts.join(', ')} ${close}`;
}
