#!/usr/bin/env node
import { runCommand } from '../local/command-line';
import { runProgram } from './program';

void runCommand(() => runProgram(process.argv.slice(2), process.env));
