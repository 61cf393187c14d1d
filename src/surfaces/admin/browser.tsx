import type { JSX } from 'preact';
import { csrfField } from '../../http/csrf.ts';
import { Field } from '../../ui/field.tsx';
import { Panel, Row } from '../portal/pages.tsx';
import { Page } from './page.tsx';
import type { Desk } from './scene.ts';
import { words } from './words.ts';

interface State {
  /** Whom this browser is kept for; null: nobody. */
  readonly owner: string | null;
  /** What it asks them for instead of the password. */
  readonly method: string | null;
  /** It goes on asking, and offers nothing. */
  readonly isOut: boolean;
}

/** How this browser stands, and whom it is to be kept for. */
export function browserPage(desk: Desk, { owner, method, isOut }: State, refused: string | null): JSX.Element {
  const say = words[desk.frame.language].browser;
  const isKept = owner !== null;
  return (
    <Page desk={desk} title={say.title} lead={say.lead}>
      <Panel title={say.here}>
        <Row
          icon="window"
          name={isKept ? say.kept(owner) : isOut ? say.out : say.none}
          badge={isKept ? { text: say.on, tone: 'good' } : { text: say.off, tone: 'plain' }}
          about={method === null ? say.asksAll : say.asks(method)}
        >
          <form method="post" action="/admin/browser" class="bar">
            <input type="hidden" name={csrfField} value={desk.csrf} />
            {!isOut && (
              <button class="second" type="submit" name="say" value="out">
                {say.optOut}
              </button>
            )}
            {(isKept || isOut) && (
              <button class="second" type="submit" name="say" value="clear">
                {say.clear}
              </button>
            )}
          </form>
        </Row>
      </Panel>
      <form class="stack" method="post" action="/admin/browser">
        <input type="hidden" name={csrfField} value={desk.csrf} />
        <Field
          label={say.field}
          name="username"
          type="text"
          autocomplete="off"
          value={refused ?? ''}
          wrong={refused === null ? null : say.refused}
        />
        <button type="submit" name="say" value="in">
          {say.optIn}
        </button>
      </form>
    </Page>
  );
}
