import type { Digest } from '../../functions/core/digest.ts';
import type { InterfaceReport } from '../../functions/core/interface-report.ts';
import { NO_TOTALS, NOBODY } from '../../functions/core/sweep-totals.ts';
import { NOW_MS } from './builders.ts';

/** The digest of a sweep that found nothing to say, but for what is given. */
export function quietDigest(given: Partial<Digest> = {}): Digest {
  return {
    sweepId: 'sweep-1',
    startedMs: NOW_MS - 200_000,
    endedMs: NOW_MS - 20_000,
    totals: { ...NO_TOTALS, scanned: 40, compliant: 40 },
    interfaces: [],
    ending: 0,
    deleted: NOBODY,
    policyMode: 'enforce',
    breaker: { isTripped: false, isKilled: false },
    thresholds: { maximumPercent: 90, minimumFreeAddresses: 16 },
    ...given,
  };
}

/** The digest of a sweep that found something of everything. */
export function fullDigest(): Digest {
  return quietDigest({
    totals: {
      scanned: 1204,
      compliant: 1180,
      violating: 20,
      violations: {
        'LVG.12': {
          severity: 'low',
          functions: 1,
          names: ['reports'],
          fresh: 1,
          freshNames: ['reports'],
          heldNames: [],
        },
        'LVG.1': {
          severity: 'high',
          functions: 12,
          names: ['billing', 'invoices', 'ledger', 'orders', 'payments'],
          fresh: 3,
          freshNames: ['search', 'shop', 'tickets'],
          heldNames: [],
        },
        'LVG.3': {
          severity: 'critical',
          functions: 2,
          names: ['crawler'],
          fresh: 0,
          freshNames: [],
          heldNames: ['billing'],
        },
      },
      unknown: { functions: 1, names: ['legacy'] },
      idle: { functions: 4, names: ['nightly', 'reports'], listed: 1, stuck: 2 },
      quarantined: { functions: 2, names: ['crawler', 'ledger'] },
      resolved: { functions: 1, names: ['search'] },
      planned: { wake: 1, revert: 2 },
      baselines: 3,
    },
    interfaces: [
      { ...vpcOf('vpc-1', 451), couldShare: ['billing', 'orders'] },
      vpcOf('vpc-2', 450, 15),
    ],
    ending: 2,
    deleted: { functions: 1, names: ['retired'] },
    policyMode: 'audit',
  });
}

/** A VPC with a quota of 500 interfaces and one subnet. */
export function vpcOf(vpcId: string, interfaces: number, freeAddresses = 16): InterfaceReport {
  const subnetId = vpcId.replace('vpc', 'subnet');
  const subnets = [{ subnetId, zone: 'us-east-1a', freeAddresses, sets: [] }];
  return { vpcId, interfaces, quota: 500, couldShare: [], subnets };
}
