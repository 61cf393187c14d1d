import type { JSX } from 'preact';
import type { Consent } from '../../core/applications/consents.ts';
import type { ApplicationSettings } from '../../core/applications/settings.ts';
import { isScope, scopeWords } from '../../core/applications/words.ts';
import { Time } from '../../ui/time.tsx';
import { Button, Page, Panel, Row, type Scene } from './pages.tsx';
import type { Told } from './ways.tsx';
import { words } from './words.ts';

/** What the person let applications know that are not ours, and the way to take it back. */
export function applicationsPage(
  scene: Scene,
  consents: readonly Consent[],
  applications: readonly ApplicationSettings[],
  { language, now }: Told,
): JSX.Element {
  const say = words[language].applications;
  const nameOf = (id: string) => applications.find((one) => one.id === id)?.name ?? id;
  return (
    <Page scene={scene} title={say.title} lead={say.lead}>
      <Panel title={say.allowed}>
        {consents.length === 0 && <p class="nothing soft">{say.none}</p>}
        {consents.map(({ id, application, scopes, givenAt }) => {
          const name = nameOf(application);
          const about = (
            <>
              {scopes
                .filter(isScope)
                .map((scope) => scopeWords[language][scope])
                .join(', ')}{' '}
              · <Time at={givenAt} now={now} language={language} />
            </>
          );
          return (
            <Row key={id} icon="window" name={name} about={about}>
              <div class="bar">
                <Button scene={scene} to={`/account/applications/${id}/withdraw`} kind="danger" of={name}>
                  {say.withdraw}
                </Button>
              </div>
            </Row>
          );
        })}
      </Panel>
    </Page>
  );
}
