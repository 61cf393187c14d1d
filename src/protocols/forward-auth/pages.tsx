import type { JSX } from 'preact';
import { Card } from '../../ui/card.tsx';
import type { Frame } from '../../ui/document.tsx';
import { fieldsOf, isSecret } from './form.ts';
import type { Parked } from './parked.ts';
import { words } from './words.ts';

/** What is about to be sent to a site, in the person's own words, and a button that sends just that. */
export function parkedPage(frame: Frame, site: string, { target, body }: Parked): JSX.Element {
  const say = words[frame.language];
  const fields = fieldsOf(body);
  const shown = fields.filter(([name]) => !isSecret(name));
  const hidden = fields.length - shown.length;
  return (
    <Card frame={frame} title={say.title} lead={say.lead(site)} passage={2} towards={site}>
      <dl class="sent">
        {shown.map(([name, value], at) => (
          <div key={`${at} ${name}`}>
            <dt class="soft small">{name}</dt>
            <dd>{value === '' ? '–' : value}</dd>
          </div>
        ))}
      </dl>
      {hidden > 0 && <p class="soft small">{say.hidden(hidden)}</p>}
      <form class="stack" method="post" action={target}>
        {fields.map(([name, value], at) => (
          <input key={`${at} ${name}`} type="hidden" name={name} value={value} />
        ))}
        <button class="wide" type="submit">
          {say.send}
        </button>
      </form>
      <a class="button second wide" href="/.sallyport/leave">
        {say.leave}
      </a>
    </Card>
  );
}
