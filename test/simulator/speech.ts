import type { Account } from './accounts';
import { officialTaskId, uuid } from './ids';
import { fileUrl } from './links';
import type { CallAnswer, PaidCall } from './paidCall';
import type { Fields } from './validate/fields';
import { readSpeech, type SpeechOrder } from './validate/speech';
import { failureOf } from './workshop';
import type { World } from './world';

const UNITS = 0.05;

/** POST /v1/audio/tts. One that fails is told with status 200, and costs nothing. */
export function speak(world: World, account: Account, fields: Fields): PaidCall {
	const order = readSpeech(fields);
	const failure = failureOf(order.text);
	const act = () =>
		failure === undefined ? spoken(world, account, order) : failed(world, failure);
	return { units: failure === undefined ? UNITS : 0, text: order.text, act };
}

function spoken(world: World, account: Account, { seconds }: SpeechOrder): CallAnswer {
	const speech = { id: officialTaskId(), account: account.name, audioId: uuid(), seconds };
	const { id, audioId, madeAt } = world.speeches.add(speech);
	const name = { taskId: id, index: 0, watermark: false, extension: 'mp3' } as const;
	const url = fileUrl(world.cdnUrl, name, madeAt + world.settings.resultLifetimeMs);
	return {
		id,
		data: {
			task_id: id,
			task_status: 'succeed',
			task_status_msg: '',
			task_result: { audios: [{ id: audioId, url, duration: String(seconds) }] },
			final_unit_deduction: String(UNITS),
			created_at: madeAt,
			updated_at: madeAt,
		},
	};
}

function failed(world: World, failure: string): CallAnswer {
	const id = officialTaskId();
	const now = world.clock.now();
	return {
		id,
		data: {
			task_id: id,
			task_status: 'failed',
			task_status_msg: failure,
			created_at: now,
			updated_at: now,
		},
	};
}
