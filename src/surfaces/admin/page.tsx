import type { ComponentChildren, JSX } from 'preact';
import { type Act, may } from '../../core/roles/roles.ts';
import type { IconName } from '../../ui/icons.tsx';
import { Shell } from '../../ui/shell.tsx';
import type { Desk } from './scene.ts';
import { words } from './words.ts';

/** Where there is something to do, for whom it is open. */
const places = [
  { href: '/admin', name: 'dashboard', icon: 'chart', act: 'look' },
  { href: '/admin/people', name: 'people', icon: 'people', act: 'look' },
  { href: '/admin/audit', name: 'audit', icon: 'list', act: 'look' },
  { href: '/admin/policies', name: 'policies', icon: 'signpost', act: 'look' },
  { href: '/admin/applications', name: 'applications', icon: 'grid', act: 'see-applications' },
  { href: '/admin/pins', name: 'pins', icon: 'token', act: 'register-pin' },
  { href: '/admin/browser', name: 'browser', icon: 'window', act: 'prepare-browser' },
  { href: '/admin/settings', name: 'settings', icon: 'sliders', act: 'see-settings' },
] as const satisfies readonly { href: string; name: string; icon: IconName; act: Act }[];

/** What is done for others, in the frame of one's own pages. */
export function Page({
  desk,
  title,
  lead,
  children,
}: {
  desk: Desk;
  title: string;
  lead: ComponentChildren;
  children: ComponentChildren;
}): JSX.Element {
  const { nav } = words[desk.frame.language];
  const open = places.filter(({ act }) => may(desk, act)).map((place) => ({ ...place, name: nav[place.name] }));
  const home = { href: '/account', name: nav.account, icon: 'home' as const };
  return (
    <Shell frame={desk.frame} title={title} lead={lead} label={nav.label} places={[...open, home]} ending={desk.ends}>
      {children}
    </Shell>
  );
}
