/**
 * Operations by name.
 *
 * @param written  what is written of each, under its name
 * @param build    makes an operation of it
 */
/* @__NO_SIDE_EFFECTS__ */
export function byName<Name extends string, Written, Operation>(
  written: { readonly [N in Name]: Written },
  build: (name: string, own: Written) => Operation,
): { readonly [N in Name]: Operation } {
  const built = Object.entries<Written>(written).map(([name, own]) => [name, build(name, own)] as const);
  return Object.fromEntries(built) as { readonly [N in Name]: Operation };
}
