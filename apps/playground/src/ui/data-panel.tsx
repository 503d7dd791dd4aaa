import { classesOf, dataFacts, heldBack, samplesOf } from '../state/data-kinds.ts';
import { dataSchema } from '../state/schema.ts';
import { shareText } from '../state/sentences.ts';
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
          aria-label="Draw other points"
          title="Draw other points"
          onClick={() => store.changeData({ seed: store.newSeed() })}
        >
          <Icon name="dice" />
        </button>
      }
    >
      <fieldset class="kinds">
        <legend class="hidden">Kind of data</legend>
        {kind.names.map((name, at) => (
          <label key={name} class="kind">
            <input
              type="radio"
              name="kind"
              value={name}
              checked={name === data.kind}
              onChange={() => store.chooseData(name)}
            />
            <Painted kind="samples" network={at} />
            <span>{dataFacts[name].title}</span>
          </label>
        ))}
      </fieldset>
      {least < most && (
        <Range
          label="Classes"
          value={classesOf(data)}
          low={least}
          high={most}
          step={1}
          text={String(classesOf(data))}
          choose={(classes) => store.changeData({ classes })}
        />
      )}
      <Range
        label="Noise"
        value={data.noise}
        low={noise.low}
        high={noise.high}
        step={0.01}
        text={data.noise.toFixed(2)}
        choose={(value) => store.changeData({ noise: value })}
      />
      <Range
        label="Points"
        value={data.samples}
        low={samples.low}
        high={samples.high}
        step={10}
        text={String(samplesOf(data))}
        choose={(value) => store.changeData({ samples: value })}
      />
      <Range
        label="Held back for testing"
        value={data.test}
        low={test.low}
        high={test.high}
        step={0.05}
        text={
          data.test === 0
            ? 'none'
            : `${heldBack(data)} · ${shareText(heldBack(data) / samplesOf(data)).replace('.0', '')}`
        }
        choose={(value) => store.changeData({ test: value })}
      />
    </Panel>
  );
}
