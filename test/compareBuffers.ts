/** Files are compared as a whole: byte by byte, jest takes seconds for one video. */
import { expect } from '@jest/globals';

expect.addEqualityTesters([
	(one: unknown, other: unknown) =>
		Buffer.isBuffer(one) && Buffer.isBuffer(other) ? one.equals(other) : undefined,
]);
