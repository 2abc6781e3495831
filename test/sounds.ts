/** A WAV of silence in few bytes: with `rate` bytes a second. `told`: the bytes of sound that its header tells. */
export function wav(
	seconds: number,
	{ rate = 100, told = seconds * rate }: { rate?: number; told?: number } = {},
): Buffer {
	const header = Buffer.alloc(44);
	header.write('RIFF', 0);
	header.writeUInt32LE(36 + seconds * rate, 4);
	header.write('WAVEfmt ', 8);
	header.writeUInt32LE(16, 16);
	header.writeUInt16LE(1, 20);
	header.writeUInt16LE(1, 22);
	header.writeUInt32LE(rate, 24);
	header.writeUInt32LE(rate, 28);
	header.writeUInt16LE(1, 32);
	header.writeUInt16LE(8, 34);
	header.write('data', 36);
	header.writeUInt32LE(told, 40);
	return Buffer.concat([header, Buffer.alloc(seconds * rate, 128)]);
}
