import { english, type Words } from './english';

export const german: Words = english;
