const PAUSE_MS = 200;

/** Asks again and again; throws when it is still not so after some milliseconds. `what` is for the message. */
export async function until(
	timeoutMs: number,
	what: string,
	holds: () => boolean | Promise<boolean>,
): Promise<void> {
	const deadline = Date.now() + timeoutMs;
	while (!(await holds())) {
		if (Date.now() > deadline) throw new Error(`Not after ${timeoutMs / 1000} s: ${what}`);
		await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
	}
}
