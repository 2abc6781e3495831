import { withinTime } from '../../../nodes/shared/n8n/timeout';

describe('a promise within its time', () => {
	const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
	const tick = async () => await new Promise((resolve) => setImmediate(resolve));

	/** Jest has timers of its own, which come and go; one of ours would stay for a second. */
	const expectNoMoreThan = async (count: number) => {
		const deadline = Date.now() + 500;
		while (timers() > count && Date.now() < deadline) await tick();
		expect(timers()).toBeLessThanOrEqual(count);
	};

	it('is given up when it never ends', async () => {
		await expect(withinTime(new Promise<never>(() => undefined), 20)).rejects.toMatchObject({
			code: 'ETIMEDOUT',
		});
	});

	it('ends as it would without, and leaves no timer behind', async () => {
		const before = timers();
		expect(await withinTime(Promise.resolve('done'), 60_000)).toBe('done');
		await expectNoMoreThan(before);
		const failure = new Error('its own');
		await expect(withinTime(Promise.reject(failure), 60_000)).rejects.toBe(failure);
		await expectNoMoreThan(before);
	});

	it('does not mind a failure that comes too late', async () => {
		let fail: (reason: Error) => void = () => undefined;
		const late = new Promise<never>((_resolve, reject) => {
			fail = reject;
		});
		await expect(withinTime(late, 5)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
		fail(new Error('late'));
		await tick();
	});
});
