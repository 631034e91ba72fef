import type { IpPermission } from '@aws-sdk/client-ec2';
import { ec2Fault } from './ec2-faults.ts';
import type { RuleBody } from './security-group-rules.ts';

/** Protocols by the number that stands for them. */
const NAMES: Readonly<Record<string, string>> = {
  '1': 'icmp',
  '6': 'tcp',
  '17': 'udp',
  '58': 'icmpv6',
};
const LAST_PORT = 65_535;

/** Tells whether a protocol has ports. */
export function hasPorts(protocol: string): boolean {
  return protocol === 'tcp' || protocol === 'udp';
}

/** Tells whether rules of a protocol name ports, or types and codes. */
export function hasNumbers(protocol: string): boolean {
  return hasPorts(protocol) || protocol.startsWith('icmp');
}

/** Reads the protocol and ports of a permission. */
export function readProtocol({
  IpProtocol,
  FromPort,
  ToPort,
}: IpPermission): Pick<RuleBody, 'protocol' | 'fromPort' | 'toPort'> {
  const protocol = readName(IpProtocol);
  if (hasPorts(protocol)) return { protocol, ...readPorts(FromPort, ToPort) };
  // AWS: protocols without ports allow all of it, whatever ports are given.
  if (!hasNumbers(protocol)) return { protocol, fromPort: -1, toPort: -1 };
  return { protocol, fromPort: FromPort ?? -1, toPort: ToPort ?? -1 };
}

function readName(given: string | undefined): string {
  if (given === undefined) {
    const message =
      "Invalid value 'null' for protocol. VPC security group rules must specify protocols explicitly.";
    throw ec2Fault('InvalidParameterValue', message);
  }
  const name = NAMES[given] ?? given.toLowerCase();
  const isKnown =
    name === '-1' || hasNumbers(name) || (/^\d{1,3}$/.test(name) && Number(name) < 256);
  if (isKnown) return name;
  const message = `Invalid value '${given}' for IP protocol. Unknown protocol.`;
  throw ec2Fault('InvalidParameterValue', message);
}

function readPorts(
  from: number | undefined,
  to: number | undefined,
): Pick<RuleBody, 'fromPort' | 'toPort'> {
  if (from === undefined || to === undefined) {
    const message =
      "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.";
    throw ec2Fault('InvalidParameterValue', message);
  }
  if (from < 0 || to > LAST_PORT || from > to) {
    throw ec2Fault('InvalidParameterValue', `Invalid TCP/UDP port range (${from}:${to})`);
  }
  return { fromPort: from, toPort: to };
}
