import { bearerToken } from './auth';
import { Refusal } from './refusal';
import type { ApiRequest } from './types';
import type { World } from './world';

const SECOND_MS = 1000;

/** Refuses with 1302 what comes too fast, if the settings say so. */
export class RateLimiter {
	private readonly times = new Map<string, number[]>();

	constructor(private readonly world: World) {}

	check(request: ApiRequest): void {
		const { requestsPerSecond, costsPerSecond } = this.world.settings;
		const caller = `${request.service} ${bearerToken(request.headers) ?? ''}`;
		this.count(caller, requestsPerSecond);
		if (request.path === '/account/costs') this.count(`${caller} costs`, costsPerSecond);
	}

	reset(): void {
		this.times.clear();
	}

	private count(key: string, limit: number | undefined): void {
		if (limit === undefined) return;
		const now = this.world.clock.now();
		const recent = (this.times.get(key) ?? []).filter((time) => now - time < SECOND_MS);
		if (recent.length >= limit) throw new Refusal(1302);
		this.times.set(key, [...recent, now]);
	}
}
