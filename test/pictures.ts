/** Headers of pictures, real enough for every check that reads no more than a header. */

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A PNG up to its header chunk, filled up with zeros to `bytes` bytes. */
export function png(width: number, height: number, bytes = 200): Buffer {
	const header = Buffer.alloc(25);
	header.writeUInt32BE(13, 0);
	header.write('IHDR', 4, 'latin1');
	header.writeUInt32BE(width, 8);
	header.writeUInt32BE(height, 12);
	return padded(Buffer.concat([PNG_SIGNATURE, header]), bytes);
}

/** One segment of a JPEG: marker, length, content. */
export function segment(marker: number, content: Buffer): Buffer {
	const head = Buffer.from([0xff, marker, 0, 0]);
	head.writeUInt16BE(content.length + 2, 2);
	return Buffer.concat([head, content]);
}

/** A start-of-frame segment. 0xc0: baseline, 0xc2: progressive. */
export function frame(width: number, height: number, marker = 0xc0): Buffer {
	const content = Buffer.alloc(15);
	content.writeUInt8(8, 0);
	content.writeUInt16BE(height, 1);
	content.writeUInt16BE(width, 3);
	return segment(marker, content);
}

/** A JPEG of the given segments, filled up with zeros to `bytes` bytes. */
export function jpegOf(segments: readonly Buffer[], bytes = 200): Buffer {
	return padded(Buffer.concat([Buffer.from([0xff, 0xd8]), ...segments]), bytes);
}

/** A baseline JPEG as cameras write it. */
export function jpeg(width: number, height: number, bytes = 200): Buffer {
	return jpegOf(
		[
			segment(0xe0, Buffer.from('JFIF\0\x01\x02\0\0\x01\0\x01\0\0', 'latin1')),
			frame(width, height),
		],
		bytes,
	);
}

/** A WebP up to its first chunk: lossy, lossless or extended. */
export function webp(width: number, height: number, form = 'VP8X', bytes = 200): Buffer {
	const start = Buffer.alloc(30);
	start.write(`RIFF1234WEBP${form}`, 'latin1');
	if (form === 'VP8 ') {
		start.write('\x9d\x01\x2a', 23, 'latin1');
		// The two highest bits are a scale.
		start.writeUInt16LE(width | 0x4000, 26);
		start.writeUInt16LE(height | 0x8000, 28);
	} else if (form === 'VP8L') {
		start.writeUInt8(0x2f, 20);
		// The bit behind the sizes says that there is transparency.
		start.writeUInt32LE(width - 1 + (height - 1) * 2 ** 14 + 2 ** 28, 21);
	} else {
		start.writeUIntLE(width - 1, 24, 3);
		start.writeUIntLE(height - 1, 27, 3);
	}
	return padded(start, bytes);
}

function padded(start: Buffer, bytes: number): Buffer {
	return Buffer.concat([start, Buffer.alloc(Math.max(bytes - start.length, 0))]);
}
