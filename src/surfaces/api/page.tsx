import type { JSX } from 'preact';
import type { Frame } from '../../ui/document.tsx';
import type { IconName } from '../../ui/icons.tsx';
import { Shell } from '../../ui/shell.tsx';
import { type Field, fieldsOf } from './fields.ts';
import type { Described, Operation, Tag } from './openapi.ts';
import { words } from './words.ts';

const icons = { otp: 'token', people: 'people', policy: 'grid', audit: 'list' } as const satisfies Record<
  Tag,
  IconName
>;

interface Called {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

/** What `/openapi.json` says, for people: everything stands on one page, found by the browser's own search. */
export function apiPage(frame: Frame, described: Described): JSX.Element {
  const say = words[frame.language];
  const all = Object.entries(described.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
  const places = described.tags.map(({ name }) => ({ href: `#${name}`, name: say.sections[name], icon: icons[name] }));
  return (
    <Shell frame={frame} title={say.title} lead={say.lead} label={say.label} places={places}>
      <section class="panel">
        <header>
          <h2>{say.begin.title}</h2>
          <a href="/openapi.json">{say.machine}</a>
        </header>
        <div class="beginning">
          <p>{say.begin.token}</p>
          <pre class="command">
            <code>{exampleOf(described)}</code>
          </pre>
          <p class="soft">{say.begin.refused}</p>
        </div>
      </section>
      {described.tags.map(({ name, description }) => (
        <section key={name} class="panel calls" id={name}>
          <header>
            <h2>{say.sections[name]}</h2>
            <p class="soft" lang="en">
              {description}
            </p>
          </header>
          {all
            .filter(({ operation }) => operation.tags[0] === name)
            .map((one) => (
              <Call key={one.operation.operationId} frame={frame} {...one} />
            ))}
        </section>
      ))}
    </Shell>
  );
}

const exampleOf = ({ servers: [server] }: Described): string =>
  [
    'sallyport api-token create backup --scope policy:read --network 10.0.0.0/8 --expires 24h',
    `curl -H "Authorization: Bearer $TOKEN" ${server?.url}/api/v1/policy`,
  ].join('\n');

function Call({ frame, method, path, operation }: Called & { frame: Frame }): JSX.Element {
  const say = words[frame.language];
  const { requestBody, parameters, responses, summary, security } = operation;
  const sent = [
    ...parameters.map(({ name, in: place, required, description = '', schema }) => ({
      ...fieldsOf({ properties: { [name]: { ...schema, description } }, required: required ? [name] : [] })[0],
      name,
      place: say.places[place],
    })),
    ...fieldsIn(requestBody).map((field) => ({ ...field, place: say.places.body })),
  ] as readonly (Field & { place: string })[];
  return (
    <details class="call" lang="en" id={operation.operationId}>
      <summary>
        <span class={method === 'GET' ? 'method' : 'method changes'}>{method}</span> <code>{path}</code>
        <span class="soft">{summary}</span>
      </summary>
      <div class="stack">
        <p lang={frame.language}>
          {say.needs} <code>{security[0].token.join(' ')}</code>
        </p>
        {sent.length > 0 && <Fields frame={frame} title={say.sends} fields={sent} />}
        <Fields frame={frame} title={say.hears} fields={fieldsIn(responses['200'])} />
        <Refusals frame={frame} responses={responses} />
      </div>
    </details>
  );
}

const fieldsIn = (content: Partial<NonNullable<Operation['requestBody']>> | undefined): readonly Field[] =>
  fieldsOf(content?.content?.['application/json']?.schema ?? {});

function Fields({
  frame,
  title,
  fields,
}: {
  frame: Frame;
  title: string;
  fields: readonly (Field & { place?: string })[];
}): JSX.Element {
  const say = words[frame.language];
  return (
    <section>
      <h3 lang={frame.language}>{title}</h3>
      <dl class="facts">
        {fields.map(({ name, type, required, description, place }) => (
          <div key={name}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>
              <span class="soft">
                {[type, place, required && place !== undefined ? say.required : null].filter(Boolean).join(', ')}
              </span>
              {description !== '' && <p>{description}</p>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Refusals({ frame, responses }: { frame: Frame; responses: Operation['responses'] }): JSX.Element {
  const say = words[frame.language];
  const refusals = Object.entries(responses).filter(([status]) => status !== '200');
  return (
    <section>
      <h3 lang={frame.language}>{say.refuses}</h3>
      <dl class="facts">
        {refusals.map(([status, { description }]) => (
          <div key={status}>
            <dt>{status}</dt>
            <dd>{description.replaceAll('`', '')}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
