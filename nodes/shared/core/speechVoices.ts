/**
 * The voices that read a text out, at Generate Speech and wherever a text is spoken: the list of ComfyUI's Kling nodes
 * (<https://github.com/Comfy-Org/ComfyUI>, comfy_api_nodes), of November 2026. They are other voices than the custom and
 * preset ones that videos with sound take. The service may know more.
 */

export const SPEECH_LANGUAGES = ['zh', 'en'] as const;

export type SpeechLanguage = (typeof SPEECH_LANGUAGES)[number];

export interface SpeechVoice {
	id: string;
	/** What Kling calls it in English, where it does. */
	name?: string;
	languages: readonly SpeechLanguage[];
}

/** "id Name, id Name": what stands behind the id is the name. */
function voices(list: string, languages: readonly SpeechLanguage[]): SpeechVoice[] {
	return list.split(',').map((entry) => {
		const [id = '', ...words] = entry.trim().split(' ');
		return words.length > 0 ? { id, name: words.join(' '), languages } : { id, languages };
	});
}

const BOTH = `genshin_vindi2 Sunny, zhinen_xuesheng Sage, ai_shatang Blossom, genshin_klee2 Peppy, genshin_kirara Dove,
	ai_kaiya Shine, ai_chenjiahao_712 Lyric, chat1_female_new-3 Tender, cartoon-boy-07 Zippy, cartoon-girl-01 Sprite,
	ai_huangyaoshi_712 Rock, ai_laoguowang_712 Titan, chengshu_jiejie Grace, you_pingjing Helen, laopopo_speech02 Prattle,
	heainainai_speech02 Hearth`;

const ENGLISH = `girlfriend_4_speech02 Melody, AOT Ace, oversea_male1 Anchor, chat_0407_5-1 Siren, uk_boy1 Bud,
	PeppaPig_platform Candy, ai_huangzhong_712 Beacon, calm_story1 Lore, uk_man2 Crag, reader_en_m-v1 The Reader,
	commercial_lady_en_f-v1 Commercial Lady`;

const CHINESE = `tiyuxi_xuedi, tiexin_nanyou, girlfriend_1_speech02, girlfriend_2_speech02, zhuxi_speech02, uk_oldman3,
	dongbeilaotie_speech02, chongqingxiaohuo_speech02, chuanmeizi_speech02, chaoshandashu_speech02,
	ai_taiwan_man2_speech02, xianzhanggui_speech02, tianjinjiejie_speech02, diyinnansang_DB_CN_M_04-v2, yizhipiannan-v1,
	tianmeixuemei-v1, daopianyansang-v1, mengwa-v1`;

/** Those that speak both languages first, as they always fit. */
export const SPEECH_VOICES: readonly SpeechVoice[] = [
	...voices(BOTH, SPEECH_LANGUAGES),
	...voices(ENGLISH, ['en']),
	...voices(CHINESE, ['zh']),
];

const BY_ID = new Map(SPEECH_VOICES.map((voice) => [voice.id, voice]));

/** The languages that a voice speaks; undefined for one that is not in the list. */
export function languagesOf(voiceId: string): readonly SpeechLanguage[] | undefined {
	return BY_ID.get(voiceId)?.languages;
}

/** The language to read a text out in: the only one of the voice, or else that of the text's characters. */
export function languageFor(text: string, voiceId: string): SpeechLanguage {
	const [only, ...others] = languagesOf(voiceId) ?? [];
	if (only !== undefined && others.length === 0) return only;
	return /\p{Script=Han}/u.test(text) ? 'zh' : 'en';
}
