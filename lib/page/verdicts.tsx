import { useMemo } from 'preact/hooks';
import type { ReportedVerdict } from '../../functions/core/rescan-report.ts';
import { Disclosure } from './disclosure.tsx';
import { groupBy, type Model } from './model.ts';
import { Paged } from './paged.tsx';
import { Reason } from './reason.tsx';
import { grouped, nameOf } from './words.ts';

/** What every control says of every function; only where it was asked for. */
export function Verdicts({ model }: { readonly model: Model }) {
  const { verdicts } = model.report;
  const groups = useMemo(
    () => [...groupBy(verdicts ?? [], ({ controlId }) => controlId)],
    [verdicts],
  );
  if (groups.length === 0) return undefined;
  return (
    <section id="verdicts" aria-labelledby="verdicts-title">
      <h2 id="verdicts-title">Every verdict</h2>
      {groups.map(([controlId, own]) => (
        <Disclosure
          key={controlId}
          class="card control"
          summary={
            <>
              <h3>
                <span class="control-id">{controlId}</span> {model.controls.get(controlId)?.title}
              </h3>
              <span class="group-counts">
                {[...groupBy(own, ({ verdict }) => verdict)]
                  .map(([verdict, { length }]) => `${grouped(length)} ${verdict}`)
                  .join(', ')}
              </span>
            </>
          }
        >
          {() => (
            <Paged
              class="rows"
              items={own}
              render={(one: ReportedVerdict) => (
                <li key={one.functionArn} class="row plain">
                  <code>{nameOf(one.functionArn)}</code>
                  <span>{one.verdict}</span>
                  <Reason text={one.reason ?? ''} />
                </li>
              )}
            />
          )}
        </Disclosure>
      ))}
    </section>
  );
}
