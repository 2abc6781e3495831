import { randomBytes, randomUUID } from 'node:crypto';

let lastOfficialId =
	BigInt('860000000000000001') + BigInt(Date.now() % 1_000_000_000) * BigInt(1_000_000);

/** Like `862157958060381254`; always odd, which no double of that size can hold. */
export function officialTaskId(): string {
	lastOfficialId += BigInt(2 + 2 * Math.floor(Math.random() * 500));
	return lastOfficialId.toString();
}

/** Like `Cl6Mq2bftxoAAAAAAA_SxQ`; always with the two characters that URLs and paths may trip over. */
export function openaiHkTaskId(): string {
	return `Cl${randomBytes(8).toString('base64url').slice(0, 10)}-AAAA_${randomBytes(3).toString('base64url')}`;
}

/** Like new-api's `task_` and 32 letters or digits. */
export function newApiTaskId(): string {
	return `task_${randomUUID().replace(/-/g, '')}`;
}

export function uuid(): string {
	return randomUUID();
}

/** Ace Data gives videos long decimal ids. */
export function aceVideoId(): string {
	return officialTaskId();
}

/** The id that a service puts into each answer. */
export function requestId(): string {
	return randomUUID();
}
