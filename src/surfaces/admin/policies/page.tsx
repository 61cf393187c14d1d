import type { JSX } from 'preact';
import type { Policy } from '../../../core/policies/document.ts';
import type { Version } from '../../../core/policies/store.ts';
import { may } from '../../../core/roles/roles.ts';
import { Time } from '../../../ui/time.tsx';
import { Panel, Row } from '../../portal/pages.tsx';
import type { Told } from '../../portal/ways.tsx';
import { Page } from '../page.tsx';
import type { Desk } from '../scene.ts';
import { words as drafting } from './draft-words.ts';
import { type Naming, RuleList } from './rule.tsx';
import { type WhatIf, WhatIfPanel } from './what-if.tsx';
import { words } from './words.ts';

/** A policy that was in force, and who put it there, by name. */
export type Past = Version & { readonly by: string };

interface Shown {
  readonly policy: Policy;
  /** Its number; 0: the configuration's. */
  readonly version: number;
  readonly versions: readonly Past[];
  readonly whatIf: WhatIf;
  readonly naming: Naming;
}

export const home = '/admin/policies';

/** What is asked of whom, since when, and what that comes to for somebody. */
export function policiesPage(
  desk: Desk,
  { policy, version, versions, whatIf, naming }: Shown,
  told: Told,
  /** Whoever looks has a draft of their own. */
  drafts: boolean,
): JSX.Element {
  const say = words[told.language];
  return (
    <Page desk={desk} title={say.title} lead={say.lead}>
      <section class="panel">
        <header>
          <h2>{say.inForce}</h2>
          <span class="small soft">{version === 0 ? say.configured : say.version(version)}</span>
        </header>
        <RuleList rules={policy.policies} naming={naming} />
      </section>
      {may(desk, 'draft-policy') && (
        <div class="bar">
          <a class="button second" href={`${home}/draft`}>
            {drafts ? drafting[told.language].goOn : drafting[told.language].open}
          </a>
        </div>
      )}
      <WhatIfPanel action={home} given={whatIf} naming={naming} />
      <Panel title={say.versions.title}>
        {versions.length === 0 && <p class="nothing soft">{say.versions.none}</p>}
        {versions.map((one) => (
          <Row
            key={one.version}
            icon="signpost"
            name={say.version(one.version)}
            badge={one.version === version ? { text: say.inForce, tone: 'good' } : undefined}
            about={
              <>
                <Time {...told} at={one.at} /> · {say.versions.by(one.by)}
              </>
            }
          />
        ))}
      </Panel>
    </Page>
  );
}
