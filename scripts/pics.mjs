import { startVitest } from 'vitest/node';
const v = await startVitest('test', ['test/scenarios/every-page'], { watch: false, testNamePattern: 'about others', provide: { pictures: '/tmp/pics-dash' } });
await v?.close();
