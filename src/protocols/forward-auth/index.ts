export { removeExpiredParked, sealed } from './parked.ts';
export { migrations, removeExpiredPasses, restored } from './passes.ts';
export { forwardAuthRoutes } from './routes.ts';
