#!/usr/bin/env node
import './require-node.js';

const { main } = await import('../lib/cli/main.ts');
process.exitCode = await main(process.argv);
