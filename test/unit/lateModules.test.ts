import { SELDOM } from '../lateModules';

it.each(Object.entries(SELDOM))(
	'%s is what tests take it for, an ES module or none',
	(name, isEsModule) => {
		const { __esModule = false } = jest.requireActual<{ __esModule?: boolean }>(name);
		expect(__esModule).toBe(isEsModule);
	},
);
