import { assert, asyncProperty, base64String, constantFrom, json, jsonValue, oneof, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeLink, encodeLink } from './link.ts';
import { presets } from './presets.ts';
import { type Settings, settingsSchema, defaultSettings } from './schema.ts';

/** Encodes any value as a link encodes settings. */
const pack = async (value: unknown): Promise<string> => `#${await encodeLink(value as Settings)}`;

describe('a link', () => {
  test.each(Object.entries(presets))('restores the example %s', async (_, { settings }) => {
    const link = await encodeLink(settings);
    expect(link).toMatch(/^v1\.[\w-]+$/);
    expect(link.length).toBeLessThan(600);
    expect(await decodeLink(`#${link}`)).toEqual({ settings, errors: [] });
  });

  test('that is empty opens the default settings without an error', async () => {
    expect(await decodeLink('')).toEqual({ settings: defaultSettings, errors: [] });
    expect(await decodeLink('#')).toEqual({ settings: defaultSettings, errors: [] });
  });

  test('keeps unknown fields, for a newer playground', async () => {
    const newer = {
      ...defaultSettings,
      drawing: [1, 2],
      data: { ...defaultSettings.data, classes: 5, imbalance: 0.5 },
      networks: [{ ...defaultSettings.networks[0]!, dropout: 0.5 }],
    };
    const { settings, errors } = await decodeLink(await pack(newer));
    expect(errors).toEqual([]);
    expect(settings).toEqual(newer);
  });

  test('with the former name of a data set opens that data set', async () => {
    const former = { ...defaultSettings, data: { ...defaultSettings.data, kind: 'exclusiveOr' } };
    const { settings, errors } = await decodeLink(await pack(former));
    expect(errors).toEqual([]);
    expect(settings.data.kind).toBe('xor');
  });

  test('with values out of range uses their defaults, and reports each of them', async () => {
    const wrong = {
      ...defaultSettings,
      data: { ...defaultSettings.data, classes: 3.5, noise: '<b>' },
      training: { ...defaultSettings.training, learningRate: 1e9 },
      networks: [{ ...defaultSettings.networks[0]!, layers: Array.from({ length: 9 }, () => ({ neurons: 1 })) }],
    };
    const { settings, errors } = await decodeLink(await pack(wrong));
    expect(settings).toEqual(defaultSettings);
    expect(errors).toEqual([
      'data.classes is 3.5, but must be an integer from 2 to 8; 3 is used.',
      'data.noise is <b>, but must be a number from 0 to 0.5; 0.2 is used.',
      'networks[0].layers is a list of 9, but must be a list of 0 to 8; a list of 1 is used.',
      'training.learningRate is 1000000000, but must be a number from 0 to 10; 0.05 is used.',
    ]);
  });

  test.each([
    ['of another format', '#v2.abc', 'This link has format v2, which this playground does not support'],
    ['without a format', '#settings', 'This is not a link of the playground'],
    ['with invalid characters', '#v1.<script>', 'This is not a link of the playground'],
    ['that is truncated', '#v1.7VbB', 'This link is damaged'],
    ['that is empty', '#v1.', 'This link is damaged'],
  ])('%s opens the default settings with an error', async (_, hash, said) => {
    const { settings, errors } = await decodeLink(hash);
    expect(settings).toEqual(defaultSettings);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(said);
  });

  test('that would decompress to more than the limit is refused', async () => {
    const { settings, errors } = await decodeLink(await pack({ ...defaultSettings, more: 'a'.repeat(10_000_000) }));
    expect(settings).toEqual(defaultSettings);
    expect(errors[0]).toContain('damaged');
  });

  test('cannot pollute prototypes', async () => {
    const { settings } = await decodeLink(
      await pack(JSON.parse('{"__proto__":{"polluted":1},"constructor":1,"data":{"__proto__":{"polluted":1}}}')),
    );
    expect(Object.keys(settings)).not.toContain('constructor');
    expect((settings as unknown as { polluted?: number }).polluted).toBeUndefined();
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test('with any JSON value gives valid settings', async () => {
    await assert(
      asyncProperty(json(), async (text) => expectValid(await decodeLink(await pack(JSON.parse(text))))),
      { numRuns: 200 },
    );
  });

  test('with any text gives valid settings', async () => {
    const hashes = oneof(
      string({ unit: 'binary' }),
      base64String().map((text) => `#v1.${text.replace(/[+/=]/g, '-')}`),
      string().map((text) => `#v1.${text}`),
    );
    await assert(
      asyncProperty(hashes, async (hash) => expectValid(await decodeLink(hash))),
      { numRuns: 300 },
    );
  });

  test('with one field of any value gives valid settings', async () => {
    const paths = ['data', 'networks', 'training', 'seed', 'speed', 'stride'] as const;
    await assert(
      asyncProperty(constantFrom(...paths), jsonValue(), async (path, value) =>
        expectValid(await decodeLink(await pack({ ...defaultSettings, [path]: value }))),
      ),
      { numRuns: 300 },
    );
  });
});

/** Settings are valid if reading them again reports no error. */
function expectValid({ settings }: { readonly settings: Settings }): void {
  const errors: string[] = [];
  const again = settingsSchema.read(settings, '', errors);
  expect(errors).toEqual([]);
  expect(again).toEqual(settings);
}
