jest.mock('../../nodes/shared/clock', () => jest.requireActual('./virtualTime'));

import type { Simulator } from '../simulator';
import { resetTime, runKling, simulate } from './kling';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await simulate();
});
afterAll(async () => await simulator.stop());
beforeEach(() => {
	simulator.reset();
	resetTime();
});

describe('Video → Generate From Text', () => {
	it('turns a prompt into a downloaded video', async () => {
		const result = await runKling({ simulator });
		expect(result.status).toBe('success');
		expect(await result.binary()).toEqual(simulator.videoBytes(result.json[0]?.taskId as string));
	});
});
