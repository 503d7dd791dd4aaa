import { describe, expect, test } from 'vitest';
import { drawFigure } from '../src/figures/draw-parts.ts';
import { drawSvg } from '../src/figures/draw-svg.ts';
import type { Control, Figure, State } from '../src/figures/figure.ts';
import { figureNamed, figures } from '../src/figures/index.ts';
import { short } from '../src/figures/scene.ts';

const names = Object.keys(figures);
const all = await Promise.all(names.map(async (name) => [name, await figureNamed(name)] as const));

/** Every state that one use of one control can reach from the initial state. */
function reachableStates(figure: Figure): readonly State[] {
  const after = (control: Control<State>): readonly State[] => {
    switch (control.kind) {
      case 'slider':
        return [control.min, control.max].map((value) => changed(control.key, value));
      case 'choice':
        return control.options.map(([value]) => changed(control.key, value));
      case 'button':
        return [control.act(figure.start)];
      case 'play':
        return [control.next(figure.start) ?? figure.start];
    }
  };
  const changed = (key: string, value: unknown): State => {
    const state = { ...figure.start, [key]: value };
    return figure.reconcile?.(state, key) ?? state;
  };
  return [figure.start, ...figure.controls.flatMap(after)];
}

describe.each(all)('the figure %s', (_name, figure) => {
  test('has a description, a table and a picture in every state that one control can reach', () => {
    for (const state of reachableStates(figure)) {
      const { description, table, marks, width, height } = figure.scene(state);
      expect(description).toMatch(/^[A-Z\d].{20,}\.$/s);
      expect(description).not.toMatch(/NaN|undefined|not a number/);
      expect(table.rows.length).toBeGreaterThan(0);
      for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
      expect(marks.length).toBeGreaterThan(3);
      expect(drawSvg(figure.scene(state), figure.title)).not.toMatch(/NaN|undefined|Infinity/);
      expect(width / height).toBeGreaterThan(0.9);
    }
  });

  test('gives the same scene for the same state', () => {
    expect(figure.scene(figure.start)).toEqual(figure.scene(figure.start));
  });

  test('has controls, and its initial state is within the range of each slider', () => {
    expect(figure.controls.length).toBeGreaterThan(0);
    for (const control of figure.controls) {
      if (control.kind !== 'slider') continue;
      const value = Number(figure.start[control.key]);
      expect(value).toBeGreaterThanOrEqual(control.min);
      expect(value).toBeLessThanOrEqual(control.max);
    }
  });

  test('stays finite wherever it is dragged', () => {
    if (figure.drag === undefined) return;
    for (const at of [
      [-100, -100],
      [0, 0],
      [310, 100],
      [5000, 5000],
    ] as const) {
      const state = figure.drag(figure.start, at);
      expect(figure.scene(state).description).not.toMatch(/NaN|not a number/);
    }
  });

  test('has picture, description and table in the HTML without JavaScript', () => {
    const html = drawFigure(figure, figure.start);
    expect(html).toContain('role="img"');
    expect(html).toContain('<table>');
    expect(html).toContain('data-part="description"');
  });
});

/** The description of a figure in a state. */
const descriptionOf = async (name: string, state: State = {}): Promise<string> => {
  const figure = await figureNamed(name);
  return figure.scene({ ...figure.start, ...state }).description;
};

describe('hand-worked numbers', () => {
  test('a neuron: 1 · 0.5 + 2 · (−1) + (−1) · 1.5 = −3, plus the bias 2', async () => {
    expect(await descriptionOf('neuron')).toBe(
      'The dot product of inputs and weights is −3. With the bias 2 the output is −1.',
    );
  });

  test('the sigmoid at 0 is ½, its derivative ¼', async () => {
    expect(await descriptionOf('activation', { f: 'sigmoid', x: 0 })).toBe(
      'At x = 0, Sigmoid is 0.5 and its derivative is 0.25.',
    );
  });

  test('ten sigmoids at 0 multiply the gradient by ¼¹⁰', async () => {
    expect(await descriptionOf('vanishing-gradient')).toContain(
      'A gradient of 1 is 9.54·10⁻⁷ at the first of 10 layers',
    );
  });

  test('softmax of the notebook’s logits gives the logit 5.1 the probability 0.903, shifted or not', async () => {
    expect(await descriptionOf('softmax')).toContain('5.1 and its probability is 0.903');
    expect(await descriptionOf('softmax', { shift: 3 })).toContain('8.1 and its probability is 0.903');
  });

  test('cross-entropy of the notebook’s three samples is 0.3851', async () => {
    expect(await descriptionOf('crossentropy')).toContain('the losses are 0.357, 0.693, 0.105, their mean is 0.3851');
  });

  test('one step of gradient descent from −3: the gradient is 0.7 · (−4), so w = −3 + 0.5 · 2.8 = −1.6', async () => {
    const figure = await figureNamed('gradient-descent');
    const step = figure.controls.find(({ kind, label }) => kind === 'button' && label === 'One step')!;
    expect(step.kind).toBe('button');
    const after = step.kind === 'button' ? step.act(figure.start) : figure.start;
    expect(figure.scene(after).description).toContain('Step 1 with learning rate 0.5: weight −1.6');
  });

  test('with positive inputs every step changes both weights in the same direction, with centred inputs it does not', async () => {
    expect(await descriptionOf('zigzag', { steps: 40 })).toContain(
      'of 40 steps, 40 changed both weights in the same direction',
    );
    const centred = await descriptionOf('zigzag', { inputs: 'centred', steps: 40 });
    expect(Number(/, (\d+) changed/.exec(centred)![1])).toBeLessThan(30);
  });

  test('ReLU fits the sine, the identity does not', async () => {
    const said = await descriptionOf('sine-fit');
    const [identity, relu] = [...said.matchAll(/0\.\d+/g)].map(([number]) => Number(number)) as [number, number];
    // The smallest mean squared error of a straight line on a full sine period is 1/2 − 3/π² ≈ 0.196.
    expect(identity).toBeGreaterThan(0.19);
    expect(relu).toBeLessThan(0.01);
  });

  test('a row times a column: 1·4 + 2·7 + 3·10 = 48', async () => {
    expect(await descriptionOf('dot-product')).toContain('1·4 + 2·7 + 3·10 = 48');
  });

  test('the chain rule: 2(a − y) · a(1 − a) · x at w = 0.5, x = 2, y = 1', async () => {
    const a = 1 / (1 + Math.exp(-1));
    expect(await descriptionOf('chain-rule')).toContain(`= ${short(2 * (a - 1) * a * (1 - a) * 2)}.`);
  });

  test('the gradient is 0 before a ReLU with a negative input', async () => {
    expect(await descriptionOf('backpropagation', { w: -2, x: 2 })).toMatch(/ = 0\.$/);
  });
});

test.each([
  [0, '0'],
  [-0, '0'],
  [1.5, '1.5'],
  [-2.5, '−2.5'],
  [100, '100'],
  [0.1 + 0.2, '0.3'],
  [1e-7, '10⁻⁷'],
  [9.536743e-7, '9.54·10⁻⁷'],
  [1.1e-8, '1.1·10⁻⁸'],
  [3.2e8, '3.2·10⁸'],
  [Number.POSITIVE_INFINITY, '∞'],
  [-1e-9, '−10⁻⁹'],
])('%d is written %s', (value, text) => {
  expect(short(value)).toBe(text);
});
