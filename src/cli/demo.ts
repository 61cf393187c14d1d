import { settings } from '../settings.ts';
import { seedDemo } from './demo-accounts.ts';
import { start } from './serve.ts';

export async function demo(): Promise<void> {
  const config = settings.parse({ publicUrl: 'http://localhost:4000', logLevel: 'warn' });
  const { house } = await start(config);
  await seedDemo(house.gate);
  console.log('Sallyport serves http://localhost:4000');
}
