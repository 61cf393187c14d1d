import type { Page } from 'playwright-core';
import { arrived } from './passwordless.ts';
import type { Scenario } from './scenario.ts';
import { press, signIn, signOut, typeCode } from './scenario-verbs.ts';
import { codeSentTo } from './verbs.ts';
import { type PluggedIn, plugIn } from './virtual-key.ts';

/** Passkeys are offered to whoever signs in with a password alone. */
export const passkeysOffered = {
  policies: [
    { name: 'everybody', require: 'sfa', methods: { second: ['webauthn', 'totp'] }, passkeys: { offer: true } },
  ],
};

/** And a browser that filled in the password may make one by itself. */
export const passkeysUpgraded = {
  policies: passkeysOffered.policies.map((rule) => ({ ...rule, passkeys: { offer: true, upgrade: true } })),
};

/** And a code by mail confirms whose account it is, each time the password alone is given. */
export const codesAsked = {
  policies: [
    {
      name: 'everybody',
      require: 'sfa',
      methods: { second: ['webauthn', 'email-code'], backup: [] },
      passkeys: { offer: true },
      confirm: 'each-sign-in',
    },
  ],
};

export const mailbox = 'newcomer@mail.example.org';

/** Says where codes go, for the first time, and types the one that came. */
export async function confirmByMail(sallyport: Scenario['sallyport'], page: Page): Promise<void> {
  await page.getByLabel('Email address').fill(mailbox);
  await press(page, 'Send code');
  await typeCode(page, await codeSentTo(sallyport, mailbox));
}

/** What keeps passkeys on most devices: unlocked by a finger, and synced. Nobody touches it yet. */
export async function device(page: Page): Promise<PluggedIn> {
  const finger = await plugIn(page, { protocol: 'ctap2', transport: 'internal', verifies: true, synced: true });
  await finger.touched(false);
  return finger;
}

/**
 * Comes to sign in with a finger on the device. No other page of theirs is open: a virtual device would answer that
 * one too, as soon as it is touched.
 */
export async function comeBack(page: Page, finger: PluggedIn): Promise<void> {
  await page.goto('about:blank');
  await finger.touched(true);
  await page.goto('/sign-in');
}

/** Has come by a passkey last time, and is out again: the browser remembers. */
export async function cameByPasskey(scene: Scenario, name: string): Promise<PluggedIn> {
  const finger = await withPasskey(scene, name);
  await comeBack(scene.page, finger);
  await arrived(scene.page);
  await signOut(scene.page);
  return finger;
}

/** Has made a passkey when it was offered, and is out again. */
export async function withPasskey({ sallyport, page }: Scenario, name: string): Promise<PluggedIn> {
  await sallyport.person(name);
  const finger = await device(page);
  await signIn(page, name);
  await finger.touched(true);
  await press(page, 'Create a passkey');
  await arrived(page);
  await finger.touched(false);
  await signOut(page);
  return finger;
}
