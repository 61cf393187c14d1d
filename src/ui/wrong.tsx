import type { JSX } from 'preact';
import { Icon } from './icons.tsx';

/** What is wrong with what was typed, and what to do about it; the field names it as its description. */
export const Wrong = ({ id, children }: { id: string; children: string }): JSX.Element => (
  <p class="wrong" id={id} role="alert">
    <Icon name="warning" />
    <span>{children}</span>
  </p>
);
