import type { IDataObject } from 'n8n-workflow';

import { parseCall } from '../../../shared/core/requests';
import { speechCall } from '../../../shared/core/speech';
import type { Speech } from '../../../shared/core/speech';
import { redactJson } from '../../../shared/credential/redact';
import { resultFile, USUAL_TYPES } from '../../../shared/n8n/files';
import { isoTime, rawItem, unitsOf } from '../../../shared/n8n/itemJson';
import type { Session } from '../../../shared/n8n/session';
import { usableUntil } from '../../../shared/providers/keptAnswers';
import { speechSpeed, spokenText } from '../../parameters/speech';
import { paidCall } from '../builders';
import { fetchFiles } from '../paidFiles';
import type { AskedItem } from '../types';

const spoken = spokenText();

/** The same fields whatever the service tells; `null` where it does not. */
function simplifiedSpeech(
	speech: Speech,
	{ repeated, at }: AskedItem,
	{ secrets }: Session,
): IDataObject {
	const { audioId, url, duration, createdAt } = speech;
	return {
		audioId: audioId ?? null,
		audioUrl: url,
		duration: duration ?? null,
		...(redactJson(repeated, secrets) as IDataObject),
		createdAt: isoTime(createdAt ?? at),
		expiresAt: isoTime(usableUntil('speech', at)),
		unitsDeducted: unitsOf(speech),
	};
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
	repeat: ({ text, voice_id: voiceId, voice_language: language }) => ({ text, voiceId, language }),
	async toItem(session, speech, asked) {
		const { output } = asked;
		const { audioId = 'speech', url } = speech;
		const file = resultFile(audioId, url, USUAL_TYPES.audio);
		return {
			json: output.simplify ? simplifiedSpeech(speech, asked, session) : rawItem(speech),
			...(await fetchFiles(session, [file], output)),
		};
	},
});
