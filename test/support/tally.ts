import { writeFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestModule, TestSuite, Vitest } from 'vitest/node';

/** What a run came to. Only a test that ran and held is passed; all that kept one from running is a failure. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  /** Tests that did not run: counted as failed, so that none is forgotten. */
  readonly notRun: readonly string[];
}

/** Writes the counts where SALLYPORT_TALLY says, for `npm test` to end with. */
// biome-ignore lint/style/noDefaultExport: vitest knows a reporter by its default export.
export default class Tally implements Reporter {
  #picked = false;

  onInit(vitest: Vitest): void {
    this.#picked = vitest.config.testNamePattern !== undefined;
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const inState = (...states: string[]) => tests.filter((test) => states.includes(test.result().state));

    // With -t the tests not asked for are skipped by choice.
    const notRun = this.#picked ? inState('pending') : inState('pending', 'skipped');
    const broken = modules.filter((module) => !hasRun(module) || somethingAroundTestsBroke(module));
    const counts: Counts = {
      passed: inState('passed').length,
      failed: inState('failed').length + notRun.length + broken.length + unhandled.length,
      notRun: notRun.map((test) => `${test.module.relativeModuleId} > ${test.fullName}`),
    };
    if (process.env['SALLYPORT_TALLY']) writeFileSync(process.env['SALLYPORT_TALLY'], JSON.stringify(counts));
  }
}

const hasRun = (module: TestModule) => ['passed', 'failed', 'skipped'].includes(module.state());

/** A file that does not load, or a beforeAll or afterAll that fails, is no test of its own and yet a failure. */
const somethingAroundTestsBroke = (module: TestModule) =>
  [module, ...module.children.allSuites()].some((part: TestModule | TestSuite) => part.errors().length > 0);
