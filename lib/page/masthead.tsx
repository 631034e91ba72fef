import type { Report } from '../cli/report/report.ts';
import type { Model } from './model.ts';
import { counted, durationOf, grouped, momentOf } from './words.ts';

/** Says in one line what the report comes to, and then of what it is one. */
export function Masthead({ model }: { readonly model: Model }) {
  const facts = factsOf(model.report);
  return (
    <header class="masthead">
      <p class="eyebrow">Lambda VPC Guardrail</p>
      <h1>{headlineOf(model)}</h1>
      <dl class="facts">
        {facts.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </header>
  );
}

function headlineOf({ counts, report }: Model): string {
  const { violation, unknown } = counts;
  const functions = counted(report.scanned, 'function');
  if (violation > 0) {
    const verb = violation === 1 ? 'violates' : 'violate';
    return `${grouped(violation)} of ${functions} ${verb} the policy`;
  }
  if (unknown > 0)
    return `No violation seen; ${grouped(unknown)} of ${functions} could not be judged`;
  if (isPartial(report)) return `No violation in what could be seen of ${functions}`;
  return report.scanned === 0
    ? 'No function was looked at'
    : `None of ${functions} violates the policy`;
}

function isPartial({ scan, unfinished, omitted, unknown }: Report): boolean {
  const isCut = unfinished !== undefined || omitted !== undefined;
  return isCut || unknown.length > 0 || (scan?.notSeen ?? []).length > 0;
}

function factsOf(report: Report): readonly (readonly [term: string, value: string])[] {
  const { scan, reportId, scanned, apiCalls, durationMs } = report;
  const effort = [
    counted(scanned, 'function'),
    ...(durationMs === undefined ? [] : [`in ${durationOf(durationMs)}`]),
    ...(apiCalls === undefined ? [] : [`with ${counted(apiCalls, 'request')}`]),
  ].join(' ');
  if (scan === undefined) {
    return [
      ['Rescan', reportId],
      ['Looked at', effort],
    ];
  }
  const { account, region, observedAt, policy } = scan;
  return [
    ['Account', account],
    ['Region', region],
    ['Seen', momentOf(observedAt)],
    ['Policy', `${policy.file} (${policy.hash.slice(0, 8)})`],
    ['Its mode', policy.mode],
    ['Looked at', effort],
  ];
}
