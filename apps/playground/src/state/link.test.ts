import { assert, asyncProperty, base64String, constantFrom, json, jsonValue, oneof, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeLink, encodeLink } from './link.ts';
import { presets } from './presets.ts';
import { type Settings, settingsSchema, usualSettings } from './schema.ts';

/** Anything, packed as a link packs settings. */
const pack = async (value: unknown): Promise<string> => `#${await encodeLink(value as Settings)}`;

describe('a link', () => {
  test.each(Object.entries(presets))('brings back the example %s as it was', async (_, { settings }) => {
    const link = await encodeLink(settings);
    expect(link).toMatch(/^v1\.[\w-]+$/);
    expect(link.length).toBeLessThan(600);
    expect(await decodeLink(`#${link}`)).toEqual({ settings, faults: [] });
  });

  test('that is none opens the usual network without a word', async () => {
    expect(await decodeLink('')).toEqual({ settings: usualSettings, faults: [] });
    expect(await decodeLink('#')).toEqual({ settings: usualSettings, faults: [] });
  });

  test('keeps what it does not know, for a newer playground', async () => {
    const newer = {
      ...usualSettings,
      drawing: [1, 2],
      data: { ...usualSettings.data, classes: 5, imbalance: 0.5 },
      networks: [{ ...usualSettings.networks[0]!, dropout: 0.5 }],
    };
    const { settings, faults } = await decodeLink(await pack(newer));
    expect(faults).toEqual([]);
    expect(settings).toEqual(newer);
  });

  test('with the former name of a data set opens that data set', async () => {
    const former = { ...usualSettings, data: { ...usualSettings.data, kind: 'exclusiveOr' } };
    const { settings, faults } = await decodeLink(await pack(former));
    expect(faults).toEqual([]);
    expect(settings.data.kind).toBe('xor');
  });

  test('with a value out of bounds opens the rest, and says what was wrong with it', async () => {
    const wrong = {
      ...usualSettings,
      data: { ...usualSettings.data, classes: 3.5, noise: '<b>' },
      training: { ...usualSettings.training, learningRate: 1e9 },
      networks: [{ ...usualSettings.networks[0]!, layers: Array.from({ length: 9 }, () => ({ neurons: 1 })) }],
    };
    const { settings, faults } = await decodeLink(await pack(wrong));
    expect(settings).toEqual(usualSettings);
    expect(faults).toEqual([
      'data.classes is 3.5, but must be a whole number from 2 to 8; 3 is used.',
      'data.noise is <b>, but must be a number from 0 to 0.5; 0.2 is used.',
      'networks[0].layers is a list of 9, but must be a list of 0 to 8; a list of 1 is used.',
      'training.learningRate is 1000000000, but must be a number from 0 to 10; 0.05 is used.',
    ]);
  });

  test.each([
    ['of another form', '#v2.abc', 'This link is of form v2, which this playground does not know'],
    ['of no form', '#settings', 'This link is none of the playground’s'],
    ['with letters that no link has', '#v1.<script>', 'This link is none of the playground’s'],
    ['cut short', '#v1.7VbB', 'This link is damaged'],
    ['that holds nothing', '#v1.', 'This link is damaged'],
  ])('%s opens the usual network, and says so', async (_, hash, said) => {
    const { settings, faults } = await decodeLink(hash);
    expect(settings).toEqual(usualSettings);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(said);
  });

  test('that would unpack to very much is not unpacked', async () => {
    const { settings, faults } = await decodeLink(await pack({ ...usualSettings, more: 'a'.repeat(10_000_000) }));
    expect(settings).toEqual(usualSettings);
    expect(faults[0]).toContain('damaged');
  });

  test('cannot reach into the language', async () => {
    const { settings } = await decodeLink(
      await pack(JSON.parse('{"__proto__":{"polluted":1},"constructor":1,"data":{"__proto__":{"polluted":1}}}')),
    );
    expect(Object.keys(settings)).not.toContain('constructor');
    expect((settings as unknown as { polluted?: number }).polluted).toBeUndefined();
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test('whatever it holds, gives settings that fit', async () => {
    await assert(
      asyncProperty(json(), async (text) => expectFits(await decodeLink(await pack(JSON.parse(text))))),
      { numRuns: 200 },
    );
  });

  test('whatever it is written like, gives settings that fit', async () => {
    const hashes = oneof(
      string({ unit: 'binary' }),
      base64String().map((text) => `#v1.${text.replace(/[+/=]/g, '-')}`),
      string().map((text) => `#v1.${text}`),
    );
    await assert(
      asyncProperty(hashes, async (hash) => expectFits(await decodeLink(hash))),
      { numRuns: 300 },
    );
  });

  test('with one value changed into anything, gives settings that fit', async () => {
    const paths = ['data', 'networks', 'training', 'seed', 'speed', 'stride'] as const;
    await assert(
      asyncProperty(constantFrom(...paths), jsonValue(), async (path, value) =>
        expectFits(await decodeLink(await pack({ ...usualSettings, [path]: value }))),
      ),
      { numRuns: 300 },
    );
  });
});

/** Settings fit when reading them again finds nothing wrong. */
function expectFits({ settings }: { readonly settings: Settings }): void {
  const faults: string[] = [];
  const again = settingsSchema.read(settings, '', faults);
  expect(faults).toEqual([]);
  expect(again).toEqual(settings);
}
