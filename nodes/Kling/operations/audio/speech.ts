import type { IDataObject } from 'n8n-workflow';

import { cut } from '../../../shared/core/cut';
import { toKlingError } from '../../../shared/core/errors';
import type { KlingError } from '../../../shared/core/errors';
import { wasStruck } from '../../../shared/core/quote';
import { parseCall } from '../../../shared/core/requests';
import { speechCall } from '../../../shared/core/speech';
import type { Speech } from '../../../shared/core/speech';
import { redactJson } from '../../../shared/credential/redact';
import { isoTime, rawItem, unitsOf } from '../../../shared/n8n/itemJson';
import { downloadFiles } from '../../../shared/n8n/items';
import type { Session } from '../../../shared/n8n/session';
import { usableUntil } from '../../../shared/providers/keptAnswers';
import { speechSpeed, spokenText } from '../../parameters/speech';
import { paidCall } from '../builders';
import type { AskedItem } from '../types';

const spoken = spokenText();

/** The same fields whatever the service tells; `null` where it does not. */
function simplifiedSpeech(
	speech: Speech,
	{ input, at }: AskedItem<'speech'>,
	{ secrets }: Session,
): IDataObject {
	const { audioId, url, duration, createdAt } = speech;
	const { text, voice_id: voiceId, voice_language: language } = input;
	return {
		audioId: audioId ?? null,
		audioUrl: url,
		duration: duration ?? null,
		...(redactJson({ text, voiceId, language }, secrets) as IDataObject),
		createdAt: isoTime(createdAt ?? at),
		expiresAt: isoTime(usableUntil('speech', at)),
		unitsDeducted: unitsOf(speech),
	};
}

/** What to do about a file that was not fetched: there is no task to fetch it by. */
function fetchAdvice({ details }: KlingError, url: string): string {
	const { parameter, advice } = details;
	const before =
		parameter === undefined ? advice : `Raise ${parameter}, or switch off Download Result`;
	const link = /^https?:/i.test(url) && !wasStruck(url) ? `; the link is ${cut(url)}` : '';
	const again = `Retry this execution to fetch it once more${link}`;
	return before === undefined ? again : `${before}. ${again}`;
}

async function fileOf(session: Session, { audioId, url }: Speech, { output }: AskedItem<'speech'>) {
	if (output.binaryField === undefined) return {};
	const made = { id: audioId ?? 'speech', results: [{ type: 'audio', url } as const] };
	try {
		return { binary: await downloadFiles(session, made, output) };
	} catch (thrown) {
		const error = toKlingError(thrown);
		throw error.with({ advice: fetchAdvice(error, url) });
	}
}

/** Audio → Generate Speech. */
export const generateSpeech = paidCall('speech', {
	name: 'Generate Speech',
	description: 'Have a text read out by a voice',
	action: 'Generate speech from text',
	parameters: [spoken],
	options: [speechSpeed],
	hasFile: true,
	read: async (item, options) =>
		await Promise.resolve(
			parseCall(speechCall, { ...spoken.read(item), voice_speed: speechSpeed.read(options) }),
		),
	async toItem(session, speech, asked) {
		const { output } = asked;
		return {
			json: output.simplify ? simplifiedSpeech(speech, asked, session) : rawItem(speech),
			...(await fileOf(session, speech, asked)),
		};
	},
});
