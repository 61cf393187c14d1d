import type { JSX } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { Doors } from '../../src/ui/doors.tsx';
import { type Box, browser, captionSize, column, device as deviceBox } from './layout.ts';
import type { Place } from './timing.ts';

/** What a film is about. */
export interface Story {
  /** The behaviour it shows, such as P-2; empty where it has no number. */
  readonly number: string;
  readonly title: string;
  readonly captions: readonly string[];
}

export interface Pointer extends Place {
  readonly pressed: boolean;
}

/** A picture as a `data:` address, and where it stands. */
export interface Picture {
  readonly source: string;
  readonly box: Box;
}

/** What lies beside the keyboard. */
export type Device =
  | { readonly is: 'phone'; readonly picture: Picture }
  | { readonly is: 'key' | 'finger'; readonly state: Touch };

export type Touch = 'ready' | 'asks' | 'given' | 'left';

/** What is seen at one moment. */
export type Look =
  | { readonly is: 'opening' | 'closing'; readonly pointer: null }
  | {
      readonly is: 'step';
      readonly step: number;
      readonly tab: string;
      readonly page: Picture | null;
      readonly device: Device | null;
      readonly pointer: Pointer | null;
    };

/** One moment of a film, as HTML for the stage. */
export const drawn = (story: Story, look: Look): string =>
  renderToString(look.is === 'step' ? <Step story={story} look={look} /> : <Card story={story} is={look.is} />);

const Card = ({ story, is }: { story: Story; is: 'opening' | 'closing' }): JSX.Element => (
  <section class="title-card">
    <Doors passage={is === 'opening' ? 0 : 2} />
    {story.number !== '' && <p class="number">{story.number}</p>}
    <h1>{story.title}</h1>
    <p class="soft">{is === 'opening' ? 'Sallyport' : 'Filmed by the test that proves it.'}</p>
  </section>
);

const Step = ({ story, look }: { story: Story; look: Extract<Look, { is: 'step' }> }): JSX.Element => {
  const caption = story.captions[look.step] ?? '';
  return (
    <section class="step">
      <div class="browser" style={{ insetInlineStart: px(browser.x), inlineSize: px(browser.width) }}>
        <p class="tab">
          <i />
          <i />
          <i />
          <span>{look.tab}</span>
        </p>
        {look.page !== null && <img class="page" src={look.page.source} alt="" />}
      </div>
      <div class="told" style={placed(column)}>
        <p class="count">
          <Doors passage={2} />
          <b>{story.number === '' ? 'Sallyport' : story.number}</b>
          <span>
            {look.step + 1} of {story.captions.length}
          </span>
        </p>
        <p class="caption" style={{ fontSize: px(captionSize(caption)) }}>
          {caption}
        </p>
      </div>
      {look.device !== null && <Beside device={look.device} />}
    </section>
  );
};

const px = (length: number): string => `${length}px`;
const placed = ({ x, y, width, height }: Box) => ({
  insetInlineStart: px(x),
  insetBlockStart: px(y),
  inlineSize: px(width),
  blockSize: px(height),
});

/** What each device says of itself, by what is done to it. */
const said = {
  key: {
    ready: 'The security key is plugged in',
    asks: 'The key blinks: touch it',
    given: 'Touched',
    left: 'Nobody touches the key',
  },
  finger: {
    ready: 'This device reads your finger',
    asks: 'This device asks for your finger',
    given: 'Given',
    left: 'Nobody gives it a finger',
  },
} as const satisfies Record<string, Record<Touch, string>>;

const Beside = ({ device }: { device: Device }): JSX.Element => {
  if (device.is === 'phone')
    return <img class="phone" src={device.picture.source} alt="" style={placed(device.picture.box)} />;
  return (
    <div class={`device ${device.state}`} style={placed(deviceBox)}>
      {device.is === 'key' ? <SecurityKey /> : <Finger />}
      <p>{said[device.is][device.state]}</p>
    </div>
  );
};

const SecurityKey = (): JSX.Element => (
  <svg viewBox="0 0 120 260" aria-hidden="true">
    <path class="metal" d="M38 8h44v66H38z" />
    <path class="line" d="M49 24h8v14h-8zM63 24h8v14h-8z" />
    <path class="body" d="M22 74h76a10 10 0 0 1 10 10v120a48 48 0 0 1-96 0V84a10 10 0 0 1 10-10z" />
    <circle class="halo" cx="60" cy="142" r="42" />
    <circle class="touch" cx="60" cy="142" r="28" />
    <circle class="line" cx="60" cy="218" r="11" />
  </svg>
);

/** The ridges of a fingertip. */
const Finger = (): JSX.Element => (
  <svg viewBox="0 0 120 160" aria-hidden="true">
    <rect class="halo" x="4" y="4" width="112" height="152" rx="40" />
    <g class="ridges">
      <path d="M30 66c4-20 15-32 30-32s27 11 30 30" />
      <path d="M30 88v-4m60-2c1 14 0 26-4 38" />
      <path d="M42 112c1-10 1-20 1-30 0-12 7-20 17-20s17 8 17 20c0 18-2 32-7 45" />
      <path d="M60 82c1 20-1 36-6 49" />
    </g>
  </svg>
);

/** The page that everything is drawn on. @param styles the project's tokens, and the film's own sheet */
export const emptyStage = (styles: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><style>${styles}</style></head>
<body><div id="from"></div><div id="to"></div>
<svg id="pointer" viewBox="0 0 40 48" aria-hidden="true"><circle cx="8" cy="8" r="8"/><path d="M6 4v30l8-7 5.5 12.5 6-2.6L20 24.5h11z"/></svg>
</body></html>`;
