#!/usr/bin/env node
import { existsSync } from 'node:fs';

// The checkout runs its sources, an installed package what was built of them.
const source = new URL('../lib/cli/main.ts', import.meta.url);
const isCheckout = existsSync(source);
if (isCheckout) await import('./require-node.js');

const { main } = await import(isCheckout ? source.href : '../dist/cli.js');
process.exitCode = await main(process.argv);
