/** What pages do better where scripts run; without them they do it all the same, by hand. */

import { carryOn } from './enhance/carry.browser.ts';
import { warnOfEnd } from './enhance/ending.browser.ts';
import { guardForms } from './enhance/forms.browser.ts';
import { countDown } from './enhance/patience.browser.ts';
import { localTimes } from './enhance/times.browser.ts';
import { copyButtons, printButtons, revealButtons } from './enhance/tools.browser.ts';
import { keepLooking } from './enhance/waits.browser.ts';

document.documentElement.classList.add('enhanced');
localTimes();
guardForms();
revealButtons();
copyButtons();
printButtons();
warnOfEnd();
keepLooking();
countDown();
carryOn();
