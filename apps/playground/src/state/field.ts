/** A field of the settings schema: its validation and its default. */
export interface Field<Value> {
  readonly fallback: Value;
  /**
   * Returns the value if it is valid, else the default.
   *
   * @param path    the path of the value, for the error message
   * @param errors  receives a message if the value is invalid
   */
  read(value: unknown, path: string, errors: string[]): Value;
}

/** The type of the value of a field. */
export type ValueOf<Part> = Part extends Field<infer Value> ? Value : never;

/** A number field knows its ends, so that the controls know them too. */
export interface NumberField extends Field<number> {
  readonly min: number;
  readonly max: number;
}

/** A number from min to max. */
export function number(min: number, max: number, fallback: number): NumberField {
  return numeric(min, max, fallback, Number.isFinite, 'a number');
}

/** An integer from min to max. */
export function integer(min: number, max: number, fallback: number): NumberField {
  return numeric(min, max, fallback, Number.isSafeInteger, 'an integer');
}

function numeric(
  min: number,
  max: number,
  fallback: number,
  fits: (value: unknown) => boolean,
  kind: string,
): NumberField {
  return {
    min,
    max,
    fallback,
    read(value, path, errors) {
      if (fits(value) && (value as number) >= min && (value as number) <= max) return value as number;
      if (value !== undefined) errors.push(invalidValue(path, value, `${kind} from ${min} to ${max}`, fallback));
      return fallback;
    },
  };
}

/** Yes or no. */
export function boolean(fallback: boolean): Field<boolean> {
  return {
    fallback,
    read(value, path, errors) {
      if (typeof value === 'boolean') return value;
      if (value !== undefined) errors.push(invalidValue(path, value, 'true or false', fallback));
      return fallback;
    },
  };
}

export interface ChoiceField<Name extends string> extends Field<Name> {
  readonly names: readonly Name[];
}

/**
 * One of some names.
 *
 * @param former  names that older links hold, with the present name of each
 */
export function choice<const Name extends string>(
  names: readonly Name[],
  fallback: NoInfer<Name>,
  former: ReadonlyMap<unknown, NoInfer<Name>> = new Map(),
): ChoiceField<Name> {
  return {
    names,
    fallback,
    read(value, path, errors) {
      const name = former.get(value) ?? (value as Name);
      if (names.includes(name)) return name;
      if (value !== undefined) errors.push(invalidValue(path, value, `one of ${names.join(', ')}`, fallback));
      return fallback;
    },
  };
}

export interface ListField<Item> extends Field<readonly Item[]> {
  readonly item: Field<Item>;
  readonly minLength: number;
  readonly maxLength: number;
}

/** From `minLength` to `maxLength` things of one kind. */
export function list<Item>(
  item: Field<Item>,
  minLength: number,
  maxLength: number,
  fallback: readonly Item[],
): ListField<Item> {
  return {
    item,
    minLength,
    maxLength,
    fallback,
    read(value, path, errors) {
      if (Array.isArray(value) && value.length >= minLength && value.length <= maxLength) {
        return value.map((each: unknown, at) => item.read(each, `${path}[${at}]`, errors));
      }
      if (value !== undefined) {
        const given = Array.isArray(value) ? `a list of ${value.length}` : value;
        errors.push(
          invalidValue(path, given, `a list of ${minLength} to ${maxLength}`, `a list of ${fallback.length}`),
        );
      }
      return fallback;
    },
  };
}

type Fields = Readonly<Record<string, Field<unknown>>>;
type RecordOf<Parts extends Fields> = { readonly [Name in keyof Parts]: ValueOf<Parts[Name]> };

export interface RecordField<Parts extends Fields> extends Field<RecordOf<Parts>> {
  readonly fields: Parts;
}

/** What no value may be called: such names reach into the language. */
const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

/** Values by name. Names that are not known are kept, so that a link of a newer version survives an older one. */
export function record<Parts extends Fields>(fields: Parts): RecordField<Parts> {
  const readAll = (given: Readonly<Record<string, unknown>>, path: string, errors: string[]): RecordOf<Parts> => {
    const kept = Object.entries(given).filter(([name]) => !Object.hasOwn(fields, name) && !forbidden.has(name));
    const known = Object.entries(fields).map(([name, field]) => {
      const value = Object.hasOwn(given, name) ? given[name] : undefined;
      return [name, field.read(value, path === '' ? name : `${path}.${name}`, errors)];
    });
    return Object.fromEntries([...kept, ...known]) as RecordOf<Parts>;
  };
  const fallback = readAll({}, '', []);
  return {
    fields,
    fallback,
    read(value, path, errors) {
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
        return readAll(value as Readonly<Record<string, unknown>>, path, errors);
      }
      if (value !== undefined) errors.push(invalidValue(path || 'the settings', value, 'an object', 'the default'));
      return fallback;
    },
  };
}

function invalidValue(path: string, value: unknown, fits: string, used: unknown): string {
  return `${path} is ${shown(value)}, but must be ${fits}; ${shown(used)} is used.`;
}

/** A value in few letters, whatever it is. */
function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
