import type { CreateAnswer } from './services/createAnswers';
import type { RelayForm } from './services/relayForms';
import type { TaskKind } from './types';

/** What can be changed while the simulator runs (`sim.settings`, POST /settings). */
export interface Settings {
	/** Seconds from submitted to the end. */
	taskSeconds: number;
	/** The same for single kinds. */
	taskSecondsByKind: Partial<Record<TaskKind, number>>;
	/** Video tasks one account may have running with one model. */
	slots: number;
	/** Images one account may have in the making with one model; a task of n images takes n. */
	imageSlots: number;
	/** Units an account starts with; counts from the next reset on. */
	balance: number;
	/** Official Kling takes money instead of units. */
	paysInCash: boolean;
	/** How long result links live, in ms. */
	resultLifetimeMs: number;
	/** Body of official callbacks: that of legacy tasks, or that of the new standard. */
	officialCallbackForm: 'legacy' | 'unified';
	/** Set: callbacks of the official services are signed (`whsec_…`). */
	webhookSecret?: string;
	/** Set: more requests per second and account than this are refused with 1302. */
	requestsPerSecond?: number;
	/** The same for /account/costs alone. */
	costsPerSecond?: number;
	/** new-api as it was: the video's URL in `fail_reason` and no `result_url`. */
	newApiOldVersion: boolean;
	/** How the relay tells of a task: one of `RELAY_FORMS`. */
	relayForm: RelayForm;
	/** In which form the relay answers a create; the task is made and charged all the same. */
	relayCreateAnswer: CreateAnswer;
	/** The relay wants the key alone in the Authorization header, without "Bearer". */
	relayKeyAlone: boolean;
	/** The relay has kept the older form of effects, and their scenes of that time. */
	relayOlderEffects: boolean;
	/** OpenAI-HK takes today's models too, which its page of 2024 does not tell. */
	openaiHkNewerModels: boolean;
	/** Models the official service (and the relay behind it) no longer runs. */
	discontinuedModels: string[];
	/** Makes another task under a repeated external_task_id: the refusal has been seen at text to video only. */
	takesExternalIdsAgain: boolean;
	/** `/tasks` tells of solutions, too; no page says whether it does. */
	showsSolutionsAmongTasks: boolean;
	/** Faces that are not there are an error (1201) instead of an empty list. */
	refusesVideosWithoutFace: boolean;
	/** The largest file that the platform of Ace Data Cloud takes; none, unless set. */
	largestUploadBytes?: number;
	/** Zero bytes put into each video, to try downloads of any size. */
	videoPaddingBytes: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const VIDEO_SLOTS_OF_TRIAL_PACK = 5;
const IMAGE_SLOTS_OF_TRIAL_PACK = 9;

/** The settings of a trial pack that lasts, with the given ones instead. */
export function makeSettings(given: Partial<Settings> = {}): Settings {
	return {
		taskSeconds: 20,
		taskSecondsByKind: {},
		slots: VIDEO_SLOTS_OF_TRIAL_PACK,
		imageSlots: given.slots ?? IMAGE_SLOTS_OF_TRIAL_PACK,
		balance: 1_000_000,
		paysInCash: false,
		costsPerSecond: 1,
		resultLifetimeMs: 30 * DAY_MS,
		officialCallbackForm: 'legacy',
		newApiOldVersion: false,
		relayForm: 'official',
		relayCreateAnswer: 'official',
		relayKeyAlone: false,
		relayOlderEffects: false,
		openaiHkNewerModels: false,
		discontinuedModels: ['kling-v1'],
		takesExternalIdsAgain: false,
		showsSolutionsAmongTasks: false,
		refusesVideosWithoutFace: false,
		videoPaddingBytes: 0,
		...definedOnly(given),
	};
}

function definedOnly(given: Partial<Settings>): Partial<Settings> {
	const entries: Array<[string, unknown]> = Object.entries(given);
	return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
