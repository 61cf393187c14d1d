import { z } from 'zod';
import { contrast, mixed } from './contrast.ts';

/** What an installation shows of itself on every page: its name, one colour, and where people find help. */

const link = z.url({ protocol: /^(https?|mailto)$/, error: 'must be an https, http or mailto address' });

/** What the accent is read upon: cards, the ground of pages, what is raised (`styles/tokens.css`). */
const grounds = { light: ['#ffffff', '#f4f3ee', '#f9f8f5'], dark: ['#181b1e', '#101214', '#1f2327'] } as const;
/** And the first of them with so much of the accent in it; a little more than there is, for it is mixed otherwise there. */
const tint = 0.15;
/** WCAG 2.2, 1.4.3: for text. */
const readable = 4.5;

const groundsOf = (scheme: keyof typeof grounds, accent: string): readonly string[] => [
  ...grounds[scheme],
  mixed(accent, grounds[scheme][0], tint),
];

const colour = (scheme: keyof typeof grounds) =>
  z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, { error: 'must be a colour such as #14614f' })
    .refine((given) => groundsOf(scheme, given).every((ground) => contrast(given, ground) >= readable), {
      error: `cannot be read on ${grounds[scheme].join(', ')}, or on a tint of itself: its contrast must be ${readable}`,
    });

export const brandSettings = z
  .strictObject({
    name: z.string().trim().min(1).max(40).default('Sallyport').describe('What stands above every page.'),
    accent: z
      .strictObject({
        light: colour('light').describe('For buttons and links on light pages, as #rrggbb.'),
        dark: colour('dark').describe('And on dark ones.'),
      })
      .optional()
      .describe('A colour of your own, in place of the green.'),
    help: link.optional().describe('Where people get help: a page, or `mailto:`. Linked below every page.'),
    imprint: link.optional().describe('Who you are, where the law asks for it. Linked below every page.'),
    privacy: link.optional().describe('What you do with what you know. Linked below every page.'),
  })
  .prefault({});

export type Brand = z.output<typeof brandSettings>;

/** What is written on the accent: whichever of the two is read better. */
const onAccent = (accent: string): string =>
  contrast('#ffffff', accent) >= contrast('#101214', accent) ? '#ffffff' : '#101214';

/** @returns null where the colours are ours */
export function stylesOf({ accent }: Brand): string | null {
  if (accent === undefined) return null;
  const { light, dark } = accent;
  return `:root{--accent:light-dark(${light},${dark});--on-accent:light-dark(${onAccent(light)},${onAccent(dark)})}\n`;
}
