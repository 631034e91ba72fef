import type { IdleFunction } from '../../functions/core/idle-function.ts';
import { Disclosure } from './disclosure.tsx';
import { Glyph } from './glyph.tsx';
import { Paged } from './paged.tsx';
import { Reason } from './reason.tsx';
import { nameOf } from './words.ts';

const PAGE = 50;
const MARKS = { yes: 'compliant', no: 'violation', unknown: 'unknown' } as const;
const WORDS = { yes: 'can be woken', no: 'cannot be woken', unknown: 'nobody knows' };

/** Whose network interfaces AWS has reclaimed. */
export function Idle({ idle }: { readonly idle: readonly IdleFunction[] }) {
  return (
    <section id="idle" aria-labelledby="idle-title">
      <h2 id="idle-title">Idle functions</h2>
      {idle.length === 0 ? (
        <p class="nothing">None was seen.</p>
      ) : (
        <div class="card">
          <Paged
            class="rows"
            items={idle}
            size={PAGE}
            render={(one: IdleFunction) => (
              <IdleRow key={`${one.functionArn} ${one.version}`} one={one} />
            )}
          />
        </div>
      )}
    </section>
  );
}

function IdleRow({ one }: { readonly one: IdleFunction }) {
  const { functionArn, version, aliases = [], isListed, canWake, whyNot } = one;
  const { toWake, lastInvokedAt } = one;
  return (
    <li>
      <Disclosure
        class="row idle"
        summary={
          <>
            <span class={`outcome tone-${MARKS[canWake]}`}>
              <Glyph kind={MARKS[canWake]} />
              {WORDS[canWake]}
            </span>
            <span class="who">
              <code>
                {nameOf(functionArn)}
                {version === undefined ? '' : `:${version}`}
              </code>
              {aliases.length > 0 && <span class="owner">alias {aliases.join(', ')}</span>}
            </span>
            <span class="reason">
              {lastInvokedAt === undefined
                ? 'no invocation on record'
                : `last invoked ${lastInvokedAt}`}
            </span>
            {isListed && <span class="pill">wanted awake</span>}
          </>
        }
      >
        {() => (
          <dl class="details">
            {whyNot !== undefined && (
              <div>
                <dt>{canWake === 'no' ? 'Why not' : 'Why unknown'}</dt>
                <dd>
                  <Reason text={whyNot} />
                </dd>
              </div>
            )}
            <div>
              <dt>To wake it</dt>
              <dd>
                <Reason text={toWake} />
              </dd>
            </div>
          </dl>
        )}
      </Disclosure>
    </li>
  );
}
