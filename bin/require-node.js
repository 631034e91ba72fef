import { existsSync } from 'node:fs';

// The machine's own Node may be older than what this project runs on: the dev dependency `node` brings that one.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  const isInstalled = existsSync(new URL('../node_modules/node/bin/node', import.meta.url));
  const way = isInstalled
    ? 'start it with `npm start` or `npx lambda-vpc-guardrail`, which use the Node 24 that is installed beside them'
    : 'run `npm ci` without `--ignore-scripts`, which installs Node 24 beside them';
  process.stderr.write(
    `error: this is Node ${process.versions.node}, which cannot run the sources: ${way}\n`,
  );
  process.exit(2);
}
