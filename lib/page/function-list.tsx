import { useMemo } from 'preact/hooks';
import type { ReportedFunction } from '../cli/report/report.ts';
import { FindingsLink } from './findings-link.tsx';
import { StandingMark } from './glyph.tsx';
import type { Model } from './model.ts';
import { Paged } from './paged.tsx';
import { counted, nameOf, STANDINGS } from './words.ts';

/** Some functions, those in violation first; each leads to its findings. */
export function FunctionList(props: {
  readonly functions: readonly ReportedFunction[];
  readonly model: Model;
}) {
  const { functions, model } = props;
  const inTurn = useMemo(
    () =>
      functions.toSorted(
        (left, right) => STANDINGS.indexOf(left.standing) - STANDINGS.indexOf(right.standing),
      ),
    [functions],
  );
  return (
    <Paged
      class="functions"
      items={inTurn}
      render={(one: ReportedFunction) => (
        <FunctionLine key={one.functionArn} one={one} model={model} />
      )}
    />
  );
}

function FunctionLine(props: { readonly one: ReportedFunction; readonly model: Model }) {
  const { functionArn, standing, owner, state, isStopped } = props.one;
  const name = nameOf(functionArn);
  const findings = props.model.findingsOf.get(functionArn) ?? [];
  return (
    <li>
      <StandingMark standing={standing} />
      <code>{name}</code>
      {owner !== undefined && <span class="owner">{owner}</span>}
      {state !== undefined && state !== 'Active' && <span class="pill">{state}</span>}
      {isStopped === true && <span class="pill">stopped: reserved concurrency 0</span>}
      {findings.length > 0 && (
        <FindingsLink filter={{ text: name }}>
          {counted(findings.length, 'finding')}
          <span class="spoken"> of {name}</span>
        </FindingsLink>
      )}
    </li>
  );
}
