import type { ComponentChildren, JSX } from 'preact';
import { Icon } from './icons.tsx';

/** Something its reader should know, though nothing is wrong yet. */
export const Note = ({ children }: { children: ComponentChildren }): JSX.Element => (
  <p class="note">
    <Icon name="warning" />
    <span>{children}</span>
  </p>
);
