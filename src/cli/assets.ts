import { fileURLToPath } from 'node:url';

/** Where the build leaves what browsers load, beside the server itself. */
export const assetsFolder = fileURLToPath(new URL('./assets', import.meta.url));
