import { groupSchema } from './group.ts';
import { userSchema } from './user.ts';

/** What a resource has here, for clients that ask (RFC 7643, 7). */

interface Attribute {
  readonly name: string;
  readonly type: 'string' | 'boolean' | 'complex' | 'reference';
  readonly description: string;
  readonly required: boolean;
  readonly multiValued: boolean;
  readonly caseExact: boolean;
  readonly mutability: 'readOnly' | 'readWrite' | 'immutable';
  readonly returned: 'always' | 'default';
  readonly uniqueness: 'none' | 'server';
  readonly referenceTypes?: readonly string[];
  readonly subAttributes?: readonly Attribute[];
}

export interface Described {
  readonly id: string;
  readonly name: string;
  readonly endpoint: string;
  readonly description: string;
  readonly attributes: readonly Attribute[];
}

type More = Partial<Omit<Attribute, 'name' | 'description'>>;

const attribute = (name: string, description: string, more: More = {}): Attribute => ({
  name,
  type: 'string',
  description,
  required: false,
  multiValued: false,
  caseExact: false,
  mutability: 'readWrite',
  returned: 'default',
  uniqueness: 'none',
  ...more,
});
const fixed: More = { mutability: 'readOnly' };
const complex = (subAttributes: readonly Attribute[], more: More = {}): More => ({
  type: 'complex',
  subAttributes,
  ...more,
});
const refersTo = (type: string): More => ({ type: 'reference', referenceTypes: [type], caseExact: true, ...fixed });

export const described: readonly Described[] = [
  {
    id: userSchema,
    name: 'User',
    endpoint: '/Users',
    description: 'Somebody who is kept here.',
    attributes: [
      attribute('userName', 'The name they sign in with: no spaces, 1 to 64 characters.', {
        required: true,
        uniqueness: 'server',
      }),
      attribute(
        'name',
        'What they are called, in parts.',
        complex([
          attribute('formatted', 'All of it.'),
          attribute('familyName', 'The family name.'),
          attribute('givenName', 'The given name.'),
        ]),
      ),
      attribute('displayName', 'What pages and applications call them.'),
      attribute(
        'emails',
        'Where their mail goes: one address, which is a name to sign in with, too.',
        complex(
          [
            attribute('value', 'The address.', { uniqueness: 'server' }),
            attribute('type', 'Always work.', fixed),
            attribute('primary', 'Always true.', { type: 'boolean', ...fixed }),
          ],
          { multiValued: true },
        ),
      ),
      attribute('active', 'Whether they may sign in.', { type: 'boolean' }),
      attribute(
        'groups',
        'The groups they are in, of those that are kept here.',
        complex(
          [
            attribute('value', 'The id of the group.', { ...fixed, caseExact: true }),
            attribute('$ref', 'Where it is.', refersTo('Group')),
            attribute('display', 'What it is called.', fixed),
            attribute('type', 'Always direct.', fixed),
          ],
          { multiValued: true, ...fixed },
        ),
      ),
    ],
  },
  {
    id: groupSchema,
    name: 'Group',
    endpoint: '/Groups',
    description: 'Some of the people who are kept here.',
    attributes: [
      attribute('displayName', 'What it is called, by rules and applications too.', {
        required: true,
        uniqueness: 'server',
      }),
      attribute(
        'members',
        'Who is in it.',
        complex(
          [
            attribute('value', 'The id of somebody.', { mutability: 'immutable', caseExact: true }),
            attribute('$ref', 'Where they are.', refersTo('User')),
            attribute('type', 'Always User.', fixed),
          ],
          { multiValued: true },
        ),
      ),
    ],
  },
];
