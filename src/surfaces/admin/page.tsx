import type { ComponentChildren, JSX } from 'preact';
import { Shell } from '../../ui/shell.tsx';
import type { Scene } from '../portal/pages.tsx';
import { words } from './words.ts';

/** What is done for others, in the frame of one's own pages. */
export function Page({
  scene,
  title,
  lead,
  children,
}: {
  scene: Scene;
  title: string;
  lead: string;
  children: ComponentChildren;
}): JSX.Element {
  const { nav } = words[scene.frame.language];
  const places = [
    { href: '/admin/browser', name: nav.browser, icon: 'window' as const },
    { href: '/account', name: nav.account, icon: 'home' as const },
  ];
  return (
    <Shell frame={scene.frame} title={title} lead={lead} label={nav.label} places={places} ending={scene.ends}>
      {children}
    </Shell>
  );
}
