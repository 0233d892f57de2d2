import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { gzipSync } from 'node:zlib';
import type { BenchOptions } from '../bench-options';
import { median, type Comparison, type Row } from '../figures';
