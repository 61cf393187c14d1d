export { spokenPath } from './oauth.ts';
export { identityRoutes } from './routes.ts';
