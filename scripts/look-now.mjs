import { startVitest } from 'vitest/node';
const vitest = await startVitest('test', ['test/scenarios/every-page'], { watch: false, testNamePattern: 'about others', provide: { pictures: '/tmp/pics' } });
await vitest?.close();
