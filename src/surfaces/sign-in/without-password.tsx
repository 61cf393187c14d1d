import type { JSX } from 'preact';
import type { Returning } from '../../proving/returning.ts';
import { Face } from '../../ui/face.tsx';
import type { View } from '../../ui/view.ts';
import { Form, Page, type Scene, type Way } from './pages.tsx';
import { words } from './words.ts';

/** Names who is meant, before anything is asked of them, and lets them be somebody else. */
export function welcomePage(scene: Scene, returning: Returning | null, way: Way): JSX.Element {
  const say = words[scene.frame.language].welcome;
  if (returning === null) throw new Error('nobody comes back');
  const { name, optIn } = returning;
  const kept = optIn !== null;
  return (
    <Page scene={scene} title={say.title} lead={kept ? say.kept : say.last}>
      <Form scene={scene} to="welcome">
        <div class="who">
          <span class="whom">
            <Face name={name} />
            <bdi>{name}</bdi>
          </span>
          <button class="quiet" type="submit" name="way" value="not-you">
            {words[scene.frame.language].notYou}
          </button>
        </div>
      </Form>
      <Form scene={scene} to="welcome">
        <p class="soft">{say.by(way.name)}</p>
        <button class="wide" type="submit" name="way" value="continue">
          {kept ? say.goOn(name) : say.signIn(name)}
        </button>
        <button class="second wide" type="submit" name="way" value="usual">
          {say.password}
        </button>
      </Form>
    </Page>
  );
}

/** Whether this browser is to go on without a password from now on. */
export function keepPage(scene: Scene): JSX.Element {
  const say = words[scene.frame.language].keep;
  return (
    <Page scene={scene} title={say.title} lead={say.lead}>
      <Form scene={scene} to="offer/passwordless">
        <p class="act">{say.where}</p>
        <button class="wide" type="submit" name="answer" value="yes">
          {say.yes}
        </button>
        <button class="second wide" type="submit" name="answer" value="no">
          {say.no}
        </button>
      </Form>
    </Page>
  );
}

/** A method offers to make things easier: its own view, two ways to leave it, and one on for whom it is done already. */
export function invitePage(scene: Scene, method: string, view: View, wrong: string | null): JSX.Element {
  const say = words[scene.frame.language].invite;
  const { title, lead, body, button, also, script } = view(scene.frame.language, wrong);
  const frame = { ...scene.frame, ...(script && { script }) };
  return (
    <Page scene={{ ...scene, frame }} title={title} lead={lead}>
      <Form scene={scene} to={`set-up/${method}`}>
        {body}
        <button class="wide" type="submit" data-unless="registered">
          {button}
        </button>
        {also}
      </Form>
      <Form scene={scene} to="offer/passkey">
        <button class="wide" type="submit" name="answer" value="yes" data-when="registered" hidden>
          {words[scene.frame.language].go}
        </button>
        <button class="second wide" type="submit" name="answer" value="no" data-unless="registered">
          {say.notNow}
        </button>
        <button class="quiet wide" type="submit" name="answer" value="never" data-unless="registered">
          {say.never}
        </button>
      </Form>
    </Page>
  );
}
