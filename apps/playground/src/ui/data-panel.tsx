import { classCount, dataFacts, testSize, sampleCount } from '../state/data-kinds.ts';
import { dataSchema } from '../state/schema.ts';
import { percentText } from '../state/sentences.ts';
import * as store from '../state/store.ts';
import { Panel, Range } from './fields.tsx';
import { Icon } from './icon.tsx';
import { Painted } from './painted.tsx';

const { kind, samples, noise, test } = dataSchema.fields;

export function DataPanel() {
  const { data } = store.settings.value;
  const facts = dataFacts[data.kind];
  const [least, most] = facts.classes;
  return (
    <Panel
      name="data"
      title="Data"
      actions={
        <button
          type="button"
          class="quiet"
          aria-label="Draw a fresh sample"
          title="Draw a fresh sample"
          onClick={() => store.changeData({ seed: store.newSeed() })}
        >
          <Icon name="dice" />
        </button>
      }
    >
      <fieldset class="kinds">
        <legend class="hidden">Data set</legend>
        {kind.names.map((name, at) => (
          <label key={name} class="kind">
            <input
              type="radio"
              name="kind"
              value={name}
              checked={name === data.kind}
              onChange={() => store.chooseData(name)}
            />
            <Painted kind="thumbnail" network={at} />
            <span>{dataFacts[name].title}</span>
          </label>
        ))}
      </fieldset>
      {least < most && (
        <Range
          label="Classes"
          value={classCount(data)}
          min={least}
          max={most}
          step={1}
          text={String(classCount(data))}
          choose={(classes) => store.changeData({ classes })}
        />
      )}
      <Range
        label="Noise"
        value={data.noise}
        min={noise.min}
        max={noise.max}
        step={0.01}
        text={data.noise.toFixed(2)}
        choose={(value) => store.changeData({ noise: value })}
      />
      <Range
        label="Samples"
        value={data.samples}
        min={samples.min}
        max={samples.max}
        step={10}
        text={String(sampleCount(data))}
        choose={(value) => store.changeData({ samples: value })}
      />
      <Range
        label="Test split"
        value={data.test}
        min={test.min}
        max={test.max}
        step={0.05}
        text={
          data.test === 0
            ? 'none'
            : `${testSize(data)} · ${percentText(testSize(data) / sampleCount(data)).replace('.0', '')}`
        }
        choose={(value) => store.changeData({ test: value })}
      />
    </Panel>
  );
}
