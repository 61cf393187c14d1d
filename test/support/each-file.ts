import { afterAll } from 'vitest';
import { closeChromium } from './chromium.ts';

/** Runs with every file of tests, though a worker reads its imports once. */
afterAll(closeChromium);
