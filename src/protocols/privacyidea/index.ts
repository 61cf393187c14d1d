export { privacyideaRoutes } from './routes.ts';
