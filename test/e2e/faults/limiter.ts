/** Lets a few run at the same time, and the others wait. */
export class Limiter {
	private readonly waiting: Array<() => void> = [];

	constructor(private free: number) {}

	async run<T>(act: () => Promise<T>): Promise<T> {
		if (this.free > 0) this.free -= 1;
		else await new Promise<void>((resolve) => this.waiting.push(resolve));
		try {
			return await act();
		} finally {
			const next = this.waiting.shift();
			if (next) next();
			else this.free += 1;
		}
	}
}
