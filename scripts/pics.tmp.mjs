import { startVitest } from 'vitest/node';
await startVitest('test', ['test/scenarios/every-page'], { watch: false, testNamePattern: process.argv[2], provide: { pictures: process.argv[3] } });
process.exit();
