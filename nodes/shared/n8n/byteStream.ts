/** A stream as n8n's request helper hands it out; only what is needed of it. */
export interface ByteStream {
	readonly destroyed: boolean;
	readonly readableEnded: boolean;
	/** The bytes that came and were not read yet. */
	readonly readableLength: number;
	read(size: number): Buffer | null;
	unshift(chunk: Buffer): void;
	/** How every chunk comes in, unpacked. */
	push(chunk: Buffer | null, encoding?: string): boolean;
	on(event: string, listener: (error?: Error) => void): unknown;
	removeListener(event: string, listener: (error?: Error) => void): unknown;
	destroy(error?: Error): void;
}

export function isStream(value: unknown): value is ByteStream {
	return typeof value === 'object' && value !== null && 'destroy' in value && 'pipe' in value;
}

const EVENTS = ['readable', 'end', 'error', 'close'] as const;

/** Waits until the stream has more, or is over. Throws what broke it off. */
async function waitForMore(stream: ByteStream): Promise<void> {
	let done: ((error?: Error) => void) | undefined;
	try {
		await new Promise<void>((resolve, reject) => {
			done = (error) => (error ? reject(error) : resolve());
			for (const event of EVENTS) stream.on(event, done);
		});
	} finally {
		for (const event of EVENTS) if (done) stream.removeListener(event, done);
	}
}

/**
 * The first bytes of a stream, at most `size`, which stay in it; fewer only where it ends before. Throws what broke it off.
 */
export async function peek(stream: ByteStream, size: number): Promise<Buffer> {
	// An error between two listeners of others would end n8n.
	stream.on('error', () => undefined);
	for (;;) {
		const head = stream.read(size);
		if (head !== null) {
			stream.unshift(head);
			return head;
		}
		if (stream.readableEnded) return Buffer.alloc(0);
		if (stream.destroyed) throw new Error('the connection was closed');
		await waitForMore(stream);
	}
}

/** Calls `note` with the length of every chunk that comes in from now on, without making anything flow. */
export function watchBytes(stream: ByteStream, note: (bytes: number) => void): void {
	const push = stream.push.bind(stream);
	stream.push = (chunk, encoding) => {
		if (chunk) note(chunk.length);
		return push(chunk, encoding);
	};
}
