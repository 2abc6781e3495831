import type { FaceSession, Speech } from '../answered';
import type { TaskKind } from '../types';

/** A sound that is all, or that comes beside the video which has it. */
export type Sound = 'alone' | 'beside';

export type KeptType = 'element' | 'voice';

/** An element or a voice: what is kept of the create, and whether it was deleted since. */
export interface Kept {
	type: KeptType;
	name: string;
	description?: string;
	referenceType?: 'image_refer' | 'video_refer';
	frontalImage?: string;
	referImages: string[];
	videoUrl?: string;
	voiceId?: string;
	tags: string[];
	deleted?: boolean;
}

/** What a valid create orders: all that the rest of the simulator needs to know of its body. */
export interface Order {
	modelName: string;
	mode: string;
	/** Length in seconds; 0 for images. */
	seconds: number;
	/** Images in the result; 0 for videos. */
	images: number;
	/** Whether there is a sound: instead of a video, or beside it. */
	sound?: Sound;
	/** What is kept under an id instead of any file. */
	kept?: Kept;
	/** Its price, where documents tell it. */
	units?: number;
	prompt: string;
	watermark?: boolean;
	externalTaskId?: string;
	callbackUrl?: string;
	/** Source of an extension. */
	parentVideoId?: string;
}

/** What validation has to look up outside of the body. */
export interface ValidationContext {
	discontinuedModels: readonly string[];
	/** Some relays take `5` where the official service wants `"5"`. */
	numericDuration: boolean;
	/** A relay that has kept the older form of effects. */
	olderEffects: boolean;
	/** The finished video with this id, undefined when there is none. */
	video(videoId: string): SourceVideo | undefined;
	/** What is behind an address; undefined where nothing tells its length. */
	lengthAt(url: string): Length | undefined;
	/** What was uploaded to an address; nothing else is fetched. */
	uploaded(url: string): Buffer | undefined;
	/** The account's speech with this audio id. */
	speech(audioId: string): Aged<Speech> | undefined;
	/** The account's session of recognised faces. */
	session(sessionId: string): Aged<FaceSession> | undefined;
	/** Refuses the id of an element that does not exist or was deleted; tells whether it was made from a video. */
	needElement(id: string): { isVideo: boolean };
	/** The same of a voice. Only ids that look like those of custom voices are known here: others are names of presets. */
	needVoice(id: string): void;
}

/** Length of a video or a sound: as ordered or named, and to the millisecond. */
export interface Length {
	seconds: number;
	ms: number;
}

export type Aged<T> = T & { ageMs: number };

/** A video to make another one of. */
export interface SourceVideo {
	modelName: string;
	kind: TaskKind;
	/** Length in seconds, as ordered. */
	seconds: number;
	/** Its real length. */
	ms: number;
	ageMs: number;
	/** Whether it was ordered with sound. */
	soundOn: boolean;
}

const BASE_UNITS_PER_5_SECONDS = 2;
const MODE_FACTORS: Readonly<Record<string, number>> = { std: 1, pro: 1.75, '4k': 3 };

/** An invented but plausible price in units; what counts is that each task has one. */
export function priceOf(order: Order): number {
	if (order.units !== undefined) return order.units;
	if (order.images > 0) return order.images;
	return (order.seconds / 5) * BASE_UNITS_PER_5_SECONDS * (MODE_FACTORS[order.mode] ?? 1);
}
