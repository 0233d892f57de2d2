import { english, type Words } from './english';

export const portuguese: Words = english;
