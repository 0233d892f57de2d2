#!/usr/bin/env node
import { runCommand } from '../local/command-line';
import { runProgram } from './program';

// `convoke … | head` has read enough.
process.stdout.on('error', () => process.exit());
void runCommand(() => runProgram(process.argv.slice(2), process.env));
