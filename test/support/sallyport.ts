import { type DatabaseKind, emptyDatabase } from './databases.ts';
import { little, openOn, type Sallyport, type Turned } from './open.ts';

export { password, type Sallyport } from './open.ts';

/** A whole Sallyport on an empty database. @param config sections as in the configuration file */
export const openSallyport = async (
  kind: DatabaseKind,
  config: Record<string, unknown> = {},
  turned: Turned = {},
): Promise<Sallyport> => openOn(await emptyDatabase(kind), config, { cost: little, ...turned });
