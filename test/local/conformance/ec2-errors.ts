import { readdirSync, readFileSync } from 'node:fs';
import type { RoutedNetwork } from '../../../lib/local/ec2/network.ts';
import { shareSubnet } from '../../../lib/local/ec2/shared-subnet.ts';
import { callByName, type Ec2Scene, given } from './ec2-scene.ts';

/** A call that is refused, what comes before it, and what no call brings about. */
export interface RefusedCall {
  readonly error: string;
  readonly operation: string;
  /** `{1.Vpc.VpcId}` is from the answer of the second call before; `times` makes a list. */
  readonly input: object;
  /** Calls with their inputs; `advance` lets time pass. */
  readonly after?: readonly (readonly [operation: string, input: object])[];
  readonly planted?: string;
}

const SOURCES = 'lib/local/ec2';

/** How a source names the code of an error: where it is thrown, in a table, or chosen of two. */
const CODES = [
  /ec2Fault\(\s*'([\w.]+)'/g,
  /\['([A-Z][\w.]+)', '/g,
  /'([A-Z]\w+\.(?:NotFound|Malformed|Duplicate|Range|Conflict|InUse))'/g,
  /\bcode: '([A-Z][\w.]+)'/g,
];

const FULL_SUBNET = 'subnet-0f0e0d0c0b0a0f001';

/** The codes of all errors that the sources of EC2 can raise. */
export function codesInSources(): readonly string[] {
  const codes = readdirSync(SOURCES).flatMap((name) => {
    const source = readFileSync(`${SOURCES}/${name}`, 'utf8');
    return CODES.flatMap((code) => [...source.matchAll(code)].map(([, found = '']) => found));
  });
  return [...new Set(codes)].sort();
}

/** Brings a refused call about. */
export async function provoke(scene: Ec2Scene, refused: RefusedCall): Promise<unknown> {
  const { operation, input, after = [], planted } = refused;
  if (planted !== undefined) given(PLANTS[planted])(scene.account.network);
  const answers: unknown[] = [];
  for (const [before, beforeInput] of after) {
    if (before === 'advance') await scene.account.advance(180_000);
    else answers.push(await bringAbout(scene, before, fill(beforeInput, answers)));
  }
  return callByName(scene.ec2, operation, { ...fill(input, answers) });
}

async function bringAbout({ ec2 }: Ec2Scene, operation: string, input: object): Promise<unknown> {
  try {
    return await callByName(ec2, operation, input);
  } catch (cause) {
    throw new Error(`\`${operation}\` was refused too early`, { cause });
  }
}

/** What no call brings about, by its name in the table. */
const PLANTS: Readonly<Record<string, (network: RoutedNetwork) => void>> = {
  'a shared subnet': (network) => {
    shareSubnet(network, '210987654321');
  },
  'a full subnet': ({ subnets }) => {
    const subnet = given(subnets.get(FULL_SUBNET));
    subnets.set(FULL_SUBNET, { ...subnet, availableIpAddressCount: 0 });
  },
  'no free address': ({ addresses }) => {
    for (const range of ['203.0.113', '198.51.100', '192.0.2']) {
      for (let host = 1; host < 255; host += 1) {
        const [allocationId, publicIp] = [`eipalloc-${range}.${host}`, `${range}.${host}`];
        addresses.set(allocationId, { allocationId, publicIp, name: '' });
      }
    }
  },
};

/** Puts answers where an input refers to them, and lists where it asks for one. */
function fill<Value>(value: Value, answers: readonly unknown[]): Value {
  return JSON.parse(
    JSON.stringify(value, (_key, held: unknown) => repeat(held)).replaceAll(
      /\{(\d+(?:\.\w+)+)(?::(-\d+))?\}/g,
      (_text, path: string, end?: string) =>
        path
          .split('.')
          .reduce<unknown>((at, step) => Reflect.get(Object(at), step), answers)
          ?.toString()
          .slice(0, end === undefined ? undefined : Number(end)) ?? '',
    ),
  );
}

function repeat(held: unknown): unknown {
  if (typeof held !== 'object' || held === null || !('times' in held) || !('of' in held))
    return held;
  const one = JSON.stringify(held.of);
  return Array.from({ length: Number(held.times) }, (_, index) =>
    JSON.parse(one.replaceAll('{n}', String(index))),
  );
}
