import type { InterfaceReport } from '../../functions/core/interface-report.ts';
import { counted, grouped, percentOf } from './words.ts';

/** How full a VPC's quota may be before it is marked. */
const NEARLY_FULL = 0.8;

/** How many of the network interfaces that a VPC may have its functions need. */
export function InterfaceGauge({ report }: { readonly report: InterfaceReport }) {
  const { interfaces, quota, unknownQuota } = report;
  const needed = counted(interfaces, 'network interface');
  if (quota === undefined) {
    return (
      <p class="gauge">
        <span class="gauge-words">
          {needed}, quota unknown{unknownQuota === undefined ? '' : `: ${unknownQuota}`}
        </span>
      </p>
    );
  }
  const isOver = interfaces > quota;
  const isNear = interfaces >= NEARLY_FULL * quota;
  const words = `${needed} of ${grouped(quota)} (${percentOf(interfaces, quota)})${remarkOn(interfaces, quota)}`;
  return (
    <div class={`gauge ${isOver ? 'is-over' : ''} ${isNear ? 'is-near' : ''}`}>
      <meter
        aria-label="Quota of network interfaces"
        aria-valuetext={words}
        min={0}
        max={quota}
        value={interfaces}
        style={{ '--full': `${Math.min(100, (100 * interfaces) / quota)}%` }}
      />
      <span class="gauge-words">{words}</span>
    </div>
  );
}

function remarkOn(interfaces: number, quota: number): string {
  if (interfaces > quota) return ': over the quota';
  if (interfaces === quota) return ': full';
  return interfaces >= NEARLY_FULL * quota ? ': nearly full' : '';
}
