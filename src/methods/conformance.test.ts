import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { conforms, type Driver } from './conformance.ts';
import * as registry from './index.ts';

for (const method of Object.values(registry)) {
  test(`${method.id} brings a driver, so that tests can own one`, () => {
    expect(existsSync(`src/methods/${method.id}/driver.ts`)).toBe(true);
  });
  const { driver } = (await import(`./${method.id}/driver.ts`)) as { driver: Driver };
  conforms(method, driver);
}
