// The machine's own Node may be older than what this project runs on: the dev dependency `node` brings that one.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `error: this is Node ${process.versions.node}, which cannot run the sources: run \`npm ci\` without \`--ignore-scripts\`, which installs Node 24 beside them\n`,
  );
  process.exit(2);
}
