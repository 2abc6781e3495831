/** The voices that read texts out: the list in the editor, what is typed, and the language that fits. */
import type { ILoadOptionsFunctions, IExecuteFunctions } from 'n8n-workflow';

import { searchSpeechVoices, spokenText } from '../../nodes/Kling/parameters/speech';
import { parameterReader } from '../../nodes/Kling/parameters/reader';
import { languageFor, SPEECH_VOICES } from '../../nodes/shared/core/speechVoices';
import { SPEECH_VOICES as SIMULATED } from '../simulator';

const search = async (filter?: string) =>
	(await searchSpeechVoices.call({} as ILoadOptionsFunctions, filter)).results;

it('are those of the service, with what they speak', () => {
	const ours = SPEECH_VOICES.map(({ id, languages }) => [id, [...languages].sort()]);
	const theirs = [...SIMULATED].map(([id, languages]) => [id, [...languages].sort()]);
	expect(Object.fromEntries(ours)).toEqual(Object.fromEntries(theirs));
	expect(new Set(SPEECH_VOICES.map(({ id }) => id)).size).toBe(SPEECH_VOICES.length);
});

it('are listed by name, id and language', async () => {
	expect(await search()).toHaveLength(SPEECH_VOICES.length);
	expect((await search())[0]).toEqual({
		name: 'Sunny (genshin_vindi2): Chinese, English',
		value: 'genshin_vindi2',
	});
	expect(await search(' ANCHOR ')).toEqual([
		{ name: 'Anchor (oversea_male1): English', value: 'oversea_male1' },
	]);
	expect(await search('mengwa')).toEqual([{ name: 'mengwa-v1: Chinese', value: 'mengwa-v1' }]);
	expect((await search('chinese')).length).toBeLessThan(SPEECH_VOICES.length);
	expect(await search('nobody')).toEqual([]);
});

const read = (values: Record<string, unknown>) => {
	const context = {
		getNodeParameter: (name: string, _index: number, preset: unknown) =>
			name in values ? values[name] : preset,
	} as unknown as IExecuteFunctions;
	return spokenText().read(parameterReader(context, 0));
};

it.each([
	['oversea_male1', 'oversea_male1'],
	['Anchor', 'oversea_male1'],
	[' the reader ', 'reader_en_m-v1'],
	['Anchor (oversea_male1)', 'oversea_male1'],
	['a-voice-of-tomorrow', 'a-voice-of-tomorrow'],
	['', 'genshin_vindi2'],
])('"%s" is the voice %s', (given, voice_id) => {
	expect(read({ text: 'Hello', voice: given }).voice_id).toBe(voice_id);
});

it.each([
	['Hello', 'genshin_vindi2', 'en'],
	['你好', 'genshin_vindi2', 'zh'],
	['Hello 你好', 'genshin_vindi2', 'zh'],
	['Hello', 'mengwa-v1', 'zh'],
	['你好', 'AOT', 'en'],
	['你好', 'a-voice-of-tomorrow', 'zh'],
])('%s by %s is read in %s', (text, voice, language) => {
	expect(languageFor(text, voice)).toBe(language);
	expect(read({ text, voice }).voice_language).toBe(language);
	expect(read({ text, voice, language: 'en' }).voice_language).toBe('en');
});
