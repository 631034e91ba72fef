import type { AvailabilityZone } from '@aws-sdk/client-ec2';
import { toZoneId } from './views.ts';

/** A zone with the members that every zone has. */
export type Zone = AvailabilityZone &
  Readonly<Record<'ZoneName' | 'ZoneId' | 'RegionName' | 'GroupName' | 'ZoneType', string>> & {
    readonly State: 'available';
    readonly OptInStatus: 'opt-in-not-required';
  };

/** The zones of a region, as this account sees them. */
export function zonesOf(region: string): readonly Zone[] {
  return ['a', 'b', 'c'].map((letter) => ({
    ZoneName: `${region}${letter}`,
    ZoneId: toZoneId(`${region}${letter}`),
    RegionName: region,
    GroupName: `${region}-zg-1`,
    NetworkBorderGroup: region,
    OptInStatus: 'opt-in-not-required',
    ZoneType: 'availability-zone',
    State: 'available',
    Messages: [],
  }));
}
