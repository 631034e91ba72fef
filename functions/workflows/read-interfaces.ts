import { neededFacts } from '../core/controls/evaluate-controls.ts';
import type { Fact, InterfaceFacts } from '../core/facts.ts';
import { type InterfaceReport, reportInterfaces } from '../core/interface-report.ts';
import type { Settings } from './settings.ts';
import type { Sweep } from './sweep-functions.ts';
import type { SweepPorts } from './sweep-ports.ts';

/** The network interfaces that an account's functions share, once every function was listed. */
export interface InterfacesRead {
  readonly reports: readonly InterfaceReport[];
  /** Undefined where no control asks. */
  readonly factsOf: (vpcId: string) => Fact<InterfaceFacts> | undefined;
}

/** Puts the map of interfaces, the network and the quota together. */
export async function readInterfaces(
  { interfaces, network: { fact } }: Pick<Sweep, 'interfaces' | 'network'>,
  ports: Pick<SweepPorts, 'readInterfaceQuota'>,
  { policy }: Settings,
): Promise<InterfacesRead> {
  const quota = await ports.readInterfaceQuota();
  const isAsked = neededFacts(policy, ['account']).has('interfaces');
  return {
    reports: reportInterfaces(interfaces, 'unknown' in fact ? undefined : fact.value, quota),
    factsOf: (vpcId) => {
      if (!isAsked) return undefined;
      return 'unknown' in quota ? quota : { value: interfaces.factsOf(vpcId, quota.value) };
    },
  };
}
