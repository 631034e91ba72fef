import { useMemo } from 'preact/hooks';
import { Disclosure } from './disclosure.tsx';
import {
  EVERYTHING,
  type FindingFilter,
  type FindingGroup,
  filterFindings,
  groupByControl,
} from './finding-filter.ts';
import { FindingFilters } from './finding-filters.tsx';
import { FindingRow } from './finding-row.tsx';
import { toFragment } from './fragment.ts';
import { Glyph } from './glyph.tsx';
import type { ListedFinding, Model } from './model.ts';
import { Paged } from './paged.tsx';
import { toCsv } from './to-csv.ts';
import { counted, grouped, WORST_FIRST } from './words.ts';

/** Fewer than these are shown without being asked for. */
const FEW = 25;

/** All findings that a filter lets pass, by control. */
export function Findings(props: {
  readonly model: Model;
  readonly filter: FindingFilter;
  readonly onFilter: (filter: FindingFilter) => void;
}) {
  const { model, filter, onFilter } = props;
  const shown = useMemo(() => filterFindings(model.findings, filter), [model, filter]);
  const groups = useMemo(() => groupByControl(shown), [shown]);
  const areOpen = shown.length <= FEW;
  return (
    <section id="findings" aria-labelledby="findings-title">
      <h2 id="findings-title" tabIndex={-1}>
        Findings
      </h2>
      {model.findings.length === 0 ? (
        <p class="nothing">There are none.</p>
      ) : (
        <>
          <FindingFilters model={model} filter={filter} onFilter={onFilter} />
          <div class="found">
            <p role="status">
              {shown.length === model.findings.length
                ? `All ${counted(shown.length, 'finding')}`
                : `${grouped(shown.length)} of ${counted(model.findings.length, 'finding')}`}
              {shown.length > 0 && `, of ${counted(groups.length, 'control')}`}
            </p>
            <span class="buttons">
              {toFragment(filter) !== toFragment(EVERYTHING) && (
                <button type="button" onClick={() => onFilter(EVERYTHING)}>
                  Show all
                </button>
              )}
              {shown.length > 0 && (
                <button type="button" onClick={() => download(shown)}>
                  Download as CSV
                </button>
              )}
            </span>
          </div>
          {groups.map((group) => (
            <ControlGroup
              key={`${group.controlId} ${areOpen}`}
              group={group}
              model={model}
              startsOpen={areOpen || groups.length === 1}
            />
          ))}
          {groups.length === 0 && <p class="nothing">No finding is like this.</p>}
        </>
      )}
    </section>
  );
}

function ControlGroup(props: {
  readonly group: FindingGroup;
  readonly model: Model;
  readonly startsOpen: boolean;
}) {
  const { group, model, startsOpen } = props;
  const { controlId, findings } = group;
  const control = model.controls.get(controlId);
  return (
    <Disclosure
      class="card control"
      startsOpen={startsOpen}
      summary={
        <>
          <h3>
            <span class="control-id">{controlId}</span> {control?.title}
          </h3>
          <GroupCounts group={group} />
        </>
      }
    >
      {() => (
        <>
          {control !== undefined && (
            <p class="fix">
              <strong>What to do:</strong> {control.fix}.
            </p>
          )}
          <p class="row-heads" aria-hidden="true">
            <span>Severity</span>
            <span>Function</span>
            <span>Because</span>
            <span>What is done</span>
          </p>
          <Paged
            class="rows"
            items={findings}
            render={(finding: ListedFinding) => <FindingRow key={finding.id} finding={finding} />}
          />
        </>
      )}
    </Disclosure>
  );
}

function GroupCounts({ group }: { readonly group: FindingGroup }) {
  const { bySeverity, unknown, exempt } = group;
  return (
    <span class="group-counts">
      {WORST_FIRST.filter((severity) => bySeverity[severity] > 0).map((severity) => (
        <span key={severity} class={`badge tone-${severity}`}>
          <Glyph kind={severity} />
          {grouped(bySeverity[severity])} {severity}
        </span>
      ))}
      {unknown > 0 && (
        <span class="badge tone-unknown">
          <Glyph kind="unknown" />
          {grouped(unknown)} unknown
        </span>
      )}
      {exempt > 0 && (
        <span class="badge tone-exempt">
          <Glyph kind="exempt" />
          {grouped(exempt)} exempt
        </span>
      )}
    </span>
  );
}

function download(findings: readonly ListedFinding[]): void {
  const url = URL.createObjectURL(new Blob([toCsv(findings)], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'findings.csv';
  link.click();
  URL.revokeObjectURL(url);
}
