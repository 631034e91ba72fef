import { Stryker } from '@stryker-mutator/core';
import { PARTS } from './parts.ts';

const asked = process.argv.slice(2);

// Each part with its own tests alone; Stryker sets the exit code where one is under the threshold.
for (const { name, mutate } of PARTS) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  process.stdout.write(`--- ${name}\n`);
  process.env['MUTATED_PART'] = name;
  const jsonReporter = { fileName: `.mutation/${name}.json` };
  await new Stryker({
    configFile: 'stryker.config.json',
    mutate: [...mutate],
    jsonReporter,
  }).runMutationTest();
}
