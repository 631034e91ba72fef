import type { ScanDetails } from '../cli/report/report.ts';
import { counted } from './words.ts';

/** Where else functions are, which nobody looked at. */
export function Regions({ scan }: { readonly scan: ScanDetails | undefined }) {
  const others = (scan?.regions ?? []).filter(({ region }) => region !== scan?.region);
  if (others.length === 0) return undefined;
  const counted0 = others.filter(({ functions }) => functions === 0).length;
  return (
    <div class="regions">
      <h3>Other regions, not looked at</h3>
      <ul class="pills">
        {others
          .filter(({ functions }) => functions !== 0)
          .map(({ region, functions, because }) => (
            <li key={region}>
              <code>{region}</code>{' '}
              {functions === undefined ? `not counted: ${because}` : counted(functions, 'function')}
            </li>
          ))}
        {counted0 > 0 && <li>{counted(counted0, 'region')} without functions</li>}
      </ul>
    </div>
  );
}
