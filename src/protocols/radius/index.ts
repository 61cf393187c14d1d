export { listen } from './listen.ts';
export { openRadius, type Radius } from './server.ts';
export { migrations, removeOldRequests, restored, sealed } from './store.ts';
