import type { House } from '../../house.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { toldOf } from '../portal/scene.ts';
import { dashboardPage } from './dashboard.tsx';
import { figuresOf } from './figures.ts';
import { deskOf } from './scene.ts';

const home = '/admin';

/** What whoever runs the house has open every morning. */
export const dashboardRoutes = (house: House): readonly Route[] => [
  defineRoute({
    method: 'GET',
    path: home,
    act: 'look',
    binding: 'session',
    async answer(asked) {
      const desk = await deskOf(house, asked, home);
      const figures = await figuresOf(house);
      return { is: 'page', page: dashboardPage(desk, figures, house.gate.methods, toldOf(house, asked)) };
    },
  }),
];
