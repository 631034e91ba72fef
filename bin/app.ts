import { createGuardrailApp } from '../lib/infra/guardrail-app.ts';

const created = createGuardrailApp();
if (created.ok) {
  created.app.synth();
} else {
  process.stderr.write(created.faults.map((fault) => `${fault}\n`).join(''));
  process.exitCode = 2;
}
