import type { PlannedRemediation } from '../../functions/core/rescan-report.ts';
import type { Report } from '../cli/report/report.ts';
import { groupBy } from './model.ts';
import { Paged } from './paged.tsx';
import { Reason } from './reason.tsx';
import { nameOf } from './words.ts';

/** What was planned, and of which functions too little is known. */
export function Remainder({ report }: { readonly report: Report }) {
  const { remediations, unknown } = report;
  const reasons = [...groupBy(unknown, ({ functionArn }) => functionArn)];
  return (
    <>
      {remediations.length > 0 && (
        <section id="planned" aria-labelledby="planned-title">
          <h2 id="planned-title">Planned remediations</h2>
          <div class="card">
            <Paged
              class="rows"
              items={remediations}
              render={({ id, functionArn, planned }: PlannedRemediation) => (
                <li key={id} class="row plain">
                  <code>{nameOf(functionArn)}</code>
                  <span>{planned}</span>
                  <code class="owner">{id}</code>
                </li>
              )}
            />
          </div>
        </section>
      )}
      {reasons.length > 0 && (
        <section id="unjudged" aria-labelledby="unjudged-title">
          <h2 id="unjudged-title">Not judged in full</h2>
          <div class="card">
            <Paged
              class="rows"
              items={reasons}
              render={([functionArn, own]: (typeof reasons)[number]) => (
                <li key={functionArn} class="row plain">
                  <code>{nameOf(functionArn)}</code>
                  <Reason text={[...new Set(own.map(({ reason }) => reason))].join('; ')} />
                </li>
              )}
            />
          </div>
        </section>
      )}
    </>
  );
}
