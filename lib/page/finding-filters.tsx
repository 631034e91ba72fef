import type { ComponentChildren } from 'preact';
import type { FindingFilter } from './finding-filter.ts';
import { Glyph } from './glyph.tsx';
import type { Model } from './model.ts';
import { WORST_FIRST } from './words.ts';

/** What findings can be narrowed down by. */
export function FindingFilters(props: {
  readonly model: Model;
  readonly filter: FindingFilter;
  readonly onFilter: (filter: FindingFilter) => void;
}) {
  const { model, filter, onFilter } = props;
  const set = (part: Partial<FindingFilter>) => onFilter({ ...filter, ...part });
  const controls = [...new Set(model.findings.map(({ controlId }) => controlId))];
  const inOrder = controls.toSorted((left, right) =>
    left.localeCompare(right, 'en', { numeric: true }),
  );
  return (
    <form class="filters" aria-label="Filter findings" onSubmit={(event) => event.preventDefault()}>
      <label class="search">
        Search
        <input
          type="search"
          value={filter.text}
          placeholder="function, owner, reason, subnet …"
          onInput={(event) => set({ text: event.currentTarget.value })}
        />
      </label>
      <fieldset class="severity-boxes">
        <legend>Severity</legend>
        {WORST_FIRST.map((severity) => (
          <label key={severity} class={`box tone-${severity}`}>
            <input
              type="checkbox"
              checked={filter.severities.includes(severity)}
              onChange={(event) => {
                const isOn = event.currentTarget.checked;
                set({
                  severities: WORST_FIRST.filter((one) =>
                    one === severity ? isOn : filter.severities.includes(one),
                  ),
                });
              }}
            />
            <Glyph kind={severity} />
            {severity}
          </label>
        ))}
      </fieldset>
      <Choice label="Control" value={filter.control} onChoose={(control) => set({ control })}>
        <option value="">All</option>
        {inOrder.map((id) => (
          <option key={id} value={id}>
            {id} {model.controls.get(id)?.title}
          </option>
        ))}
      </Choice>
      <Choice
        label="Verdict"
        value={filter.verdict}
        onChoose={(verdict) => set({ verdict: verdict as FindingFilter['verdict'] })}
      >
        <option value="">All</option>
        <option value="violation">Violation</option>
        <option value="unknown">Unknown</option>
      </Choice>
      <Choice
        label="Exempt"
        value={filter.exempt}
        onChoose={(exempt) => set({ exempt: exempt as FindingFilter['exempt'] })}
      >
        <option value="">All</option>
        <option value="no">Not exempt</option>
        <option value="only">Only exempt</option>
      </Choice>
      {model.owners.length > 0 && (
        <Choice label="Owner" value={filter.owner} onChoose={(owner) => set({ owner })}>
          <option value="">All</option>
          {model.owners.map((owner) => (
            <option key={owner} value={owner}>
              {owner}
            </option>
          ))}
        </Choice>
      )}
    </form>
  );
}

function Choice(props: {
  readonly label: string;
  readonly value: string;
  readonly onChoose: (value: string) => void;
  readonly children: ComponentChildren;
}) {
  const id = `filter-${props.label.toLowerCase()}`;
  return (
    <div class="choice">
      <label for={id}>{props.label}</label>
      <select
        id={id}
        value={props.value}
        onChange={(event) => props.onChoose(event.currentTarget.value)}
      >
        {props.children}
      </select>
    </div>
  );
}
