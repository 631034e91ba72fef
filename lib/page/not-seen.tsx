import type { OmittedCounts } from '../../functions/core/rescan-report.ts';
import type { Report } from '../cli/report/report.ts';
import { Reason } from './reason.tsx';
import { counted } from './words.ts';

interface Gap {
  readonly what: string;
  readonly because?: string;
  readonly so?: string;
}

/** Says before anything else what the report cannot tell. */
export function NotSeen({ report }: { readonly report: Report }) {
  const gaps = gapsOf(report);
  if (gaps.length === 0) {
    return <p class="all-seen">Everything that was asked for could be seen.</p>;
  }
  return (
    <section class="not-seen" aria-labelledby="not-seen-title">
      <h2 id="not-seen-title">What could not be seen</h2>
      <ul>
        {gaps.map(({ what, because, so }) => (
          <li key={what}>
            <strong>
              <Reason text={what} />
            </strong>
            {because !== undefined && (
              <span class="because">
                <Reason text={`: ${because}`} />
              </span>
            )}
            {so !== undefined && <Reason text={because === undefined ? `: ${so}` : `; ${so}`} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function gapsOf({ scan, unfinished, omitted, unmatched = [], unknown }: Report): readonly Gap[] {
  const judged = new Set(unknown.map(({ functionArn }) => functionArn)).size;
  return [
    ...(unfinished === undefined
      ? []
      : [
          {
            what: 'Not every function',
            because: unfinished.reason,
            so: 'the rest was not looked at',
          },
        ]),
    ...(scan?.notSeen ?? []),
    ...omittedGaps(omitted),
    ...(judged === 0
      ? []
      : [{ what: counted(judged, 'function'), so: 'not judged in full: see the end of the page' }]),
    ...unmatched.map((pattern) => ({ what: pattern, so: 'no function has a name like this' })),
    ...(scan === undefined
      ? [{ what: 'The network', because: 'a rescan does not describe it', so: '`scan` draws it' }]
      : []),
  ];
}

function omittedGaps(omitted: OmittedCounts | undefined): readonly Gap[] {
  return Object.entries(omitted ?? {}).flatMap(([list, count]) => {
    const because = 'the answer had no room for them';
    return count === 0
      ? []
      : [{ what: `${count} of ${list}`, because, so: 'they are missing here' }];
  });
}
