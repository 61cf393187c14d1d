import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { startDuo, Tenant } from '../../examples/duo-simulator/server.ts';
import { duoKeys, duoSection } from './duo.ts';
import type { Turned } from './open.ts';
import { onEachDatabase, openScenario, type Scenario } from './scenario.ts';

export interface DuoScenario extends Scenario {
  readonly tenant: Tenant;
  /** Where the phones are. */
  readonly duo: string;
  /** The phone that lies beside the keyboard. */
  readonly phone: Page;
}

/** A scenario beside a Duo of its own, by the same clock. */
export function withDuo(
  title: string,
  tell: (scene: DuoScenario) => Promise<void>,
  {
    settings = {},
    options = {},
    config = {},
    turned = {},
  }: { settings?: object; options?: BrowserContextOptions; config?: object; turned?: Turned } = {},
): void {
  onEachDatabase(title, async (kind) => {
    let now = Date.now;
    const simulator = await startDuo(new Tenant(duoKeys, () => now()), 0);
    const { tenant, port } = simulator;
    const methods = duoSection(settings, `127.0.0.1:${port}`);
    const scene = await openScenario(title, options, { ...config, methods }, { kind, ...turned });
    now = () => scene.sallyport.clock.now();
    try {
      const phone = await scene.another({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false });
      await tell({ ...scene, tenant, duo: `http://127.0.0.1:${port}`, phone });
      expect(scene.complaints).toEqual([]);
    } finally {
      await scene.close();
      await simulator.close();
    }
  });
}
