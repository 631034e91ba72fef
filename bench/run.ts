import { benchColdStart } from './cold-start.ts';
import { benchEvent } from './event.ts';
import { benchLocal } from './local.ts';
import { benchOwnCpu } from './own-cpu.ts';
import { benchPolicy } from './policy.ts';
import { benchStorm } from './storm.ts';
import { benchSweep } from './sweep.ts';

const BENCHES = {
  policy: benchPolicy,
  event: benchEvent,
  'own-cpu': benchOwnCpu,
  'cold-start': benchColdStart,
  local: benchLocal,
  storm: benchStorm,
  sweep: benchSweep,
} as const;

const names = Object.keys(BENCHES) as (keyof typeof BENCHES)[];
const asked = process.argv.slice(2);
const unknown = asked.find((name) => !names.some((known) => known === name));
if (unknown === undefined) {
  for (const name of names.filter((known) => asked.length === 0 || asked.includes(known))) {
    console.log(`--- ${name}`);
    for (const line of await BENCHES[name]()) console.log(line);
  }
} else {
  process.stderr.write(`error: no bench \`${unknown}\`: expected ${names.join(', ')}\n`);
  process.exitCode = 2;
}
